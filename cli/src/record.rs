//! `inseam record`: prints articles' records as text for their product pages.

use crate::model_file::{ModelFile, in_file};
use crate::stdout;
use base64ct::{Base64UrlUnpadded, Encoding};
use clap::Args;
use inseam_io::failure::Failure;
use std::path::PathBuf;

/// Print an article's record: a short text for its product page, which then needs no block of the
/// model
#[derive(Args, Debug)]
#[command(long_about = "Print an article's record: a short text for its product page.\n\
    A page that carries the record does not have to fetch the model's block with the article.\n\n\
    EXAMPLES\n  \
    inseam record out/shop.inseam SKU-123\n  \
    <inseam-advice model=\"/fit/shop.inseam\" article=\"SKU-123\" record=\"...\"></inseam-advice>\n\n\
    Prints one line for each article, in the order given. A record belongs to the model it was made from: a page with\n\
    another model ignores the record and fetches the article.")]
pub(crate) struct RecordArgs {
    /// The model file
    model: PathBuf,
    /// Ids of articles, as the shop's tables have them
    #[arg(required = true)]
    articles: Vec<String>,
}

/// Runs `inseam record`.
pub(crate) fn run(args: &RecordArgs) -> Result<(), Failure> {
    let file = ModelFile::open(&args.model)?;
    let mut out = String::new();
    for id in &args.articles {
        let article = file.model.article(id).ok_or_else(|| {
            Failure::new(format!("has no article {id:?}"))
                .in_file(&args.model)
                .remedy("give the id of an article of the history or catalogue it was trained on")
        })?;
        let record = file.head.record(&file.model, article).map_err(in_file(&args.model))?;
        out.push_str(&Base64UrlUnpadded::encode_string(&record));
        out.push('\n');
    }
    stdout::print(&out)
}
