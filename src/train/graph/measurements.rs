//! Body measurements of the customers: what each column is, and every customer's features.

use super::nodes::CustomerNode;
use crate::model::{Features, Measurement, MeasurementKind, MeasurementValue};
use crate::train::columns::{Columns, MeasurementColumn};
use std::collections::{BTreeMap, HashMap};

/// Most levels of a categorical measurement; rarer ones count as missing.
const MAX_LEVELS: usize = 32;

/// Measurement definitions, and the features of every customer: each measurement as last known.
pub(super) fn measurements(
    columns: &Columns,
    customers: &[CustomerNode],
) -> (Vec<Measurement>, Vec<Features>, Vec<u64>) {
    let index: HashMap<u32, usize> = customers.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
    let day = |r: usize| columns.day.as_ref().map_or(0, |d| d[r]);
    let mut definitions = Vec::new();
    let mut values: Vec<Vec<MeasurementValue>> = Vec::new();
    for (name, column) in &columns.measurements {
        let mut last: Vec<Option<(i32, f64, &str)>> = vec![None; customers.len()];
        for r in 0..columns.outcome.len() {
            let Some(&c) = index.get(&columns.customer.codes[r]) else { continue };
            let value = match column {
                MeasurementColumn::Number(v) if v[r].is_finite() => (day(r), v[r], ""),
                MeasurementColumn::Word(w) if !w.text(r).is_empty() => (day(r), 0.0, w.text(r)),
                _ => continue,
            };
            // On the same day the larger value wins: any rule does that does not depend on the
            // order of the rows.
            let later = |old: &(i32, f64, &str)| {
                value.0.cmp(&old.0).then(value.1.total_cmp(&old.1)).then(value.2.cmp(old.2)).is_gt()
            };
            if last[c].as_ref().is_none_or(later) {
                last[c] = Some(value);
            }
        }
        let Some(kind) = kind_of_measurement(column, &last) else { continue };
        values.push(
            last.iter()
                .map(|v| match (v, &kind) {
                    (Some((_, x, _)), MeasurementKind::Numeric { .. }) => {
                        MeasurementValue::Number(*x)
                    }
                    (Some((_, _, w)), MeasurementKind::Categorical { .. }) => {
                        MeasurementValue::Word((*w).to_owned())
                    }
                    (None, _) => MeasurementValue::Missing,
                })
                .collect(),
        );
        definitions.push(Measurement { name: name.clone(), kind, missing: 0.0 });
    }
    let mut features = Vec::with_capacity(customers.len());
    let mut missing = Vec::with_capacity(customers.len());
    for c in 0..customers.len() {
        let value =
            |name: &str| definitions.iter().position(|m| m.name == name).map(|i| &values[i][c]);
        features.push(Features::of(&definitions, &value));
        let unknown =
            definitions.iter().zip(&values).enumerate().filter(|(_, (m, v))| !m.knows(&v[c]));
        missing
            .push(unknown.fold(0, |bits, (i, _)| bits | 1_u64.checked_shl(i as u32).unwrap_or(0)));
    }
    (definitions, features, missing)
}

/// `None` where the column tells nothing: all missing, or all the same.
fn kind_of_measurement(
    column: &MeasurementColumn,
    last: &[Option<(i32, f64, &str)>],
) -> Option<MeasurementKind> {
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
