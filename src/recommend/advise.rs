//! Computes the advice on one article: chances, ranking and reasons put together
//! (`model/README.md`, section 7).

use super::advice::{Advice, Pick, Reason};
use super::chances::{choice_chances, size_chances, wanted_size};
use super::cost::decide_by_cost;
use super::rank::{Availability, Chances, Ranking, rank_in_stock};
use super::request::{Request, Shopper};
use crate::infer::{Posterior, SizedGarment};
use crate::math::Gaussian;
use crate::model::{AdviceRule, Article};

/// Answers a request. For one of several persons, the chances are means weighted by the probability
/// of each person, and the reasons are those of the first.
///
/// # Panics
/// If the request is for one of no persons.
#[must_use]
pub fn advise<'m>(request: &Request<'m, '_>) -> Advice<'m> {
    let mut sizes = size_chances(request);
    let persons = request.shopper.persons();
    let [offered, in_stock, refused] = availability(request, &persons);
    let availability = Availability { offered: &offered, in_stock: &in_stock, refused: &refused };
    let chosen: Vec<f64> = sizes.iter().map(|s| s.chosen).collect();
    let rule = request.model.groups[request.group()].advice;
    let chances = Chances { chosen: &chosen, fits: &|i| sizes[i].fits, rule };
    let (ranking, missed) = rank_in_stock(&availability, &chances);
    for (i, size) in sizes.iter_mut().enumerate() {
        size.supported = ranking.best.is_some_and(|best| {
            let away = best.size.abs_diff(i);
            away == 0 || away <= usize::from(rule.reach) && size.chosen >= AdviceRule::MIN_CHOSEN
        });
    }
    let mut advice = Advice {
        reasons: reasons(request, persons[0].1, ranking.best.map(|best| best.size)),
        size: ranking.best.map(|best| best.size),
        alternative: ranking.next.map(|next| next.size),
        status: ranking.status,
        missed,
        expected: None,
        sizes,
    };
    if let Some(costs) = &request.costs {
        decide_by_cost(request, costs, &availability, &mut advice);
    }
    advice
}

/// The advised size alone, as [`advise`] would name it without costs; `None` where no size is in
/// stock.
///
/// For a single customer this is faster than [`advise`]: the outcome chances are computed only for
/// sizes that can be the best.
///
/// # Panics
/// If the request is for one of no persons.
#[must_use]
pub fn pick<'m>(request: &Request<'m, '_>) -> Option<Pick<'m>> {
    // Nearly every account is one person's.
    let alone = match request.shopper {
        Shopper::One(posterior) => Some(posterior),
        Shopper::OneOf(persons) => (persons.len() == 1).then(|| persons[0].1),
    };
    if let Some(posterior) = alone {
        return pick_one(request, posterior);
    }
    let advice = advise(&Request { costs: None, ..*request });
    let best = advice.size?;
    Some(Pick {
        label: request.label(best),
        next: advice.alternative.map(|next| request.label(next)),
        fits: advice.sizes[best].fits,
        status: advice.status,
    })
}

/// Picks a size for a single customer.
fn pick_one<'m>(request: &Request<'m, '_>, posterior: &Posterior) -> Option<Pick<'m>> {
    let ranking = ranking_for_one(request, posterior);
    let best = ranking.best?;
    Some(Pick {
        label: request.label(best.size),
        next: ranking.next.map(|next| request.label(next.size)),
        fits: best.fits,
        status: ranking.status,
    })
}

/// Ranks the sizes in stock for a single customer.
fn ranking_for_one(request: &Request<'_, '_>, posterior: &Posterior) -> Ranking {
    let &Request { model, article, preference, .. } = request;
    let group = request.group();
    let chosen = choice_chances(model, posterior, article, preference);
    let wanted = wanted_size(posterior, group, preference);
    let fits =
        |i: usize| SizedGarment::new(model, article, i).chances(model, posterior, group, wanted)[1];
    let rule = model.groups[group].advice;
    let chances = Chances { chosen: &chosen, fits: &fits, rule };
    let [offered, in_stock, refused] = availability(request, &[(1.0, posterior)]);
    rank_in_stock(
        &Availability { offered: &offered, in_stock: &in_stock, refused: &refused },
        &chances,
    )
    .0
}

/// Which sizes are offered, which of these are in stock, and which the persons' returns rule out.
fn availability(request: &Request<'_, '_>, persons: &[(f64, &Posterior)]) -> [Vec<bool>; 3] {
    let sizes = 0..request.article.sizes.len();
    let is = |what: &dyn Fn(&str) -> bool| -> Vec<bool> {
        sizes.clone().map(|i| what(request.label(i))).collect()
    };
    let (mut offered, mut in_stock) = (is(request.offered), is(request.in_stock));
    if !offered.contains(&true) {
        offered.fill(true);
    }
    for (in_stock, offered) in in_stock.iter_mut().zip(&offered) {
        *in_stock &= offered;
    }
    let refused = sizes.clone().map(|i| refused(persons, request.article, request.position(i)));
    [offered, in_stock, refused.collect()]
}

/// Whether the returns of persons with more than half of the probability rule out the size at this
/// position: one person's return does not rule it out for the others.
fn refused(persons: &[(f64, &Posterior)], article: &Article, position: f64) -> bool {
    let refusing = persons.iter().filter(|(_, person)| person.refuses(article, position));
    refusing.map(|(weight, _)| weight).sum::<f64>() > 0.5
}

