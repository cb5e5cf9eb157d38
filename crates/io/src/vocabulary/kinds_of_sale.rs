//! Words of columns such as `product_type` that say how an article is sold, not what it is.

use super::fold::{lists, squeezed};

/// The words, folded: the product types of Adobe Commerce and WooCommerce, and the kinds of lines
/// of other exports.
const WORDS: &str = "simple configurable variable variation virtual bundle downloadable grouped subscription parent child \
                     product physical digital variant";

/// Whether a text says how an article is sold, or nothing at all.
pub(crate) fn is_kind_of_sale(text: &str) -> bool {
    squeezed(text).is_none_or(|text| lists(WORDS, &text))
}
