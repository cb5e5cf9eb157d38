//! Which of an article's sizes are in stock, from texts of sizes as people write them.

use inseam::model::{Article, Model};
use inseam::size::{Axis, Label, System, position};

/// Positions that differ by less are those of one size, steps.
const SAME: f64 = 1e-6;

/// Marks the size of the article that a label names. Returns whether there is one.
///
/// A label that is none of the article's may name one of them in another size system, as `UK 12`
/// names `38` of a German scale: the public tables tell. A label without a system, like `12`, could
/// be any of several sizes, so it names none.
pub(super) fn mark(model: &Model, article: &Article, label: &Label, stock: &mut [bool]) -> bool {
    let scale = &model.scales[usize::from(article.scale)];
    let text = |size: usize| &scale.labels[usize::from(article.sizes[size].label)].text;
    let sizes = 0..article.sizes.len();
    let same = sizes.clone().find(|&size| text(size) == label.as_str());
    let axis = Axis::guess(&model.groups[model.group_of(article)].name);
    let elsewhere = || {
        // Letters are no other writing of a number: M is what a brand makes of it.
        label.as_str().contains(|c: char| c.is_ascii_digit()).then_some(())?;
        let wanted = position(label.as_str(), System::Unspecified, axis)?;
        let is_same = |&size: &usize| {
            position(text(size), scale.system, axis).is_some_and(|own| (own - wanted).abs() < SAME)
        };
        let mut found = sizes.filter(is_same);
        // Two sizes at one position are not told apart.
        found.next().filter(|_| found.next().is_none())
    };
    let size = same.or_else(elsewhere);
    if let Some(size) = size {
        stock[size] = true;
    }
    size.is_some()
}
