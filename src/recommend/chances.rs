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
    let (offers, noise) = (offered_sizes(model, article), choice_noise(model, article));
    if let Some(profile) = posterior.profile(group) {
        let shift = terms.awareness * article.offset.mean() + article.choice_offset - preference;
        return choice_model::chances_over(&offers, noise, profile, shift, wish);
    }
    let wanted = wanted_size(posterior, group, preference);
    let variance =
        wanted.variance() + terms.awareness * terms.awareness * article.offset.variance();
    let mean = wanted.mean() - terms.awareness * article.offset.mean() - article.choice_offset;
    choice_model::chances(&offers, noise, Moments { mean, variance }, wish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_worked_example() {
        let model = crate::infer::worked_example::example();
        let anna = Posterior::prior(&model, &crate::model::Features::default());
        let request = Request::new(&model, &anna, &model.articles[0]);
        let sizes = size_chances(&request);
        let found = sizes.iter().map(|s| {
            let numbers = [s.chosen, s.too_small, s.fits, s.too_large, s.chosen * s.fits * s.fits];
            numbers.map(|x| format!("{x:.3}")[1..].to_owned()).join(" ")
        });
        let table =
            [".098 .614 .381 .004 .014", ".333 .374 .596 .030 .118", ".569 .176 .704 .120 .282"];
        assert_eq!(found.collect::<Vec<_>>(), table);
    }
}
