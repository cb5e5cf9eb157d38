//! The bytes of customers and their order lines in a partition.

use super::customer::Customer;
use super::evidence::weight;
use super::measurement_set::MeasurementSet;
use super::order_line::OrderLine;
use crate::infer::Evidence;
use crate::model::{Features, KnownFeatures};
use crate::outcome::Outcome;
use crate::train::graph::Graph;

/// Length of an order line.
pub(crate) const LINE: usize = 16;
/// Length of a customer without measurements.
const CUSTOMER: usize = 8;
/// Length of a feature that is not 0.
const FEATURE: usize = 10;

// Codes of the evidence, after those of the classes too small, fits and too large.
const SMALL_OR_LARGE: u8 = 3;
const UNKNOWN: u8 = 4;
const BRACKETED: u8 = 5;
const UNRELATED: u8 = 6;
const NO_EVIDENCE: u8 = 7;

/// Maximal length of a customer without their lines.
pub(crate) fn customer_bytes(graph: &Graph) -> usize {
    if !graph.measured {
        return CUSTOMER;
    }
    let words = size_of_val(&MeasurementSet::default().words());
    CUSTOMER + 8 * (1 + Features::numbers(&graph.measurements)) + words + 2 + FEATURE * graph.width
}

/// Appends a customer with so many lines.
pub(super) fn write_customer(graph: &Graph, customer: &Customer, lines: usize, out: &mut Vec<u8>) {
    out.extend(customer.id.to_le_bytes());
    out.extend((lines as u32).to_le_bytes());
    if !graph.measured {
        return;
    }
    let KnownFeatures { known, z, widening } = &customer.features;
    out.extend(widening.to_le_bytes());
    out.extend(z.iter().flat_map(|z| z.to_le_bytes()));
    customer.missing.words().into_iter().for_each(|word| out.extend(word.to_le_bytes()));
    out.extend((known.len() as u16).to_le_bytes());
    for &(i, x) in known {
        let [low, high] = (i as u16).to_le_bytes();
        let [a, b, c, d, e, f, g, h] = x.to_le_bytes();
        out.extend_from_slice(&[low, high, a, b, c, d, e, f, g, h]);
    }
}

/// Appends the lines of one customer.
pub(super) fn write_lines(graph: &Graph, lines: &[OrderLine], out: &mut Vec<u8>) {
    for line in lines {
        let first = graph.articles[line.article as usize].slots.start;
        let same = lines.iter().filter(|other| other.article == line.article).count();
        out.extend(line.article.to_le_bytes());
        out.extend(line.day.to_le_bytes());
        out.extend(((line.slot - first) as u16).to_le_bytes());
        let (code, kept) = evidence_code(graph, line, lines);
        out.extend(((kept - first) as u16).to_le_bytes());
        out.extend(u16::try_from(same).unwrap_or(u16::MAX).to_le_bytes());
        let outcome = Outcome::ALL.iter().position(|outcome| *outcome == line.outcome);
        out.extend([outcome.expect("one of all") as u8, code]);
    }
}

/// The code of a line's evidence, and the slot of the size that the customer kept instead.
fn evidence_code(graph: &Graph, line: &OrderLine, lines: &[OrderLine]) -> (u8, u32) {
    let away = match line.evidence {
        Evidence::Known(class) => return (class as u8, line.slot),
        Evidence::SmallOrLarge => return (SMALL_OR_LARGE, line.slot),
        Evidence::Unknown => return (UNKNOWN, line.slot),
        Evidence::Unrelated => return (UNRELATED, line.slot),
        Evidence::None => return (NO_EVIDENCE, line.slot),
        Evidence::Bracketed(away) => away,
    };
    let kept = lines.iter().find(|other| {
        other.article == line.article && distance(graph, line.slot, other.slot) == away
    });
    (BRACKETED, kept.expect("the kept line that the evidence was read from").slot)
}

/// From the starting position of a slot to that of another, steps.
fn distance(graph: &Graph, from: u32, to: u32) -> f64 {
    graph.start_position(to) - graph.start_position(from)
}

/// Reads what [`write_customer`] and [`write_lines`] have written, from front to back.
#[derive(Debug)]
pub(super) struct LineReader<'b> {
    bytes: &'b [u8],
}

impl<'b> LineReader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (taken, rest) = self.bytes.split_first_chunk().expect("a partition is whole");
        self.bytes = rest;
        *taken
    }

    fn number(&mut self) -> f64 {
        f64::from_le_bytes(self.take())
    }

    /// Replaces `customer` by the next one. Returns the number of their lines; `None` at the end.
    pub(super) fn customer(&mut self, graph: &Graph, customer: &mut Customer) -> Option<usize> {
        if self.bytes.len() < CUSTOMER {
            return None;
        }
        customer.id = u32::from_le_bytes(self.take());
        let lines = u32::from_le_bytes(self.take()) as usize;
        let KnownFeatures { known, z, widening } = &mut customer.features;
        known.clear();
        z.clear();
        if graph.measured {
            *widening = self.number();
            let numbers = Features::numbers(&graph.measurements);
            z.extend((0..numbers).map(|_| self.number()));
            let words = MeasurementSet::default().words();
            customer.missing =
                MeasurementSet::from_words(words.map(|_| u64::from_le_bytes(self.take())));
            let features = u16::from_le_bytes(self.take());
            known.extend((0..features).map(|_| {
                let i = u16::from_le_bytes(self.take());
                (usize::from(i), self.number())
            }));
        } else {
            customer.missing = MeasurementSet::first(graph.measurements.len());
            *widening = 1.0;
        }
        Some(lines)
    }

    /// Passes over the next customer. Returns their id, the bytes of their measurements, and the
    /// number of their lines; `None` at the end.
    pub(super) fn skip_customer(&mut self, graph: &Graph) -> Option<(u32, &'b [u8], usize)> {
        if self.bytes.len() < CUSTOMER {
            return None;
        }
        let id = u32::from_le_bytes(self.take());
        let lines = u32::from_le_bytes(self.take()) as usize;
        let mut length = 0;
        if graph.measured {
            let words = size_of_val(&MeasurementSet::default().words());
            let fixed = 8 * (1 + Features::numbers(&graph.measurements)) + words;
            let features = u16::from_le_bytes([self.bytes[fixed], self.bytes[fixed + 1]]);
            length = fixed + 2 + FEATURE * usize::from(features);
        }
        let (measurements, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        Some((id, measurements, lines))
    }

    /// The bytes that are left.
    pub(super) fn rest(&self) -> &'b [u8] {
        self.bytes
    }

    /// The next line.
    pub(super) fn line(&mut self, graph: &Graph) -> OrderLine {
        let article = u32::from_le_bytes(self.take());
        let day = i32::from_le_bytes(self.take());
        let first = graph.articles[article as usize].slots.start;
        let slot = first + u32::from(u16::from_le_bytes(self.take()));
        let kept = first + u32::from(u16::from_le_bytes(self.take()));
        let same = u16::from_le_bytes(self.take());
        let [outcome, code] = self.take();
        let evidence = match code {
            SMALL_OR_LARGE => Evidence::SmallOrLarge,
            UNKNOWN => Evidence::Unknown,
            BRACKETED => Evidence::Bracketed(distance(graph, slot, kept)),
            UNRELATED => Evidence::Unrelated,
            NO_EVIDENCE => Evidence::None,
            class => Evidence::Known(class.into()),
        };
        let outcome = Outcome::ALL[usize::from(outcome)];
        OrderLine { article, slot, outcome, evidence, weight: weight(same.into()), day }
    }
}
