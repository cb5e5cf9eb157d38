//! Day zero: what height, weight, age and sex tell about the size of somebody without a history,
//! also in a shop that never measured anybody (`model/README.md`, section 13).
//!
//! `measures` finds these measurements among the shop's, and adds those that it lacks. `sized_by`
//! says which girths the sizes of a fit group go by, from size charts or public standards;
//! `expected_size` is the size that the body prior expects; `projection` expresses it in the
//! features of the measurements; `prior` puts them together. `charts` places the rows of charts.

mod charts;
mod design;
mod expected_size;
mod feature_names;
mod measures;
mod prior;
mod projection;
mod sized_by;
mod widening;

pub(crate) use prior::{DayZero, ExpectedRegression, LearnedSizes};
