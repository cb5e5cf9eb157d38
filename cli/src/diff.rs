//! `inseam diff`: what changed between two models, and how many bytes of it pages fetch again.

use crate::model_file::ModelFile;
use crate::numbers::number;
use crate::stdout;
use clap::Args;
use inseam::model::{Article, Model};
use inseam_io::failure::Failure;
use inseam_io::progress::count;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Show what changed between two models, and how many bytes of it pages fetch again
#[derive(Args, Debug)]
#[command(
    long_about = "Show what changed between two models, and how many bytes of it pages fetch again.\n\n\
    EXAMPLES\n  \
    inseam diff yesterday.inseam today.inseam\n  \
    inseam diff old.inseam new.inseam --steps 0.25 --json\n\n\
    A step is one women's dress size (EU 38 to 40), for footwear one European shoe size, for children 6 cm of height.\n\n\
    With --json: the same as one object, with all articles that moved; docs/json.md lists its fields."
)]
pub(crate) struct DiffArgs {
    /// The earlier model
    old: PathBuf,
    /// The later model
    new: PathBuf,
    /// An article has moved if its offset changed by more than this
    #[arg(long, value_name = "STEPS", default_value_t = 0.1, value_parser = steps)]
    steps: f64,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

fn steps(text: &str) -> Result<f64, String> {
    number(text, |x| (0.0..=100.0).contains(&x), "a number of steps from 0 to 100")
}

/// The text lists so many articles: those that moved furthest.
const LISTED: usize = 10;

/// Runs `inseam diff`.
pub(crate) fn run(args: &DiffArgs) -> Result<(), Failure> {
    let (old, new) = (ModelFile::open(&args.old)?, ModelFile::open(&args.new)?);
    let articles = ArticleChanges::between(&old.model, &new.model, args.steps);
    let bytes = ByteChanges::between(&old, &new);
    if args.json {
        stdout::print_json(&as_json(&articles, &bytes, &new))
    } else {
        stdout::print(&as_text(&articles, &bytes, &new, args.steps))
    }
}

fn as_json(articles: &ArticleChanges<'_>, bytes: &ByteChanges, new: &ModelFile) -> Value {
    let moved = |(article, steps): &(&Article, f64)| json!({ "key": format!("{:013x}", article.key), "steps": steps });
    json!({
        "added": articles.added, "removed": articles.removed, "kept": articles.in_both,
        "moved": articles.moved.iter().map(moved).collect::<Vec<_>>(),
        "blocks": { "changed": bytes.changed_blocks, "of": new.head.blocks() },
        "bytes": { "head": bytes.head, "blocks": bytes.in_changed_blocks, "of": new.bytes.len() },
    })
}

fn as_text(
    articles: &ArticleChanges<'_>,
    bytes: &ByteChanges,
    new: &ModelFile,
    steps: f64,
) -> String {
    let n = |number: usize| count(number as u64);
    let mut out = format!(
        "articles: {} added, {} removed, {} in both, of which {} moved by more than {steps} steps\n",
        n(articles.added),
        n(articles.removed),
        n(articles.in_both),
        n(articles.moved.len()),
    );
    for (article, by) in articles.moved.iter().take(LISTED) {
        let brand = &new.model.brands[article.brand as usize];
        out.push_str(&format!(
            "  {by:+.2} steps  article {:013x}  {} {}\n",
            article.key, brand.name, brand.category
        ));
    }
    out.push_str(&format!(
        "to fetch again: the head, {} bytes, and {} of {} blocks, {} of {} bytes\n",
        n(bytes.head),
        n(bytes.changed_blocks),
        n(new.head.blocks()),
        n(bytes.in_changed_blocks),
        n(new.bytes.len() - new.head.length())
    ));
    out
}

/// How the articles of two models differ.
struct ArticleChanges<'m> {
    added: usize,
    removed: usize,
    in_both: usize,
    /// Articles of the later model, with the steps their offsets moved by; furthest first.
    moved: Vec<(&'m Article, f64)>,
}

impl<'m> ArticleChanges<'m> {
    fn between(old: &Model, new: &'m Model, steps: f64) -> Self {
        let before = |key: u64| {
            old.articles.binary_search_by_key(&key, |a| a.key).ok().map(|i| &old.articles[i])
        };
        let both: Vec<(&Article, &'m Article)> =
            new.articles.iter().filter_map(|now| before(now.key).map(|was| (was, now))).collect();
        let mut moved: Vec<(&Article, f64)> = both
            .iter()
            .map(|(was, now)| (*now, now.offset.mean() - was.offset.mean()))
            .filter(|(_, by)| by.abs() > steps)
            .collect();
        moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.key.cmp(&b.0.key)));
        let in_both = both.len();
        Self {
            added: new.articles.len() - in_both,
            removed: old.articles.len() - in_both,
            in_both,
            moved,
        }
    }
}

/// How the bytes of two model files differ.
struct ByteChanges {
    /// Bytes of the head; 0 if both heads are equal.
    head: usize,
    changed_blocks: usize,
    in_changed_blocks: usize,
}

impl ByteChanges {
    fn between(old: &ModelFile, new: &ModelFile) -> Self {
        let same_layout = old.head.blocks() == new.head.blocks();
        let changed = |&block: &usize| {
            !same_layout || old.bytes[old.head.span(block)] != new.bytes[new.head.span(block)]
        };
        let blocks: Vec<usize> = (0..new.head.blocks()).filter(changed).collect();
        let head = new.head.length();
        let same_head = old.bytes[..old.head.length()] == new.bytes[..head];
        Self {
            head: if same_head { 0 } else { head },
            changed_blocks: blocks.len(),
            in_changed_blocks: blocks.iter().map(|&block| new.head.span(block).len()).sum(),
        }
    }
}
