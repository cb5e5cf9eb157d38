use super::*;
use crate::failure::{Failure, RowNumber};
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray, StringViewArray,
    TimestampMicrosecondArray,
};
use arrow_schema::{Field, Schema};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder for one test, removed when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("inseam-table-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn read(path: &Path) -> Result<Vec<Batch>, Failure> {
    Source::open(&[path.to_owned()])?
        .batches(WantedColumns::All)
        .map(|batch| batch?.require_readable())
        .collect()
}

/// All cells of all batches, rows separated by / and cells by |.
fn cells(batches: &[Batch]) -> String {
    let mut rows = Vec::new();
    for batch in batches {
        let names: Vec<String> =
            batch.rows.schema().fields().iter().map(|f| f.name().clone()).collect();
        for i in 0..batch.rows.num_rows() {
            let row: Vec<String> = names
                .iter()
                .map(|n| {
                    batch.cells(n).unwrap().text(i).map_or("-".into(), |text| text.into_owned())
                })
                .collect();
            rows.push(row.join("|"));
        }
    }
    rows.join("/")
}

fn message(path: &Path) -> String {
    read(path).unwrap_err().to_string()
}

#[test]
fn csv_in_its_kinds() {
    let folder = Folder::new("csv");
    for (name, text) in [
        ("comma.csv", "a,b\n1,\"x, \"\"y\"\"\"\n,z\n"),
        ("semicolon.csv", "a;b\r\n1;\"x, \"\"y\"\"\"\r\n;z"),
        ("tab.tsv", "\u{feff}a\tb\n1\tx, \"y\"\n\n\tz\n"),
    ] {
        let path = folder.file(name, text);
        assert_eq!(cells(&read(&path).unwrap()), "1|x, \"y\"/-|z", "{name}");
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(b"a,b\n1,2\n").unwrap();
    assert_eq!(cells(&read(&folder.file("packed.csv.gz", gzip.finish().unwrap())).unwrap()), "1|2");
}

#[test]
fn lines_are_counted_through_quotes_and_blank_lines() {
    let folder = Folder::new("lines");
    let path = folder.file("a.csv", "a,b\n1,\"two\nlines\"\n\n\n3,4\r\n5,6\n7\n");
    let source = Source::open(std::slice::from_ref(&path)).unwrap();
    let batch = source.batches(WantedColumns::All).next().unwrap().unwrap();
    assert_eq!([0, 1, 2, 3].map(|i| batch.row_number(i)), [2, 6, 7, 8].map(RowNumber::Line));
    assert_eq!(
        batch.broken,
        [BrokenRow { index: 3, problem: "has 1 fields, but the header has 2".to_owned() }]
    );
    assert!(message(&path).contains("a.csv, line 8: has 1 fields, but the header has 2"));
}

#[test]
fn jsonl_keeps_order_and_types() {
    let folder = Folder::new("jsonl");
    let text = "{\"b\":1.5,\"a\":\"x\"}\n\n{\"a\":null,\"b\":-3}\n{\"c\":true}\n";
    let path = folder.file("a.jsonl", text);
    let batches = read(&path).unwrap();
    assert_eq!(cells(&batches), "1.5|x|-/-3|-|-/-|-|true");
    let copy = folder.0.join("b.jsonl");
    let mut writer = Writer::create(&copy, &batches[0].rows.schema()).unwrap();
    writer.write(&batches[0].rows).unwrap();
    writer.finish().unwrap();
    assert_eq!(
        std::fs::read_to_string(copy).unwrap(),
        "{\"b\":1.5,\"a\":\"x\"}\n{\"b\":-3}\n{\"c\":true}\n"
    );
}

#[test]
fn bad_text_files_are_named() {
    let folder = Folder::new("bad");
    for (name, bytes, parts) in [
        ("empty.csv", &b""[..], vec!["is empty"]),
        ("empty.jsonl", b"", vec!["is empty"]),
        ("empty.parquet", b"", vec!["is empty"]),
        ("latin.csv", b"a,b\n1,2\n3,gr\xfcn\n", vec!["line 3", "not UTF-8", "0xfc", "iconv"]),
        ("header.csv", b"gr\xf6\xdfe,b\n1,2\n", vec!["line 1", "header", "not UTF-8"]),
        ("latin.jsonl", b"{\"a\":1}\n{\"a\":\"gr\xfcn\"}\n", vec!["line 2", "not UTF-8"]),
        ("wide.csv", b"\xff\xfea\0,\0", vec!["UTF-16"]),
        ("really.csv", b"PAR1....", vec!["is Parquet"]),
        ("really.jsonl", b"\x1f\x8b....", vec!["is gzip"]),
        ("cut.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\xff", vec!["cannot read"]),
        ("broken.jsonl", b"{\"a\":1}\n{\"a\":\n", vec!["line 2", "JSON"]),
        (
            "large.jsonl",
            b"{\"a\":123456789012345678901234567890}\n",
            vec!["line 1", "loses digits"],
        ),
        ("cut.parquet", b"PAR1 and then nothing", vec!["not a usable Parquet file"]),
        ("twice.csv", b"a,a\n1,2\n", vec!["column \"a\"", "duplicate column name"]),
        ("what.xlsx", b"PK", vec!["ending", ".csv.gz"]),
    ] {
        let text = message(&folder.file(name, bytes));
        for part in parts {
            assert!(text.contains(part), "{name}: {text}");
        }
        assert!(text.contains(name), "{text}");
    }
    assert!(message(&folder.0.join("nowhere.csv")).contains("cannot open"));
}

#[test]
fn an_open_quote_runs_into_a_cap() {
    let folder = Folder::new("quote");
    let mut text = b"a,b\n1,\"2\n".to_vec();
    text.resize(text_file::MAX_RECORD_BYTES + 100, b'x');
    let text = message(&folder.file("a.csv", text));
    assert!(
        text.contains("line 2: a record of more than 16 MiB") && text.contains("quote"),
        "{text}"
    );
}

#[test]
fn every_arrow_type_reads_as_text_number_and_day() {
    let dictionary: arrow_array::DictionaryArray<Int8Type> = {
        let mut builder = StringDictionaryBuilder::new();
        builder.append_value("2024-01-31");
        builder.append_null();
        builder.finish()
    };
    let columns: [(ArrayRef, &str, Option<f64>, Option<i32>); 6] = [
        (
            Arc::new(Int64Array::from(vec![Some(20_240_131), None])),
            "20240131",
            Some(20_240_131.0),
            Some(19_753),
        ),
        (Arc::new(Float64Array::from(vec![Some(12.0), None])), "12", Some(12.0), None),
        (Arc::new(StringViewArray::from(vec![Some(" 7.5 "), Some("  ")])), "7.5", Some(7.5), None),
        (Arc::new(Date32Array::from(vec![Some(19_753), None])), "2024-01-31", None, Some(19_753)),
        (
            Arc::new(TimestampMicrosecondArray::from(vec![Some(1_706_659_201_000_000), None])),
            "2024-01-31T00:00:01",
            None,
            Some(19_753),
        ),
        (Arc::new(dictionary), "2024-01-31", None, Some(19_753)),
    ];
    for (array, text, number, day) in columns {
        let cells = Cells::new(array.as_ref()).unwrap();
        assert_eq!(cells.text(0).as_deref(), Some(text));
        assert_eq!(cells.number(0).ok().flatten(), number, "{text}");
        assert_eq!(cells.day(0).ok().flatten(), day, "{text}");
        assert_eq!(
            (cells.text(1), cells.number(1), cells.day(1)),
            (None, Ok(None), Ok(None)),
            "{text}"
        );
    }
    for (text, wrong) in
        [("NaN", "finite"), ("inf", "finite"), ("1,5", "decimal comma"), ("tall", "not a number")]
    {
        let array = StringArray::from(vec![text]);
        assert!(Cells::new(&array).unwrap().number(0).unwrap_err().contains(wrong), "{text}");
    }
}

#[test]
fn codes_join_types_and_batches() {
    let folder = Folder::new("codes");
    folder.file("1.csv", "id,x\n7,a\n8, b \n,c\n");
    let rows = RecordBatch::try_new(
        Arc::new(Schema::new(vec![
            Field::new("id", arrow_schema::DataType::Float64, true),
            Field::new("x", arrow_schema::DataType::Utf8, true),
        ])),
        vec![
            Arc::new(Float64Array::from(vec![Some(8.0), None, Some(9.5)])),
            Arc::new(StringArray::from(vec!["b", "a", "d"])),
        ],
    )
    .unwrap();
    let mut writer = Writer::create(&folder.0.join("2.parquet"), &rows.schema()).unwrap();
    writer.write(&rows).unwrap();
    writer.finish().unwrap();
    folder.file("_SUCCESS", "");
    let batches = Source::open(std::slice::from_ref(&folder.0))
        .unwrap()
        .read(&["x".into(), "id".into()])
        .unwrap();
    let ids = encode(&batches, "id").unwrap();
    let missing = inseam::train::Coded::MISSING;
    assert_eq!(
        (ids.values, ids.codes),
        (vec!["7".into(), "8".into(), "9.5".into()], vec![0, 1, missing, 1, missing, 2])
    );
    let x = encode(&batches, "x").unwrap();
    assert_eq!(x.codes, [0, 1, 2, 1, 0, 3]);
    let one = translate(&x, |text| text.map(|t| if t < "c" { "early" } else { "late" }.to_owned()));
    assert_eq!(
        (one.values, one.codes),
        (vec!["early".to_owned(), "late".into()], vec![0, 0, 1, 0, 0, 1])
    );
    assert_eq!(batches[1].row_number(2), RowNumber::Row(3));
}

#[test]
fn a_table_not_finished_changes_nothing() {
    let folder = Folder::new("atomic");
    let path = folder.file("a.csv", "old");
    let schema = Schema::new(vec![Field::new("a", arrow_schema::DataType::Utf8, true)]);
    drop(Writer::create(&path, &schema).unwrap());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    let left: Vec<_> = std::fs::read_dir(&folder.0).unwrap().collect();
    assert_eq!(left.len(), 1, "the temporary file is gone");
    Writer::create(&path, &schema).unwrap().finish().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "a\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_says_so() {
    // Every write to this device fails as on a full disk.
    let failure = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .and_then(|mut full| full.write_all(b"x"))
        .map_err(|e| Failure::io(Path::new("out.parquet"), "cannot write", &e))
        .unwrap_err()
        .to_string();
    assert!(
        failure.contains("out.parquet: cannot write: No space left")
            && failure.contains("untouched"),
        "{failure}"
    );
}
