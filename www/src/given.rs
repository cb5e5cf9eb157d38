//! What the page gives, as `ts/given.ts` has checked it and laid it out.

use crate::wire::Asked;
use inseam::infer::Purchase;
use inseam::model::{Features, Measurement, MeasurementValue};
use inseam::outcome::Outcome;
use inseam::recommend::Costs;
use inseam::size::{Label, System};

/// A history: of each purchase article, brand, group, system and size as texts, the place of its
/// outcome in [`Outcome::ALL`], whether it was advised.
pub(crate) fn history<'a>(asked: &mut Asked<'a>) -> Vec<Purchase<'a>> {
    asked.list(|asked| Purchase {
        article: asked.text(),
        brand: asked.text(),
        group: asked.text(),
        system: asked.text().and_then(System::parse).unwrap_or(System::Unspecified),
        size: asked.text().unwrap_or_default(),
        outcome: Outcome::ALL.get(asked.count()).copied().unwrap_or(Outcome::Kept),
        advised: asked.number() != 0.0,
    })
}

/// The body's features, by its values in the order of the model's measurements: of each 0 for none,
/// 1 and a number, or 2 and a word.
pub(crate) fn body(asked: &mut Asked<'_>, measurements: &[Measurement]) -> Features {
    let values = asked.list(|asked| match asked.count() {
        0 => MeasurementValue::Missing,
        1 => MeasurementValue::Number(asked.number()),
        _ => MeasurementValue::Word(asked.text().unwrap_or_default().to_owned()),
    });
    Features::new(measurements, &|name| {
        measurements.iter().position(|m| m.name == name).and_then(|i| values.get(i))
    })
}

/// Labels that can be had.
pub(crate) struct Stock<'a>(Option<Vec<&'a str>>);

impl<'a> Stock<'a> {
    /// Whether they are listed, and the list.
    pub(crate) fn of(asked: &mut Asked<'a>) -> Self {
        Self((asked.number() != 0.0).then(|| asked.texts()))
    }

    /// Whether this canonical label is among them, however the page writes it.
    pub(crate) fn has(&self, label: &str) -> bool {
        let same = |text: &&str| {
            *text == label || Label::parse(text).is_ok_and(|parsed| parsed.as_str() == label)
        };
        self.0.as_ref().is_none_or(|list| list.iter().any(same))
    }
}

/// What things cost: whether it is said, and a lost sale, a spare, the share of the hesitant, NaN
/// for what is usual.
pub(crate) fn costs(asked: &mut Asked<'_>) -> Option<Costs> {
    if asked.number() == 0.0 {
        return None;
    }
    let usual = Costs::default();
    let mut or = |usual: f64| Some(asked.number()).filter(|cost| !cost.is_nan()).unwrap_or(usual);
    let costs = Costs {
        lost_sale: or(usual.lost_sale),
        spare: or(usual.spare),
        hesitant: or(usual.hesitant),
    };
    Some(costs).filter(Costs::is_valid)
}
