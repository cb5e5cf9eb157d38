//! The chances of every size: to be chosen, and of each outcome if taken (`model/README.md`,
//! sections 2, 3 and 7).

use super::advice::SizeChance;
use super::request::Request;
use crate::infer::{Posterior, SizedGarment, choice_model, choice_noise, offered_sizes};
use crate::math::{Gaussian, Moments};
use crate::model::{Article, LENGTH, Model};

/// The chances of every size of the article. For one of several persons they are means, weighted by
/// the probability of each person. `chosen` sums to one over the sizes, in stock or not.
#[must_use]
pub fn size_chances<'m>(request: &Request<'m, '_>) -> Vec<SizeChance<'m>> {
    let persons = request.shopper.persons();
    let mut of_each = persons.iter().map(|(weight, posterior)| {
        let mut sizes = person_chances(request, posterior);
        sizes.iter_mut().flat_map(SizeChance::chances_mut).for_each(|chance| *chance *= weight);
        sizes
    });
    let mut sum = of_each.next().unwrap_or_default();
    for sizes in of_each {
        for (sum, mut size) in sum.iter_mut().zip(sizes) {
            sum.chances_mut()
                .into_iter()
                .zip(size.chances_mut())
                .for_each(|(sum, chance)| *sum += *chance);
        }
    }
    sum
}

/// The chances of every size for one person.
fn person_chances<'m>(request: &Request<'m, '_>, posterior: &Posterior) -> Vec<SizeChance<'m>> {
    let &Request { model, article, preference, .. } = request;
    let group = request.group();
    let wanted = wanted_size(posterior, group, preference);
    choice_chances(model, posterior, article, preference)
        .into_iter()
        .enumerate()
        .map(|(i, chosen)| {
            let garment = SizedGarment::new(model, article, i);
            let [too_small, fits, too_large] = garment.chances(model, posterior, group, wanted);
            SizeChance {
                label: request.label(i),
                position: garment.position(),
                chosen,
                too_small,
                fits,
                too_large,
                runs: garment.runs(),
                supported: false,
            }
        })
        .collect()
}

/// The belief about the size that a person wants to wear: their latent size plus the preference.
pub(super) fn wanted_size(posterior: &Posterior, group: usize, preference: f64) -> Gaussian {
    let size = posterior.size(group);
    Gaussian::new(size.mean() + preference, size.variance())
}

/// The probability of each size of an article to be the one chosen; they sum to one.
pub(super) fn choice_chances(
    model: &Model,
    posterior: &Posterior,
    article: &Article,
    preference: f64,
) -> Vec<f64> {
    let group = model.group_of(article);
    let terms = &model.groups[group].choice;
    let wish = Moments::from(posterior.traits()[LENGTH]);
    let sizes = offered_sizes(model, article);
    let offer = choice_model::Offer {
        sizes: &sizes,
        noise: choice_noise(model, article),
        others: &terms.others,
    };
    if let Some(profile) = posterior.profile(group) {
        let shift = terms.awareness * article.offset.mean() + article.choice_offset - preference;
        return offer.chances_over(profile, shift, wish);
    }
    let wanted = wanted_size(posterior, group, preference);
    let variance =
        wanted.variance() + terms.awareness * terms.awareness * article.offset.variance();
    let mean = wanted.mean() - terms.awareness * article.offset.mean() - article.choice_offset;
    offer.chances(Moments { mean, variance }, wish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_worked_example() {
        let model = crate::infer::worked_example::example();
        let anna = Posterior::prior(&model, &crate::model::Features::default());
        let request = Request::new(&model, &anna, &model.articles[0]);
        let rule = model.groups[request.group()].advice;
        let sizes = size_chances(&request);
        let found = sizes.iter().map(|s| {
            let score = s.chosen * libm::pow(s.fits, rule.weight);
            let numbers = [s.chosen, s.too_small, s.fits, s.too_large, score];
            numbers.map(|x| format!("{x:.3}")[1..].to_owned()).join(" ")
        });
        let table =
            [".094 .612 .383 .005 .014", ".329 .377 .591 .032 .115", ".577 .181 .695 .124 .279"];
        assert_eq!(found.collect::<Vec<_>>(), table);
    }
}
