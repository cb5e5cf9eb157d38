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

fn batches_of(source: &Source, names: &[String]) -> Vec<Batch> {
    source.batches(WantedColumns::Named(names)).collect::<Result<_, _>>().unwrap()
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

/// What the file of a test says about itself, and its cells.
fn described(path: &Path) -> (String, String) {
    let form = describe(path, &FileOptions::default()).unwrap();
    (form.to_string(), cells(&read(path).unwrap()))
}

#[test]
fn text_in_its_encodings() {
    let folder = Folder::new("encodings");
    let text = "id,size\nc1,Größe 40\nc2,für dich\n";
    let utf_16 = |to_bytes: fn(u16) -> [u8; 2], mark: &str| {
        format!("{mark}{text}").encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>()
    };
    for (name, bytes, encoding) in [
        ("utf8.csv", text.as_bytes().to_vec(), "UTF-8"),
        ("mark.csv", format!("\u{feff}{text}").into_bytes(), "UTF-8"),
        ("le.csv", utf_16(u16::to_le_bytes, ""), "UTF-16LE"),
        ("be.csv", utf_16(u16::to_be_bytes, ""), "UTF-16BE"),
        ("lemark.csv", utf_16(u16::to_le_bytes, "\u{feff}"), "UTF-16LE"),
        ("bemark.csv", utf_16(u16::to_be_bytes, "\u{feff}"), "UTF-16BE"),
        ("latin.csv", encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), "windows-1252"),
    ] {
        let (form, cells) = described(&folder.file(name, bytes));
        assert_eq!(cells, "c1|Größe 40/c2|für dich", "{name}");
        assert_eq!(form, format!("text separated by \",\", {encoding}, header on line 1"));
    }
    let latin = b"{\"a\":\"gr\xfcn\"}\n".to_vec();
    assert_eq!(described(&folder.file("latin.jsonl", latin)).1, "grün");
    // The pipeline decides, also against what the bytes show.
    let options =
        FileOptions { encoding: Some(encoding_rs::WINDOWS_1251), ..FileOptions::default() };
    let source =
        Source::open_with(&[folder.file("ru.csv", b"id,size\n1,\xe0\n")], &options).unwrap();
    let batch = source.batches(WantedColumns::All).next().unwrap().unwrap();
    assert_eq!(batch.cells("size").unwrap().text(0).as_deref(), Some("а"));
}

#[test]
fn text_in_its_layouts() {
    let folder = Folder::new("layouts");
    for (name, text, form) in [
        ("sep.csv", "sep=;\na;b\n1;x, y\n", "\";\", UTF-8, header on line 2"),
        ("title.csv", "Report\nof today\n\na,b\n1,\"x, y\"\n", "\",\", UTF-8, header on line 4"),
        ("old.csv", "a,b\r1,\"x, y\"\r", "\",\", UTF-8, header on line 1"),
        ("pipe.txt", "a|b\n1|x, y\n", "\"|\", UTF-8, header on line 1"),
        ("tab.txt", "a\tb\n1\t\"x, y\"\n", "tabs, UTF-8, header on line 1"),
    ] {
        let found = described(&folder.file(name, text));
        assert_eq!(found, (format!("text separated by {form}"), "1|x, y".to_owned()), "{name}");
    }
}

#[test]
fn a_report_of_a_market_place_quotes_nothing() {
    let folder = Folder::new("reports");
    let text = "id\ttitle\tsize\n1\t\"Best Mom Tee\tM\n2\tPlain\tL\n3\t12\" Tee\tS\n4\tTee\tM\n";
    let (form, found) = described(&folder.file("a.txt", text));
    assert_eq!(found, "1|\"Best Mom Tee|M/2|Plain|L/3|12\" Tee|S/4|Tee|M");
    assert!(form.ends_with("no quoting"), "{form}");
    // Quoted fields and stray quote marks in one file, the last field included.
    let text =
        "id\tsize\ttitle\n1\tM\t\"two\nlines\"\n2\tL\t\"Plain\n3\tS\t\"A \"\"B\"\"\"\n4\t\"x\ty\n";
    let found = described(&folder.file("b.txt", text)).1;
    assert_eq!(found, "1|M|two\nlines/2|L|\"Plain/3|S|A \"B\"/4|\"x|y");
}

