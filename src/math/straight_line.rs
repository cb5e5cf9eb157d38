//! Fits a straight line by weighted least squares.

/// Weighted least squares of a straight line.
#[derive(Default)]
pub(crate) struct StraightLine {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
}

impl StraightLine {
    pub(crate) fn add(&mut self, x: f64, y: f64, weight: f64) {
        self.n += weight;
        self.x += weight * x;
        self.y += weight * y;
        self.xx += weight * x * x;
        self.xy += weight * x * y;
    }

    /// Intercept and slope; `None` where the points determine no rising line.
    pub(crate) fn rising(&self) -> Option<(f64, f64)> {
        let spread = self.xx * self.n - self.x * self.x;
        let slope = (self.xy * self.n - self.x * self.y) / spread;
        let intercept = (self.y - slope * self.x) / self.n;
        (spread > 1e-9 * self.n * self.n && slope > 0.05 && intercept.is_finite())
            .then_some((intercept, slope))
    }

    /// Intercept and slope, the latter shrunk a little; level where there are no points.
    pub(crate) fn shrunk(&self) -> (f64, f64) {
        let n = self.n.max(1e-9);
        let (x, y) = (self.x / n, self.y / n);
        let slope = (self.xy - n * x * y) / (self.xx - n * x * x + 1.0);
        (y - slope * x, slope)
    }
}