/// The evidence behind the advice of a size to a person.
fn reasons(
    request: &Request<'_, '_>,
    posterior: &Posterior,
    advised: Option<usize>,
) -> Vec<Reason> {
    let &Request { model, article, .. } = request;
    let mut reasons = Vec::new();
    let (here, everywhere) = (posterior.purchases(request.group()), posterior.all_purchases());
    if here > 0 {
        reasons.push(Reason::History { purchases: here });
    } else if everywhere > 0 {
        reasons.push(Reason::OtherGroups { purchases: everywhere });
    }
    if posterior.measured() {
        reasons.push(Reason::Measurements);
    }
    if reasons.is_empty() {
        reasons.push(Reason::NoHistory);
    }
    let brand = &model.brands[article.brand as usize];
    if is_clear(article.offset) && moves_advice(request, posterior, advised, article.offset.mean())
    {
        reasons.push(Reason::ArticleRuns { steps: article.offset.mean() });
    }
    if !brand.name.is_empty()
        && is_clear(brand.offset)
        && moves_advice(request, posterior, advised, brand.offset.mean())
    {
        reasons.push(Reason::BrandRuns { steps: brand.offset.mean() });
    }
    reasons
}

/// Whether the advice would name a larger size if the article ran smaller by `steps`, or a smaller
/// size if it ran larger: whether this part of its offset moves the advice.
fn moves_advice(
    request: &Request<'_, '_>,
    posterior: &Posterior,
    advised: Option<usize>,
    steps: f64,
) -> bool {
    let article =
        Article { offset: request.article.offset.shifted(-steps), ..request.article.clone() };
    let without = Request { article: &article, ..*request };
    let size = ranking_for_one(&without, posterior).best.map(|best| best.size);
    match steps > 0.0 {
        true => advised < size,
        false => advised > size,
    }
}

/// Whether an offset is at least a quarter step and its sign all but certain.
fn is_clear(offset: Gaussian) -> bool {
    offset.mean().abs() > 0.25 && offset.mean().abs() > 1.64 * offset.sd()
}

#[cfg(test)]
mod tests {
    use super::super::advice::SizeChance;
    use super::*;
    use crate::infer::{Purchase, posterior};
    use crate::model::Features;
    use crate::outcome::Outcome;

    #[test]
    fn a_size_that_is_not_offered_is_neither_advised_nor_missed() {
        let model = crate::format::read(include_bytes!("../../tests/golden/shop.inseam"))
            .expect("a usable model");
        let article = model.article("dresses-0").expect("in the model");
        let bought = Purchase { article: Some("dresses-0"), size: "36", ..Purchase::default() };
        let customer = posterior(&model, &[bought, bought, bought], &Features::default());
        let request = Request::new(&model, &customer, article);
        let all = advise(&request);
        let best = all.sizes[all.size.expect("a size")].label;
        let others = |label: &str| label != best;
        let sold_out = advise(&Request { in_stock: &others, ..request });
        assert_eq!(sold_out.missed.map(|missed| sold_out.sizes[missed.size].label), Some(best));
        let fewer = advise(&Request { in_stock: &others, offered: &others, ..request });
        assert_eq!((fewer.missed, fewer.size), (None, sold_out.size));
        assert_eq!(fewer, advise(&Request { offered: &others, ..request }));
        assert_eq!(
            pick(&Request { offered: &others, ..request }).map(|p| p.label != best),
            Some(true)
        );
        // Labels of another article, or all of them, change nothing.
        for offered in [&|_: &str| false, &|_: &str| true] as [&dyn Fn(&str) -> bool; 2] {
            assert_eq!(advise(&Request { offered, ..request }), all);
        }
    }

    #[test]
    fn advice_for_one_of_several_persons_is_the_weighted_mean() {
        let model = crate::format::read(include_bytes!("../../tests/golden/shop.inseam"))
            .expect("a usable model");
        let customer = |size: &str, outcome| {
            let bought =
                Purchase { article: Some("dresses-0"), size, outcome, ..Purchase::default() };
            posterior(&model, &[bought, bought, bought], &Features::default())
        };
        let (small, large) = (customer("34", Outcome::Kept), customer("40", Outcome::TooSmall));
        let article = model.article("dresses-0").expect("in the model");
        let for_one = |p| Request { preference: 0.5, ..Request::new(&model, p, article) };
        let for_one_of = |persons: &[(f64, &Posterior)]| {
            advise(&Request { shopper: Shopper::OneOf(persons), ..for_one(&small) })
        };
        let alone = [&small, &large].map(|p| advise(&for_one(p)));
        assert_eq!(for_one_of(&[(1.0, &small)]), alone[0]);
        let both = for_one_of(&[(0.75, &small), (0.25, &large)]);
        for (i, size) in both.sizes.iter().enumerate() {
            let mean = |f: fn(&SizeChance<'_>) -> f64| {
                0.75 * f(&alone[0].sizes[i]) + 0.25 * f(&alone[1].sizes[i])
            };
            assert!((size.chosen - mean(|s| s.chosen)).abs() < 1e-15, "{}", size.label);
            assert!((size.fits - mean(|s| s.fits)).abs() < 1e-15, "{}", size.label);
            assert!(
                (size.too_small + size.fits + size.too_large - 1.0).abs() < 1e-12,
                "{}",
                size.label
            );
        }
        assert_eq!(both.reasons, alone[0].reasons);
        // A size returned as too small is ruled out for that person only.
        let position =
            |advice: &Advice<'_>| advice.size.map(|i| advice.sizes[i].position).expect("a size");
        assert!(
            position(&both) <= 0.0 && position(&alone[1]) > 1.0,
            "{} {}",
            position(&both),
            position(&alone[1])
        );
        assert_eq!(position(&for_one_of(&[(0.45, &small), (0.55, &large)])), position(&alone[1]));
    }
}