#[test]
fn a_stray_quote_in_csv_costs_one_row() {
    let folder = Folder::new("stray");
    let text = "id,title,size\n1,\"Best Mom Tee,M\n2,Plain,L\n3,\"Tee, red\",S\n4,\"Mom\" Tee,M\n";
    let source = Source::open(&[folder.file("a.csv", text)]).unwrap();
    let batch = source.batches(WantedColumns::All).next().unwrap().unwrap();
    assert_eq!(batch.broken.len(), 1);
    assert!(batch.broken[0].problem.contains("\"Best Mom Tee"), "{:?}", batch.broken);
    assert_eq!([0, 1, 2, 3].map(|i| batch.row_number(i)), [2, 3, 4, 5].map(RowNumber::Line));
    let titles = batch.cells("title").unwrap();
    assert_eq!(titles.text(2).as_deref(), Some("Tee, red"));
    assert_eq!(titles.text(3).as_deref(), Some("\"Mom\" Tee"));
}

#[test]
fn json_in_its_kinds() {
    let folder = Folder::new("json");
    for (name, text, form) in [
        ("lines.json", "{\"a\":1,\"b\":\"x]}\"}\n{\"a\":2}\n", "JSON lines"),
        ("array.json", "[{\"a\":1,\"b\":\"x]}\"},{\"a\":2}]", "a JSON array"),
        (
            "pretty.json",
            "[\n  {\n \"a\": 1,\n \"b\": \"x]}\"\n },\n {\"a\": 2}\n]\n",
            "a JSON array",
        ),
        (
            "one.json",
            "{\"n\":2,\"l\":[1,2],\"rows\":[{\"a\":1,\"b\":\"x]}\"},{\"a\":2}],\"m\":{\"k\":[]}}",
            "the JSON array \"rows\"",
        ),
        (
            "split.json",
            "{\n\"rows\": [\n{\"a\":1,\"b\":\"x]}\"},\n{\"a\":2}\n]}\n",
            "the JSON array \"rows\"",
        ),
    ] {
        let found = described(&folder.file(name, text));
        assert_eq!(found, (format!("{form}, UTF-8"), "1|x]}/2|-".to_owned()), "{name}");
    }
    let path = folder.file("numbers.json", "[\n{\"a\":1},\n\n{\"a\":\n2}, 5]");
    let source = Source::open(&[path]).unwrap();
    let batch = source.batches(WantedColumns::All).next().unwrap().unwrap();
    assert_eq!([0, 1, 2].map(|i| batch.row_number(i)), [2, 4, 5].map(RowNumber::Line));
    assert_eq!(batch.broken[0].index, 2);
}

