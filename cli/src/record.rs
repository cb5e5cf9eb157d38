//! `inseam record`: one article's record as a text for its product page.

use crate::args::RecordArgs;
use crate::output;
use base64ct::{Base64UrlUnpadded, Encoding};
use inseam::format::Head;
use inseam_io::failure::Failure;
use inseam_io::stores;

/// Runs `inseam record`.
pub(crate) fn run(args: &RecordArgs) -> Result<(), Failure> {
    let bytes = stores::read_file(&args.model)?;
    let refused = |e: inseam::Error| Failure::new(e.to_string()).in_file(&args.model);
    let (head, model) = Head::read_all(&bytes).map_err(refused)?;
    let mut out = String::new();
    for id in &args.articles {
        let article = model.article(id).ok_or_else(|| {
            Failure::new(format!("has no article {id:?}"))
                .in_file(&args.model)
                .remedy("ask for articles that were trained on")
        })?;
        out.push_str(&Base64UrlUnpadded::encode_string(
            &head.record(&model, article).map_err(refused)?,
        ));
        out.push('\n');
    }
    output::print(&out)
}
