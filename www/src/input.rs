//! Reads what a page gives from a query: history, body, stock and costs, as
//! `ts/engine/queries.ts` has validated and written them.

use crate::protocol::{MeasureKind, Unknown};
use crate::wire::QueryReader;
use inseam::infer::Purchase;
use inseam::model::{Features, Measurement, MeasurementValue};
use inseam::outcome::Outcome;
use inseam::recommend::{Costs, Parent};
use inseam::size::{Label, System};

/// A shopper's history. Each purchase has the texts article, brand, group, system and size, the
/// number of its outcome, and whether its size was advised. `None` for an
/// outcome that the protocol does not have.
pub(crate) fn history<'a>(query: &mut QueryReader<'a>) -> Option<Vec<Purchase<'a>>> {
    query.list(|query| {
        Some(Purchase {
            article: query.text(),
            brand: query.text(),
            group: query.text(),
            system: query.text().and_then(System::parse).unwrap_or(System::Unspecified),
            size: query.text().unwrap_or_default(),
            outcome: query.one_of(&Outcome::ALL)?,
            advised: query.flag(),
        })
    })
}

/// A shopper's body, from one value for each of the model's measurements, in the model's order.
/// `None` for a kind of value that the protocol does not have.
pub(crate) fn body(query: &mut QueryReader<'_>, measurements: &[Measurement]) -> Option<Features> {
    let values = query.list(|query| {
        Some(match query.one_of(MeasureKind::ALL)? {
            MeasureKind::Missing => MeasurementValue::Missing,
            MeasureKind::Number => MeasurementValue::Number(query.number()),
            MeasureKind::Word => {
                MeasurementValue::Word(query.text().unwrap_or_default().to_owned())
            }
        })
    })?;
    Some(Features::new(measurements, &|name| {
        measurements.iter().position(|m| m.name == name).and_then(|i| values.get(i))
    }))
}

/// Size labels that a page lists, such as those in stock; all labels where it does not list them.
pub(crate) struct SizeList<'a>(Option<Vec<&'a str>>);

impl<'a> SizeList<'a> {
    /// Whether the page lists them, and the list.
    pub(crate) fn read(query: &mut QueryReader<'a>) -> Self {
        Self(query.flag().then(|| query.texts()))
    }

    /// Whether a canonical label is among them, however the page writes it.
    pub(crate) fn has(&self, label: &str) -> bool {
        let same = |text: &&str| {
            *text == label || Label::parse(text).is_ok_and(|parsed| parsed.as_str() == label)
        };
        self.0.as_ref().is_none_or(|list| list.iter().any(same))
    }
}

/// Whose prior replaces what is known about how the article runs. The outer `None` is for a number
/// that the protocol does not have.
pub(crate) fn unknown(query: &mut QueryReader<'_>) -> Option<Option<Parent>> {
    Some(match query.one_of(Unknown::ALL)? {
        Unknown::Nothing => None,
        Unknown::Article => Some(Parent::Brand),
        Unknown::Brand => Some(Parent::Group),
    })
}

/// A shop's costs, where the page gives any: whether it does, then each, NaN for the default.
pub(crate) fn costs(query: &mut QueryReader<'_>) -> Option<Costs> {
    if !query.flag() {
        return None;
    }
    let usual = Costs::default();
    let mut cost_or =
        |usual: f64| Some(query.number()).filter(|cost| !cost.is_nan()).unwrap_or(usual);
    let costs = Costs {
        lost_sale: cost_or(usual.lost_sale),
        spare: cost_or(usual.spare),
        hesitant: cost_or(usual.hesitant),
    };
    Some(costs).filter(Costs::is_valid)
}