#[test]
fn files_of_one_table_may_lack_columns_only_if_the_pipeline_says_so() {
    let folder = Folder::new("missing");
    let paths = [folder.file("1.csv", "id,x\n1,a\n"), folder.file("2.jsonl", "{\"id\":2}\n")];
    let names = ["id".to_owned(), "x".to_owned()];
    let source = Source::open(&paths).unwrap();
    let failure = source.require_in_every_file(&names).unwrap_err().to_string();
    for part in ["2.jsonl, column \"x\"", "1.csv has it", "[returns]", "missing_columns"] {
        assert!(failure.contains(part), "{failure}");
    }
    let options = FileOptions { fill_missing_columns: true, ..FileOptions::default() };
    let rows =
        RecordBatch::try_from_iter([("id", Arc::new(Int64Array::from(vec![3])) as ArrayRef)]);
    let parquet = folder.0.join("3.parquet");
    let mut writer = Writer::create(&parquet, &rows.as_ref().unwrap().schema()).unwrap();
    writer.write(&rows.unwrap()).unwrap();
    writer.finish().unwrap();
    let [one, two] = paths;
    let source = Source::open_with(&[one, two, parquet], &options).unwrap();
    source.require_in_every_file(&names).unwrap();
    assert_eq!(cells(&batches_of(&source, &names)), "1|a/2|-/3|-");
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
        (
            "mixed.csv",
            "a,b\n1,für\n2,\u{fc}\u{fc}\n3,gr\u{1}n\n".as_bytes(),
            vec!["line 4", "not UTF-8", "0xfc", "encoding = "],
        ),
        (
            "mixed.jsonl",
            "{\"a\":\"für üä\"}\n{\"a\":\"gr\u{1}n\"}\n".as_bytes(),
            vec!["line 2", "not UTF-8"],
        ),
        (
            "quote.csv",
            b"a,b,c\n1,\"x,2\n3,y,4\n5,\"z\",6\n",
            vec!["line 2", "quote mark opens field 2"],
        ),
        (
            "open.csv",
            b"a,b\n1,2\n3,\"x\n5,6\n",
            vec!["line 3", "quote mark opens field 2", "quoting = false"],
        ),
        ("cut.json", b"[{\"a\":1},{\"a\":", vec!["line 1", "ends inside a JSON array"]),
        (
            "two.json",
            b"{\"x\":[{\"a\":1}],\"y\":[{\"a\":1}]}",
            vec!["several arrays of objects: x, y"],
        ),
        ("really.csv", b"PAR1....", vec!["is Parquet"]),
        ("really.jsonl", b"\x1f\x8b....", vec!["is gzip"]),
        ("zipped.csv", b"PK\x03\x04....", vec!["ZIP archive or a spreadsheet"]),
        ("old.csv", b"\xd0\xcf\x11\xe0....", vec!["old spreadsheet", "as CSV"]),
        ("page.csv", b"\n<HTML><table><tr>", vec!["web page", "as CSV"]),
        ("wide.csv", b"\xff\xfe\0\0a\0\0\0", vec!["is UTF-32", "UTF-8"]),
        ("cut.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\xff", vec!["cannot read"]),
        ("broken.jsonl", b"{\"a\":1}\n{\"a\":\n", vec!["line 2", "JSON"]),
        (
            "large.jsonl",
            b"{\"a\":123456789012345678901234567890}\n",
            vec!["line 1", "1.2345678901234568e+29", "keep its digits"],
        ),
        ("cut.parquet", b"PAR1 and then nothing", vec!["not a usable Parquet file"]),
        ("twice.csv", b"a,a\n1,2\n", vec!["column \"a\"", "duplicate column name"]),
        ("what.xlsx", b"PK", vec!["spreadsheet", "ending", "CSV UTF-8"]),
        ("what.doc", b"PK", vec!["ending", ".parquet"]),
    ] {
        // The character U+0001 stands for ü in Latin-1.
        let bytes: Vec<u8> = bytes.iter().map(|&b| if b == 1 { 0xfc } else { b }).collect();
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
    let columns: [(ArrayRef, &str, Option<f64>, Option<i32>); 7] = [
        (
            Arc::new(Int64Array::from(vec![Some(20_240_131), None])),
            "20240131",
            Some(20_240_131.0),
            Some(19_753),
        ),
        (Arc::new(Float64Array::from(vec![Some(12.0), None])), "12", Some(12.0), None),
        (Arc::new(StringViewArray::from(vec![Some(" 7.5 "), Some("  ")])), "7.5", Some(7.5), None),
        (Arc::new(StringArray::from(vec![Some("7,5"), None])), "7,5", Some(7.5), None),
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
    for (text, wrong) in [("NaN", "finite"), ("inf", "finite"), ("tall", "not a number")] {
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
    let source = Source::open(std::slice::from_ref(&folder.0)).unwrap();
    let batches = batches_of(&source, &["x".into(), "id".into()]);
    let ids = source.texts("id").unwrap();
    let missing = inseam::train::Coded::MISSING;
    assert_eq!(
        (ids.values, ids.codes),
        (vec!["7".into(), "8".into(), "9.5".into()], vec![0, 1, missing, 1, missing, 2])
    );
    let x = source.texts("x").unwrap();
    assert_eq!(x.codes, [0, 1, 2, 1, 0, 3]);
    let one = translate(x, |text| text.map(|t| if t < "c" { "early" } else { "late" }.to_owned()));
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
