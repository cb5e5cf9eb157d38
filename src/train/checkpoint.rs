//! The state of training between two sweeps as bytes, so that it can be continued.
//!
//! First the number of reports and the reports, then all numbers of parameters and beliefs, then
//! what momentum needs: twice how many numbers, and these numbers. The sites are in the store.

use super::learn::Before;
use super::reports::SweepReport;
use super::state::{Beliefs, Parameters, Visitor, visit};
use crate::error::Error;

/// Length of a report.
const REPORT: usize = 25;

/// The state as bytes; nothing is changed.
pub(super) fn save(
    reports: &[SweepReport],
    parameters: &mut Parameters,
    beliefs: &mut Beliefs,
    before: &mut Before,
) -> Vec<u8> {
    let mut out = (reports.len() as u32).to_le_bytes().to_vec();
    for report in reports {
        out.extend((report.sweep as u32).to_le_bytes());
        out.extend((report.max_sweeps as u32).to_le_bytes());
        out.push(report.sample.into());
        out.extend(report.outcome_log_evidence.to_le_bytes());
        out.extend(report.choice_log_evidence.to_le_bytes());
    }
    let mut writer = Writer(out);
    visit(parameters, beliefs, &mut writer);
    visit_before(before, &mut writer);
    writer.0
}

/// Replaces parameters and beliefs of the same shape by those that were saved. Returns the reports.
pub(super) fn restore(
    bytes: &[u8],
    parameters: &mut Parameters,
    beliefs: &mut Beliefs,
    before: &mut Before,
) -> Result<Vec<SweepReport>, Error> {
    let mut reader = Reader { bytes, whole: true };
    let count = u32::from_le_bytes(reader.take()) as usize;
    if count > bytes.len() / REPORT {
        return Err(damaged());
    }
    let reports = (0..count)
        .map(|_| SweepReport {
            sweep: u32::from_le_bytes(reader.take()) as usize,
            max_sweeps: u32::from_le_bytes(reader.take()) as usize,
            sample: reader.take() != [0],
            outcome_log_evidence: f64::from_le_bytes(reader.take()),
            choice_log_evidence: f64::from_le_bytes(reader.take()),
        })
        .collect();
    visit(parameters, beliefs, &mut reader);
    visit_before(before, &mut reader);
    if reader.whole && reader.bytes.is_empty() { Ok(reports) } else { Err(damaged()) }
}

fn visit_before(before: &mut Before, v: &mut impl Visitor) {
    let Before { bounded, means } = before;
    for numbers in [bounded, means] {
        numbers.resize(v.length(numbers.len()), 0.0);
        v.numbers(numbers);
    }
}

fn damaged() -> Error {
    Error::Storage { what: "the state of an interrupted training is not whole".to_owned() }
}

struct Writer(Vec<u8>);

impl Visitor for Writer {
    fn number(&mut self, x: &mut f64) {
        self.0.extend(x.to_le_bytes());
    }

    fn length(&mut self, length: usize) -> usize {
        self.0.extend((length as u64).to_le_bytes());
        length
    }
}

/// Reads zeros once the bytes have ended.
struct Reader<'b> {
    bytes: &'b [u8],
    /// Whether the bytes have not ended too early.
    whole: bool,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let Some((taken, rest)) = self.bytes.split_first_chunk() else {
            self.whole = false;
            return [0; N];
        };
        self.bytes = rest;
        *taken
    }
}

impl Visitor for Reader<'_> {
    fn number(&mut self, x: &mut f64) {
        *x = f64::from_le_bytes(self.take());
    }

    fn length(&mut self, _: usize) -> usize {
        let length = u64::from_le_bytes(self.take());
        let possible = length <= (self.bytes.len() / 8) as u64;
        self.whole &= possible;
        if possible { length as usize } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::start_fixture::started;

    #[test]
    fn a_state_comes_back_and_a_damaged_one_is_refused() {
        let start = || {
            let (_, parameters, beliefs) = started();
            (parameters, beliefs)
        };
        // Every number becomes another one.
        struct Count(f64);
        impl Visitor for Count {
            fn number(&mut self, x: &mut f64) {
                self.0 += 1.0;
                *x = self.0;
            }

            fn length(&mut self, length: usize) -> usize {
                length / 2
            }
        }
        let (mut parameters, mut beliefs) = start();
        let mut counted = Count(0.0);
        visit(&mut parameters, &mut beliefs, &mut counted);
        assert!(counted.0 > 500.0, "{} numbers", counted.0);
        let report = SweepReport {
            sweep: 3,
            max_sweeps: 7,
            sample: true,
            outcome_log_evidence: -0.5,
            choice_log_evidence: -1.5,
        };
        let mut before = Before { bounded: vec![0.5, -3.25, 8.0], means: vec![-1.5] };
        let bytes = save(&[report], &mut parameters, &mut beliefs, &mut before);
        let (mut again, mut again_beliefs) = start();
        let mut again_before = Before::default();
        let restored = restore(&bytes, &mut again, &mut again_beliefs, &mut again_before);
        assert_eq!(restored, Ok(vec![report]));
        assert_eq!(again_before, before);
        assert_eq!(format!("{again:?}"), format!("{parameters:?}"));
        assert_eq!(format!("{again_beliefs:?}"), format!("{beliefs:?}"));
        let longer = [&bytes[..], &[0]].concat();
        let affinities = [&[255; 4], &bytes[4..]].concat();
        for damaged in [&[], &bytes[..3], &bytes[..bytes.len() - 1], &longer, &affinities] {
            let (mut parameters, mut beliefs) = start();
            let mut before = Before::default();
            let error = restore(damaged, &mut parameters, &mut beliefs, &mut before).unwrap_err();
            assert!(error.to_string().contains("is not whole"), "{error}");
        }
    }
}
