//! `inseam diff`: what changed between two models, and what of it pages have to fetch again.

use crate::args::DiffArgs;
use crate::output;
use inseam::format::Head;
use inseam::model::{Article, Model};
use inseam_io::failure::Failure;
use inseam_io::progress::count;
use inseam_io::stores;
use serde_json::json;
use std::path::Path;

/// Articles listed: those that moved furthest.
const LISTED: usize = 10;

/// Runs `inseam diff`.
pub(crate) fn run(args: &DiffArgs) -> Result<(), Failure> {
    let (old, new) = (open(&args.old)?, open(&args.new)?);
    let changes = Changes::between(&old.model, &new.model, args.steps);
    let bytes = Bytes::between(&old, &new);
    if args.json {
        let moved = |(article, by): &(&Article, f64)| json!({ "key": format!("{:013x}", article.key), "steps": by });
        let text = serde_json::to_string_pretty(&json!({
            "added": changes.added, "removed": changes.removed, "kept": changes.kept,
            "moved": changes.moved.iter().map(moved).collect::<Vec<_>>(),
            "blocks": { "changed": bytes.blocks, "of": new.head.blocks() },
            "bytes": { "head": bytes.head, "blocks": bytes.replaced, "of": new.bytes.len() },
        }));
        return output::print(&(text.map_err(|e| Failure::new(e.to_string()))? + "\n"));
    }
    let n = |number: usize| count(number as u64);
    let mut out = format!(
        "articles: {} added, {} removed, {} in both, of which {} moved by more than {} steps\n",
        n(changes.added),
        n(changes.removed),
        n(changes.kept),
        n(changes.moved.len()),
        args.steps
    );
    for (article, by) in changes.moved.iter().take(LISTED) {
        let brand = &new.model.brands[article.brand as usize];
        out.push_str(&format!(
            "  {by:+.2} steps  article {:013x}  {} {}\n",
            article.key, brand.name, brand.category
        ));
    }
    out.push_str(&format!(
        "to replace: the head, {} bytes, and {} of {} blocks, {} of {} bytes\n",
        n(bytes.head),
        n(bytes.blocks),
        n(new.head.blocks()),
        n(bytes.replaced),
        n(new.bytes.len() - new.head.length())
    ));
    output::print(&out)
}

/// A model, its head, and the bytes of both.
struct Opened {
    head: Head,
    model: Model,
    bytes: Vec<u8>,
}

fn open(path: &Path) -> Result<Opened, Failure> {
    let bytes = stores::read_file(path)?;
    let (head, model) =
        Head::read_all(&bytes).map_err(|e| Failure::new(e.to_string()).in_file(path))?;
    Ok(Opened { head, model, bytes })
}

/// What happened to articles.
struct Changes<'m> {
    added: usize,
    removed: usize,
    kept: usize,
    /// As they are now, with the steps they moved by; furthest first.
    moved: Vec<(&'m Article, f64)>,
}

impl<'m> Changes<'m> {
    fn between(old: &Model, new: &'m Model, steps: f64) -> Self {
        let before = |key: u64| {
            old.articles.binary_search_by_key(&key, |a| a.key).ok().map(|i| &old.articles[i])
        };
        let both: Vec<(&Article, &Article)> =
            new.articles.iter().filter_map(|now| before(now.key).map(|was| (was, now))).collect();
        let by =
            |(was, now): &(&Article, &'m Article)| (*now, now.offset.mean() - was.offset.mean());
        let mut moved: Vec<(&Article, f64)> =
            both.iter().map(by).filter(|(_, by)| by.abs() > steps).collect();
        moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.key.cmp(&b.0.key)));
        let kept = both.len();
        Self { added: new.articles.len() - kept, removed: old.articles.len() - kept, kept, moved }
    }
}

/// What differs in the files.
struct Bytes {
    head: usize,
    blocks: usize,
    replaced: usize,
}

impl Bytes {
    fn between(old: &Opened, new: &Opened) -> Self {
        let same_layout = old.head.blocks() == new.head.blocks();
        let changed = |&block: &usize| {
            !same_layout || old.bytes[old.head.span(block)] != new.bytes[new.head.span(block)]
        };
        let blocks: Vec<usize> = (0..new.head.blocks()).filter(changed).collect();
        let head = new.head.length();
        let same_head = old.bytes[..old.head.length()] == new.bytes[..head];
        Self {
            head: if same_head { 0 } else { head },
            replaced: blocks.iter().map(|&block| new.head.span(block).len()).sum(),
            blocks: blocks.len(),
        }
    }
}
