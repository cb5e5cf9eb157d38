//! Answers as flat lists: value after value, in the order in which `ts/answers.ts` reads them. Far smaller in the browser than objects made here.

use inseam::math::Gaussian;
use wasm_bindgen::JsValue;

/// An answer being written.
#[derive(Default)]
pub(crate) struct Answer(Vec<JsValue>);

impl Answer {
    #[inline(never)]
    pub(crate) fn text(&mut self, text: &str) {
        self.0.push(JsValue::from_str(text));
    }

    #[inline(never)]
    pub(crate) fn number(&mut self, number: f64) {
        self.0.push(JsValue::from_f64(number));
    }

    /// A number, a count or an index.
    pub(crate) fn count(&mut self, count: usize) {
        self.number(count as f64);
    }

    /// The index of a size; -1 for none.
    pub(crate) fn index(&mut self, index: Option<usize>) {
        self.number(index.map_or(-1.0, |index| index as f64));
    }

    /// Mean and standard deviation.
    pub(crate) fn belief(&mut self, belief: Gaussian) {
        self.number(belief.mean());
        self.number(belief.sd());
    }

    pub(crate) fn done(self) -> Vec<JsValue> {
        self.0
    }
}
