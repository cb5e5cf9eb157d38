//! What a training keeps of its cases, so that a later one needs to compute only those of changed
//! customers.

use super::cases::{Case, Cases, collect};
use super::fresh::FreshCases;
use super::sums::GroupCurvature;
use crate::error::Error;
use crate::train::carry::Matched;
use crate::train::events::Partition;
use crate::train::state::Broadcast;
use std::collections::HashSet;

/// After so many trainings that continue from each other, all cases have been computed again.
const TURNS: usize = 10;

/// The cases of all customers, and the mean curvature of each fit group's as of the last training
/// from nothing.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::train) struct KeptOutcomes {
    pub(super) cases: Cases,
    /// How many trainings have continued from one from nothing.
    pub(super) turn: u64,
    pub(super) curvatures: Vec<GroupCurvature>,
}

impl KeptOutcomes {
    /// The bytes of what is kept: the turn, then how many fit groups, customers and cases there
    /// are, then these.
    pub(in crate::train) fn write(&self) -> Vec<u8> {
        let Self { cases: Cases { customers, cases }, turn, curvatures } = self;
        let mut out = Vec::with_capacity(8 * customers.len() + Case::BYTES * cases.len());
        out.extend(turn.to_le_bytes());
        for count in [curvatures.len(), customers.len(), cases.len()] {
            out.extend((count as u64).to_le_bytes());
        }
        out.extend(curvatures.iter().flat_map(|c| &c.0).flat_map(|x| x.to_le_bytes()));
        for (id, count) in customers {
            out.extend(id.to_le_bytes());
            out.extend(count.to_le_bytes());
        }
        cases.iter().for_each(|case| out.extend(case.to_bytes()));
        out
    }

    /// Reads what [`KeptOutcomes::write`] has written; `None` for other bytes.
    pub(in crate::train) fn read(bytes: &[u8]) -> Option<Self> {
        let (turn, bytes) = bytes.split_first_chunk::<8>()?;
        let (counts, bytes) = bytes.split_first_chunk::<24>()?;
        let counts = counts.as_chunks::<8>().0.iter().map(|count| u64::from_le_bytes(*count));
        let [groups, customers, cases] =
            counts.map(usize::try_from).collect::<Result<Vec<_>, _>>().ok()?.try_into().ok()?;
        let (curvatures, bytes) =
            bytes.split_at_checked(groups.checked_mul(8 * GroupCurvature::LENGTH)?)?;
        let (customers, bytes) = bytes.split_at_checked(customers.checked_mul(8)?)?;
        if bytes.len() != cases.checked_mul(Case::BYTES)? {
            return None;
        }
        let customer = |bytes: &[u8; 8]| {
            let [a, b, c, d, e, f, g, h] = *bytes;
            (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
        };
        let customers: Vec<_> = customers.as_chunks::<8>().0.iter().map(customer).collect();
        if customers.iter().map(|(_, count)| *count as usize).sum::<usize>() != cases {
            return None;
        }
        let mut read = Vec::with_capacity(cases);
        for bytes in bytes.as_chunks::<{ Case::BYTES }>().0 {
            read.push(Case::from_bytes(bytes)?);
        }
        let numbers: Vec<f64> =
            curvatures.as_chunks::<8>().0.iter().map(|x| f64::from_le_bytes(*x)).collect();
        let curvatures = numbers.chunks(GroupCurvature::LENGTH).map(|c| GroupCurvature(c.to_vec()));
        let (turn, curvatures) = (u64::from_le_bytes(*turn), curvatures.collect());
        Some(Self { cases: Cases { customers, cases: read }, turn, curvatures })
    }

    /// Replaces the cases of changed customers, and of the partitions whose turn it is.
    pub(super) fn renew(
        &mut self,
        broadcast: Broadcast<'_>,
        fresh: FreshCases<'_>,
    ) -> Result<(), Error> {
        let FreshCases { all, changed, changed_ids, sample } = fresh;
        let learns_from = |id: u32| sample.is_none_or(|sample| sample.contains(&id));
        let mut renewed = collect(broadcast, changed, learns_from)?;
        let mut ids = HashSet::new();
        let mut partition = Partition::default();
        let first = (self.turn % TURNS as u64) as usize;
        for index in (first..all.partitions()).step_by(TURNS) {
            partition.read(all, index)?;
            partition.each_customers_bytes(broadcast.graph, |customer| ids.extend([customer.id]));
            let wanted = |id: u32| learns_from(id) && !changed_ids.contains(&id);
            renewed.add_partition(broadcast, &mut partition, wanted);
        }
        self.cases
            .carry(|id| (!ids.contains(&id) && !changed_ids.contains(&id)).then_some(id), Some);
        self.cases.append(renewed);
        self.turn += 1;
        Ok(())
    }

    /// The cases under the labels of the tables now. `customer` is the index now of a customer
    /// before; `None` for one who is gone.
    pub(in crate::train) fn carried(
        mut self,
        matched: &Matched,
        customer: impl Fn(u32) -> Option<u32>,
    ) -> Self {
        let labels = matched.labels_now();
        let case = |case: Case| {
            let label = *labels.get(usize::from(case.scale))?.get(usize::from(case.label))?;
            Some(case.with_label(label?))
        };
        self.cases.carry(customer, case);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::Class;
    use super::*;

    #[test]
    fn what_was_kept_comes_back_and_nothing_else_is_read() {
        let case = |label| Case::example(label, Class::Large);
        let cases =
            Cases { customers: vec![(3, 2), (9, 1)], cases: vec![case(0), case(1), case(7)] };
        let numbers = (0..GroupCurvature::LENGTH).map(|i| i as f64 / 3.0);
        let curvatures = vec![GroupCurvature(numbers.collect()); 2];
        let kept = KeptOutcomes { cases, turn: 5, curvatures };
        let bytes = kept.write();
        assert_eq!(KeptOutcomes::read(&bytes), Some(kept));
        assert_eq!(KeptOutcomes::read(&bytes[..bytes.len() - 1]), None);
        assert_eq!(KeptOutcomes::read(&[bytes.as_slice(), &[0]].concat()), None);
        assert_eq!(KeptOutcomes::read(&[0xff; 40]), None);
        let mut too_many = bytes;
        too_many[32 + 2 * 8 * GroupCurvature::LENGTH + 4] = 3;
        assert_eq!(KeptOutcomes::read(&too_many), None);
    }

    #[test]
    fn customers_without_a_case_left_are_removed() {
        let case = |label| Case::example(label, Class::Fits);
        let customers = vec![(1, 2), (4, 1), (5, 1)];
        let mut cases = Cases { customers, cases: [0, 1, 2, 3].map(case).to_vec() };
        let odd = |case: Case| (case.label % 2 == 1).then(|| case.with_label(case.label + 10));
        cases.carry(|id| (id != 5).then_some(id + 1), odd);
        assert_eq!(cases, Cases { customers: vec![(2, 1)], cases: vec![case(11)] });
    }
}
