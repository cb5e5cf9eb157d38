//! Examines a shop's files and drafts its pipeline file.
//!
//! `layouts` knows the exports of platforms by their headers. For other files, `profile` samples
//! what the columns hold, and `guess` and `option_columns` find the column of each meaning.
//! `variant` splits "Linen Dress - Navy / M" into the article and the size. `draft` writes the
//! pipeline file.

mod draft;
mod examine;
mod guess;
mod layouts;
mod matching;
mod option_columns;
mod outcome_lines;
mod profile;
mod sizes;
mod toml_text;
mod variant;
mod words;

pub use draft::{Draft, draft};
pub use examine::{ExaminedTable, examine};
pub use guess::{Columns, find_article_and_size};
pub use layouts::{Layout, Role};
pub(crate) use sizes::{are_sizes, is_size};
pub use variant::{
    Variant, article_beside_size, article_of_variant, size_of_variant, split_variant,
};
