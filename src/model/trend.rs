//! The trend: how readily customers report misfits over time (`model/README.md`, section 3).

/// A piecewise linear function of the day for each of the two outcome factors, constant before the
/// first and after the last knot.
///
/// The values at the last knot are 0, because the thresholds describe the present. Without a day,
/// the trend is left out.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Trend {
    /// Days of the knots since 1970-01-01, ascending. Empty if there is no trend.
    pub days: Vec<i32>,
    /// For each knot what the trend adds to the arguments of too small and too large, probit units.
    pub values: Vec<[f64; 2]>,
}

impl Trend {
    /// What the trend adds on this day.
    #[must_use]
    pub fn at(&self, day: i32) -> [f64; 2] {
        self.weights(day).into_iter().flatten().fold([0.0; 2], |sum, (i, weight)| {
            std::array::from_fn(|k| sum[k] + weight * self.values[i][k])
        })
    }

    /// The knots before and after a day, with their weights.
    pub(crate) fn weights(&self, day: i32) -> [Option<(usize, f64)>; 2] {
        let after = self.days.partition_point(|&d| d <= day);
        match (after.checked_sub(1), self.days.get(after)) {
            (None, None) => [None; 2],
            (None, Some(_)) => [Some((0, 1.0)), None],
            (Some(last), None) => [Some((last, 1.0)), None],
            (Some(before), Some(&next)) => {
                let from = f64::from(self.days[before]);
                let part = (f64::from(day) - from) / (f64::from(next) - from);
                [Some((before, 1.0 - part)), Some((after, part))]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trend_is_linear_between_knots_and_constant_outside() {
        let trend =
            Trend { days: vec![10, 20, 40], values: vec![[1.0, -1.0], [3.0, 0.0], [0.0, 0.0]] };
        for (day, at) in [
            (-5, [1.0, -1.0]),
            (10, [1.0, -1.0]),
            (15, [2.0, -0.5]),
            (30, [1.5, 0.0]),
            (40, [0.0; 2]),
            (99, [0.0; 2]),
        ] {
            assert_eq!(trend.at(day), at, "{day}");
        }
        assert_eq!(Trend::default().at(3), [0.0; 2]);
    }
}
