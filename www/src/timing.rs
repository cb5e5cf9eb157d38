//! User Timing measures of the engine's work, which a shop sees in its own monitoring and in the
//! browser's developer tools.

use web_sys::Performance;

/// Where to record measures: `performance` of the page, worker or Node, if it has one.
pub(crate) struct Timing(pub(crate) Option<Performance>);

impl Timing {
    /// Does some work, and records how long it took as a measure with this name.
    pub(crate) fn measure<T>(&self, name: &str, work: impl FnOnce() -> T) -> T {
        self.start(name);
        let result = work();
        self.finish(name);
        result
    }

    // Errors are ignored: a page that breaks its own `performance` still gets its advice.

    #[inline(never)]
    fn start(&self, name: &str) {
        if let Some(performance) = &self.0 {
            let _ = performance.mark(name);
        }
    }

    /// Leaves only the last measure of each name in the timeline, so that a server that runs for
    /// months does not fill its memory. Observers get every measure.
    #[inline(never)]
    fn finish(&self, name: &str) {
        if let Some(performance) = &self.0 {
            performance.clear_measures_with_measure_name(name);
            let _ = performance.measure_with_start_mark(name, name);
            performance.clear_marks_with_mark_name(name);
        }
    }
}
