//! Advice as an answer.

use crate::wire::Answer;
use inseam::recommend::{Advice, Reason};

/// Status; places of the size, the alternative and the missed size; whether the size in place of
/// the missed one would do; what is expected of one, both and none, NaN for what is not; the
/// reasons, each with its kind and number; and of every size its label and what would become of it.
pub(crate) fn answer(advice: &Advice<'_>, answer: &mut Answer) {
    answer.count(advice.status as usize);
    answer.index(advice.size);
    answer.index(advice.alternative);
    answer.index(advice.missed.map(|missed| missed.size));
    answer.count(advice.missed.is_some_and(|missed| missed.substitute_acceptable).into());
    let expected =
        advice.expected.map_or([f64::NAN; 3], |e| [e.one, e.both.unwrap_or(f64::NAN), e.none]);
    expected.into_iter().for_each(|cost| answer.number(cost));
    answer.count(advice.reasons.len());
    for reason in &advice.reasons {
        let (kind, number) = match *reason {
            Reason::History { purchases } => (0, purchases as f64),
            Reason::OtherGroups { purchases } => (1, purchases as f64),
            Reason::Measurements => (2, 0.0),
            Reason::NoHistory => (3, 0.0),
            Reason::ArticleRuns { steps } => (4, steps),
            Reason::BrandRuns { steps } => (5, steps),
        };
        answer.count(kind);
        answer.number(number);
    }
    for size in &advice.sizes {
        answer.text(size.label);
        for number in
            [size.too_small, size.fits, size.too_large, size.chosen, size.position, size.runs]
        {
            answer.number(number);
        }
    }
}
