//! Summaries of the body measurements: what each column is, and the last known value of every
//! customer.

use crate::model::{Measurement, MeasurementKind, MeasurementValue};
use crate::train::columns::{Columns, MeasurementColumn};
use std::collections::{BTreeMap, HashMap};

/// Most levels of a categorical measurement; rarer ones count as missing.
const MAX_LEVELS: usize = 32;

/// The measurements of a history.
#[derive(Debug, Default)]
pub(crate) struct CustomerMeasurements {
    /// The measurements that tell customers apart.
    pub(crate) definitions: Vec<Measurement>,
    /// Of each measurement the last known value of every customer.
    pub(crate) values: Vec<Vec<MeasurementValue>>,
}

/// Day, number and word of a customer's last known value.
type Last<'a> = Option<(i32, f64, &'a str)>;

impl CustomerMeasurements {
    /// `customers` are the codes of the customers whose measurements count, sorted.
    pub(crate) fn collect(columns: &Columns, customers: &[u32]) -> Self {
        let index: HashMap<u32, usize> =
            customers.iter().enumerate().map(|(i, &c)| (c, i)).collect();
        let mut measured = Self::default();
        for (name, column) in &columns.measurements {
            let last = last_values(columns, column, &index);
            let Some(kind) = kind_of_measurement(column, &last) else { continue };
            let value = |last: &Last<'_>| match (last, &kind) {
                (Some((_, x, _)), MeasurementKind::Numeric { .. }) => MeasurementValue::Number(*x),
                (Some((_, _, word)), MeasurementKind::Categorical { .. }) => {
                    MeasurementValue::Word((*word).to_owned())
                }
                (None, _) => MeasurementValue::Missing,
            };
            measured.values.push(last.iter().map(value).collect());
            measured.definitions.push(Measurement { name: name.clone(), kind, missing: 0.0 });
        }
        measured
    }
}

/// The last known value of one measurement of every customer.
fn last_values<'a>(
    columns: &Columns,
    column: &'a MeasurementColumn,
    index: &HashMap<u32, usize>,
) -> Vec<Last<'a>> {
    let day = |r: usize| columns.day.as_ref().map_or(0, |d| d[r]);
    let mut last: Vec<Last<'_>> = vec![None; index.len()];
    for r in 0..columns.outcome.len() {
        let Some(&c) = index.get(&columns.customer.codes[r]) else { continue };
        let value = match column {
            MeasurementColumn::Number(v) if v[r].is_finite() => (day(r), v[r], ""),
            MeasurementColumn::Word(w) if !w.text(r).is_empty() => (day(r), 0.0, w.text(r)),
            _ => continue,
        };
        // On the same day the larger value wins: any rule does that does not depend on the order
        // of the rows.
        let later = |old: &(i32, f64, &str)| {
            value.0.cmp(&old.0).then(value.1.total_cmp(&old.1)).then(value.2.cmp(old.2)).is_gt()
        };
        if last[c].as_ref().is_none_or(later) {
            last[c] = Some(value);
        }
    }
    last
}

/// `None` where the column tells nothing: all missing, or all the same.
fn kind_of_measurement(column: &MeasurementColumn, last: &[Last<'_>]) -> Option<MeasurementKind> {
    let known: Vec<&(i32, f64, &str)> = last.iter().flatten().collect();
    match column {
        MeasurementColumn::Number(_) => {
            // Sorted, so that the sums do not depend on the order of the customers.
            let mut xs: Vec<f64> = known.iter().map(|v| v.1).collect();
            xs.sort_by(f64::total_cmp);
            // The outer half per cent on both sides may be absurd: it must not set the scale.
            let cut = xs.len() / 200;
            let xs = &xs[cut..xs.len() - cut];
            let n = xs.len() as f64;
            let mean = xs.iter().sum::<f64>() / n;
            let sd = (xs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
            (sd.is_finite() && sd > 1e-9 * mean.abs().max(1e-9))
                .then_some(MeasurementKind::Numeric { mean, sd })
        }
        MeasurementColumn::Word(_) => {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for v in known {
                *counts.entry(v.2).or_default() += 1;
            }
            let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
            ranked.sort_by_key(|&(word, n)| (std::cmp::Reverse(n), word));
            ranked.truncate(MAX_LEVELS);
            let mut levels: Vec<String> = ranked.into_iter().map(|(w, _)| w.to_owned()).collect();
            levels.sort_unstable();
            (levels.len() > 1).then_some(MeasurementKind::Categorical { levels })
        }
    }
}
