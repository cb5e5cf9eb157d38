//! Reading a history takes a bounded number of bytes for each row, whatever texts the rows have.
//!
//! A test program with a single test, because the counting allocator serves the whole program and
//! tests run in parallel.

use inseam_io::history::load_history;
use inseam_io::pipeline::Pipeline;
use peak_alloc::PeakAlloc;
use std::fmt::Write;
use std::path::Path;

#[global_allocator]
static COUNTING: PeakAlloc = PeakAlloc;

/// Bound of the memory for a row, bytes.
const PER_ROW: usize = 100;

/// A history with this many rows of the same customers and articles, each with ids of its own of an
/// order and of a line.
fn history(rows: usize) -> String {
    let mut text =
        "customer_id,article_id,size,brand,order_id,line_id,ordered_at,outcome,height\n".to_owned();
    for row in 0..rows {
        let (customer, article, size) = (row % 997, row % 101, ["S", "M", "L"][row % 3]);
        let (day, outcome) = (1 + row % 28, ["kept", "too_small"][row % 2]);
        let height = 150 + customer % 50;
        writeln!(
            text,
            "c{customer},a{article},{size},brand {},order-of-the-shop-{row:09},line-of-the-order-{row:09},2026-01-{day:02},{outcome},{height}",
            article % 7
        )
        .unwrap();
    }
    text
}

/// The peak of the memory that reading so many rows takes, bytes.
fn peak_memory(folder: &Path, rows: usize) -> usize {
    std::fs::write(folder.join("history.csv"), history(rows)).unwrap();
    let pipeline = "[history]\npath = \"history.csv\"\n[history.columns]\nline_id = \"line_id\"\n[history.measurements]\nheight = \"height\"\n";
    std::fs::write(folder.join("shop.toml"), pipeline).unwrap();
    let pipeline = Pipeline::read(&folder.join("shop.toml")).unwrap();
    let before = COUNTING.current_usage();
    COUNTING.reset_peak_usage();
    let read = load_history(&pipeline, &[], None).unwrap();
    assert_eq!(read.columns.outcome.len(), rows);
    COUNTING.peak_usage() - before
}

#[test]
fn a_row_takes_at_most_100_bytes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reading-memory");
    std::fs::create_dir_all(&folder).unwrap();
    // Powers of 2: the vectors that grow by doubling are full.
    let (few, many) = (1 << 17, 1 << 18);
    let [of_few, of_many] = [few, many].map(|rows| peak_memory(&folder, rows));
    let per_row = (of_many - of_few) / (many - few);
    println!("{of_few} bytes for {few} rows, {of_many} for {many}, {per_row} for each further row");
    assert!(per_row <= PER_ROW, "{per_row} bytes for each row, at most {PER_ROW}");
    // The measurement works: a row has at least its codes, digests, day and outcome.
    assert!(per_row >= 40, "{per_row}");
    std::fs::remove_dir_all(&folder).unwrap();
}
