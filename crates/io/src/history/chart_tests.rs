//! Tests of reading size charts.

use super::load_history;
use crate::pipeline::Pipeline;
use inseam::body::Dimension;
use inseam::size::System;
use inseam::train::{ChartRow, Columns};

const HISTORY: &str =
    "customer_id,article_id,brand,group,size\nc1,a1,Acme,dresses,M\nc2,a1,Acme,dresses,L\n";

/// Reads a shop with this chart; `keys` are further lines of `[charts]`.
fn read(name: &str, keys: &str, chart: &str) -> Result<(Columns, String), String> {
    let folder = std::env::temp_dir().join(format!("inseam-chart-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let pipeline = format!("[history]\npath = \"h.csv\"\n[charts]\npath = \"chart.csv\"\n{keys}\n");
    for (file, text) in [("p.toml", &*pipeline), ("h.csv", HISTORY), ("chart.csv", chart)] {
        std::fs::write(folder.join(file), text).unwrap();
    }
    let read = Pipeline::read(&folder.join("p.toml")).and_then(|p| load_history(&p, &[], None));
    drop(std::fs::remove_dir_all(&folder));
    let history = read.map_err(|failure| failure.to_string())?;
    let guesses: Vec<String> = history.report.guesses.iter().map(ToString::to_string).collect();
    Ok((history.columns, guesses.join("; ")))
}

fn girth(row: &ChartRow, dimension: Dimension) -> f64 {
    row.girths[&dimension]
}

#[test]
fn numbers_ranges_and_units() {
    let chart = "Brand,Size,Bust,Hüfte\nAcme,M,88-92,\"96,5\"\nAcme,L,94 – 98,\n";
    let (columns, guesses) = read("ranges", "", chart).unwrap();
    let [m, l] = &columns.charts[..] else { panic!("{:?}", columns.charts) };
    assert_eq!((m.brand.as_str(), m.size.as_str(), m.system), ("Acme", "M", System::Unspecified));
    assert_eq!((girth(m, Dimension::Chest), girth(m, Dimension::Hip)), (90.0, 96.5));
    assert_eq!((girth(l, Dimension::Chest), l.girths.len()), (96.0, 1));
    assert_eq!(guesses, "");
    let chart = "label;size;inch around\nAcme;M;35 1/2\n";
    let keys = "unit = \"in\"\n[charts.columns]\nbrand = \"label\"\nchest = \"inch around\"";
    assert!(read("half", keys, chart).unwrap_err().contains("\"35 1/2\""));
    let (columns, _) = read("inches", keys, "label;size;inch around\nAcme;M;35-36 in\n").unwrap();
    assert!((girth(&columns.charts[0], Dimension::Chest) - 35.5 * 2.54).abs() < 1e-9);
}

#[test]
fn mistakes_name_row_and_value() {
    for (name, chart, parts) in [
        ("girth", "size,chest\nM,88\nL,large\n", &["line 3", "\"large\"", "88-92"][..]),
        ("inch", "size,chest\nM,12\n", &["line 2", "\"12\"", "from 30 to 220", "unit"]),
        ("order", "size,chest\nM,94\nL,88\n", &["line 3", "\"88\"", "L has 88 and M has 94"]),
        ("twice", "size,chest\nM,94\nM,90\n", &["line 3", "\"90\"", "M has 90 and M has 94"]),
        ("empty", "size,chest\nM,\n", &["line 2", "has no girth"]),
        ("column", "size,colour\nM,red\n", &["chart.csv", "no column of girths", "hip"]),
        ("system", "size,size_system,chest\nM,Mars,90\n", &["line 2", "\"Mars\""]),
    ] {
        let message = read(name, "", chart).unwrap_err();
        for part in parts {
            assert!(message.contains(part), "{name}: {part} in {message}");
        }
    }
}

/// Sizes of several systems, lengths of one waist, and a chart with one size are no contradiction.
#[test]
fn charts_that_are_right_are_read() {
    let chart = "size,size_system,chest,inseam\n40,FR,88,\n40,DE,92,\n38,DE,88,76\n";
    assert_eq!(read("systems", "", chart).unwrap().0.charts.len(), 3);
    assert_eq!(read("one", "", "size,chest\nM,90\n").unwrap().0.charts.len(), 1);
}

#[test]
fn rows_that_match_nothing_are_reported() {
    let chart = "brand,size,chest\nAcme,M,90\nNobody,M,90\nAcme,XXL,120\n";
    let (_, guesses) = read("unmatched", "", chart).unwrap();
    assert!(guesses.contains("2 rows: rows of the size charts"), "{guesses}");
}
