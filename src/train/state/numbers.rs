//! All numbers of parameters and beliefs in a fixed order, so that training can be continued from
//! them. Names and shapes follow from the static tables.

use super::beliefs::{ArticleBelief, Beliefs};
use super::effects::Effects;
use super::labels::Labels;
use super::parameters::Parameters;
use crate::math::Gaussian;
use crate::model::{
    AdviceRule, ArticleVariances, Choice, ChoiceVariances, Group, Others, OutcomeTerms,
    PurchaseTerms, Returns, SizePrior, Trend,
};

/// What is done with each number.
pub(crate) trait Visitor {
    /// Reads or replaces a number.
    fn number(&mut self, x: &mut f64);
    /// Reads or replaces the length of a list whose length changes during training.
    fn length(&mut self, length: usize) -> usize;

    fn numbers<'x>(&mut self, numbers: impl IntoIterator<Item = &'x mut f64>)
    where
        Self: Sized,
    {
        numbers.into_iter().for_each(|x| self.number(x));
    }
}

/// Visits every number. Destructuring names each field, so that none can be forgotten.
pub(crate) fn visit(parameters: &mut Parameters, beliefs: &mut Beliefs, v: &mut impl Visitor) {
    let Parameters {
        groups,
        covariance,
        traits,
        ridges,
        trend,
        labels,
        missing,
        effects,
        choice_variances,
        // Follows from the tables and the start.
        expected: _,
        chart_trust,
    } = parameters;
    groups.iter_mut().for_each(|group| visit_group(group, v));
    v.numbers(covariance.iter_mut());
    traits.iter_mut().for_each(|prior| visit_prior(prior, v));
    v.numbers(ridges);
    let Trend { days: _, values } = trend;
    v.numbers(values.as_flattened_mut());
    labels.iter_mut().for_each(|labels| visit_labels(labels, v));
    v.numbers(missing);
    for Effects { coefficients, centre, ridge } in effects {
        v.numbers(coefficients);
        v.numbers([centre, ridge]);
    }
    for ChoiceVariances { choice_offset, popularity } in choice_variances {
        v.numbers([choice_offset, popularity]);
    }
    v.number(chart_trust);
    let Beliefs { brands, articles, returning, grades, choice_offsets, popularity } = beliefs;
    for ArticleBelief { offset, spread } in brands.iter_mut().chain(articles) {
        [offset, spread].into_iter().for_each(|belief| visit_belief(belief, v));
    }
    for belief in returning.iter_mut().chain(grades).chain(choice_offsets).chain(popularity) {
        visit_belief(belief, v);
    }
}

fn visit_belief(Gaussian { precision, precision_mean }: &mut Gaussian, v: &mut impl Visitor) {
    v.numbers([precision, precision_mean]);
}

fn visit_group(group: &mut Group, v: &mut impl Visitor) {
    let Group {
        name: _,
        size,
        outcome,
        purchase,
        choice,
        advice,
        returns,
        offset_variance,
        grade_variance,
        spread_variance,
    } = group;
    visit_prior(size, v);
    let OutcomeTerms { terms, slope, chosen_slope, advised } = outcome;
    v.numbers(terms.as_flattened_mut());
    v.numbers([slope, chosen_slope]);
    v.numbers(advised);
    // Learned after the sweeps, from the start.
    let PurchaseTerms { .. } = purchase;
    let AdviceRule { .. } = advice;
    let Choice { scale, awareness, others: Others { share, mean, variance } } = choice;
    v.numbers([scale, awareness, share, mean, variance]);
    let Returns { intercept, article_variance, unexplained, bracketed } = returns;
    v.numbers([intercept, article_variance, unexplained, bracketed]);
    for ArticleVariances { brand, article } in [offset_variance, spread_variance] {
        v.numbers([brand, article]);
    }
    v.number(grade_variance);
}

fn visit_prior(
    SizePrior { intercept, coefficients, variance }: &mut SizePrior,
    v: &mut impl Visitor,
) {
    v.numbers([intercept, variance]);
    v.numbers(coefficients);
}

fn visit_labels(labels: &mut Labels, v: &mut impl Visitor) {
    let Labels { noise, position, length, appeal, weight, thresholds, affinity } = labels;
    v.number(noise);
    for column in [position, length, appeal, weight] {
        v.numbers(column);
    }
    v.numbers(thresholds.as_flattened_mut());
    // Cleared once the lengths have been found.
    affinity.resize(v.length(affinity.len()), 0.0);
    v.numbers(affinity);
}
