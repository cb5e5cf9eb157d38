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
#[derive(Clone, Copy, Debug, PartialEq)]
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

/// The cases of some customers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cases {
    /// The index of each customer, and how many of the cases are theirs.
    pub(super) customers: Vec<(u32, u32)>,
    pub(super) cases: Vec<Case>,
}

impl Cases {
    /// Adds the case of a customer who is new or was the last one.
    fn add(&mut self, customer: u32, case: Case) {
        self.cases.push(case);
        match self.customers.last_mut().filter(|(last, _)| *last == customer) {
            Some((_, count)) => *count += 1,
            None => self.customers.push((customer, 1)),
        }
    }

    /// Adds the cases of those customers of a partition whose index `wanted` accepts.
    pub(super) fn add_partition(
        &mut self,
        broadcast: Broadcast<'_>,
        partition: &mut Partition<'_>,
        wanted: impl Fn(u32) -> bool,
    ) {
        each_left_out(broadcast, partition, |purchase| {
            if wanted(purchase.customer) {
                let case = Case::new(broadcast, purchase);
                case.into_iter().for_each(|case| self.add(purchase.customer, case));
            }
        });
    }

    /// Adds the cases of other customers.
    pub(super) fn append(&mut self, mut others: Self) {
        self.customers.append(&mut others.customers);
        self.cases.append(&mut others.cases);
    }

    /// Gives each customer another index and changes their cases; `None` removes them. The indices
    /// rise as those before.
    pub(super) fn carry(
        &mut self,
        customer: impl Fn(u32) -> Option<u32>,
        case: impl Fn(Case) -> Option<Case>,
    ) {
        let Self { customers, cases } = self;
        let (mut read, mut written) = (0, 0);
        customers.retain_mut(|(id, count)| {
            let own = read..read + *count as usize;
            read = own.end;
            let (Some(now), first) = (customer(*id), written) else { return false };
            for at in own {
                let Some(case) = case(cases[at]) else { continue };
                cases[written] = case;
                written += 1;
            }
            (*id, *count) = (now, (written - first) as u32);
            *count > 0
        });
        cases.truncate(written);
    }
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

    /// The same case where its label has another index.
    pub(super) fn with_label(self, label: u16) -> Self {
        Self { label, ..self }
    }

    /// Length of a case's bytes.
    pub(super) const BYTES: usize = 61;

    /// The bytes of the case: numbers, day, scale, label, class.
    pub(super) fn to_bytes(self) -> [u8; Self::BYTES] {
        let Self { scale, label, class, day, unrelated, numbers, moments } = self;
        let mut bytes = [0; Self::BYTES];
        let floats = numbers.iter().chain(moments.as_flattened()).chain([&unrelated]);
        for (bytes, x) in bytes.chunks_exact_mut(4).zip(floats) {
            bytes.copy_from_slice(&x.to_le_bytes());
        }
        bytes[52..56].copy_from_slice(&day.to_le_bytes());
        bytes[56..58].copy_from_slice(&scale.to_le_bytes());
        bytes[58..60].copy_from_slice(&label.to_le_bytes());
        bytes[60] = class as u8;
        bytes
    }

    /// The case with these bytes; `None` for those of no case.
    pub(super) fn from_bytes(bytes: &[u8; Self::BYTES]) -> Option<Self> {
        let (words, _) = bytes.as_chunks::<4>();
        let float = |i: usize| f32::from_le_bytes(words[i]);
        let [scale_low, scale_high, label_low, label_high] = words[14];
        Some(Self {
            scale: u16::from_le_bytes([scale_low, scale_high]),
            label: u16::from_le_bytes([label_low, label_high]),
            class: *Class::ALL.get(usize::from(bytes[60]))?,
            day: i32::from_le_bytes(words[13]),
            unrelated: float(12),
            numbers: [float(0), float(1)],
            moments: std::array::from_fn(|i| [float(2 + 2 * i), float(3 + 2 * i)]),
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
    const ALL: [Self; 5] =
        [Self::Small, Self::Fits, Self::Large, Self::SmallOrLarge, Self::Unknown];

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

/// The cases of those customers of a store whose index `wanted` accepts, in no order.
pub(super) fn collect(
    broadcast: Broadcast<'_>,
    store: &dyn PartitionStore,
    wanted: impl Fn(u32) -> bool + Sync,
) -> Result<Cases, Error> {
    let parts = in_threads(store, |queue| {
        let mut cases = Cases::default();
        let mut partition = Partition::default();
        while queue.read(&mut partition)?.is_some() {
            cases.add_partition(broadcast, &mut partition, &wanted);
        }
        Ok(cases)
    })?;
    Ok(parts.into_iter().fold(Cases::default(), |mut all, part| {
        all.append(part);
        all
    }))
}

#[cfg(test)]
impl Case {
    /// A case whose numbers differ from each other.
    pub(super) fn example(label: u16, class: Class) -> Self {
        let moments = std::array::from_fn(|i| [i as f32, 0.5 + i as f32]);
        let (scale, day, unrelated, numbers) = (2, -40, 0.125, [0.25, -3.0]);
        Self { scale, label, class, day, unrelated, numbers, moments }
    }
}
