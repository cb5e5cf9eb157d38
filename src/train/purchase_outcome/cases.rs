//! All purchases as the parameters of their outcome see them. They stay the same from step to step,
//! so that only one pass over the store is needed.

use crate::error::Error;
use crate::infer::{Evidence, PurchaseFeatures};
use crate::math::Moments;
use crate::train::events::{Partition, PartitionStore};
use crate::train::leave_one_out::{LeaveOneOut, each_left_out};
use crate::train::state::Broadcast;
use crate::train::threads::in_threads;

/// A purchase whose outcome tells something about its size, with beliefs that leave it out. In
/// single precision: a case takes 60 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) scale: u16,
    pub(super) label: u16,
    pub(super) class: Class,
    pub(super) day: i32,
    /// Probability that it comes back for another reason than its size.
    unrelated: f32,
    /// Position, distance.
    numbers: [f32; 2],
    /// Away, offset, fussiness, preference, spread; of each mean and variance.
    moments: [[f32; 2]; 5],
}

/// What the outcome tells about the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Small,
    Fits,
    Large,
    SmallOrLarge,
    Unknown,
}

impl Case {
    fn new(broadcast: Broadcast<'_>, purchase: &LeaveOneOut<'_>) -> Option<Self> {
        let class = Class::of(purchase.line.evidence)?;
        let node = &broadcast.graph.articles[purchase.line.article as usize];
        let factors = &purchase.factors;
        let features = PurchaseFeatures::new(&factors.garment, purchase.size, &purchase.traits);
        let PurchaseFeatures { position, distance, away, offset, fussiness, preference, spread } =
            features;
        let moments = [away, offset, fussiness, preference, spread];
        let unrelated =
            if class == Class::Unknown { factors.returned(purchase.traits) } else { 0.0 };
        Some(Self {
            scale: node.scale,
            label: broadcast.graph.slots[purchase.line.slot as usize].label,
            class,
            day: purchase.line.day,
            unrelated: unrelated as f32,
            numbers: [position, distance].map(|x| x as f32),
            moments: moments.map(|m| [m.mean as f32, m.variance as f32]),
        })
    }

    pub(super) fn features(&self) -> PurchaseFeatures {
        let [position, distance] = self.numbers.map(f64::from);
        let [away, offset, fussiness, preference, spread] = self
            .moments
            .map(|[mean, variance]| Moments { mean: mean.into(), variance: variance.into() });
        PurchaseFeatures { position, distance, away, offset, fussiness, preference, spread }
    }

    /// Weights of too small, fits and too large, whose present chances are these. They sum to less
    /// than one where the purchase may have come back for another reason; `unexplained` is how much
    /// more often such a return lacks a reason.
    pub(super) fn class_weights(
        &self,
        chances: impl FnOnce() -> [f64; 3],
        unexplained: f64,
    ) -> [f64; 3] {
        let open = |small: f64, large: f64, other: f64| {
            let all = small + large + other;
            [small / all, 0.0, large / all]
        };
        match self.class {
            Class::Small => [1.0, 0.0, 0.0],
            Class::Fits => [0.0, 1.0, 0.0],
            Class::Large => [0.0, 0.0, 1.0],
            Class::SmallOrLarge => {
                let [small, _, large] = chances();
                open(small, large, 0.0)
            }
            Class::Unknown => {
                let unrelated = f64::from(self.unrelated);
                let [small, _, large] = chances().map(|chance| (1.0 - unrelated) * chance);
                open(small, large, unrelated * unexplained)
            }
        }
    }
}

impl Class {
    /// `None` for an outcome that is no evidence on the size.
    fn of(evidence: Evidence) -> Option<Self> {
        match evidence {
            Evidence::Known(0) => Some(Self::Small),
            Evidence::Known(1) => Some(Self::Fits),
            Evidence::Known(_) => Some(Self::Large),
            Evidence::SmallOrLarge => Some(Self::SmallOrLarge),
            Evidence::Unknown => Some(Self::Unknown),
            Evidence::Bracketed(_) | Evidence::Unrelated | Evidence::None => None,
        }
    }
}

/// The cases of all purchases of a store, in no order.
pub(super) fn collect(
    broadcast: Broadcast<'_>,
    store: &dyn PartitionStore,
) -> Result<Vec<Vec<Case>>, Error> {
    in_threads(store, |queue| {
        let mut cases = Vec::new();
        let mut partition = Partition::default();
        while queue.read(&mut partition)?.is_some() {
            each_left_out(broadcast, &mut partition, |purchase| {
                cases.extend(Case::new(broadcast, purchase));
            });
        }
        Ok(cases)
    })
}
