//! A simulated shop whose order lines have ids, and its files of single days.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_inseam");

/// One shop in a folder of its own.
pub(crate) struct Shop {
    pub(crate) folder: PathBuf,
    pub(crate) header: String,
    /// All order lines by day, each with its id at the end.
    pub(crate) lines: Vec<String>,
}

/// A folder for one test, empty at its beginning.
fn empty_folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("update-{name}"));
    drop(std::fs::remove_dir_all(&path));
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// A simulated shop, of which no file is written yet.
pub(crate) fn shop(name: &str) -> Shop {
    let folder = empty_folder(name);
    let simulate = ["simulate", "--out", ".", "--customers", "150", "--articles", "25", "--quiet"];
    run_in(&folder, &simulate);
    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    std::fs::remove_file(folder.join("history.csv")).unwrap();
    let (header, rows) = history.trim_end().split_once('\n').unwrap();
    let header = format!("{header},line_id");
    let numbered = rows.lines().enumerate();
    let mut lines: Vec<String> = numbered.map(|(i, row)| format!("{row},L{i}")).collect();
    let day = column(&header, "ordered_at");
    lines.sort_by_key(|line| line.split(',').nth(day).unwrap().to_owned());
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let pipeline = pipeline.replace("path = \"history.csv\"", "path = \"days\"");
    let pipeline = format!("{pipeline}\n[train]\nsweeps = 6\nmin_customers = 2\n");
    std::fs::write(folder.join("pipeline.toml"), pipeline).unwrap();
    std::fs::create_dir(folder.join("days")).unwrap();
    Shop { folder, header, lines }
}

fn column(header: &str, name: &str) -> usize {
    header.split(',').position(|column| column == name).unwrap()
}

impl Shop {
    /// Writes a file of the folder of days.
    pub(crate) fn write<S: AsRef<str>>(&self, file: &str, lines: &[S]) {
        let lines: String = lines.iter().map(|line| format!("{}\n", line.as_ref())).collect();
        let path = self.folder.join("days").join(file);
        std::fs::write(path, format!("{}\n{lines}", self.header)).unwrap();
    }

    /// A line with another value in a column.
    pub(crate) fn with(&self, line: &str, name: &str, value: &str) -> String {
        let at = column(&self.header, name);
        let cells = line.split(',').enumerate();
        let cells: Vec<&str> = cells.map(|(i, cell)| if i == at { value } else { cell }).collect();
        cells.join(",")
    }

    /// The value of a line in a column.
    pub(crate) fn value<'l>(&self, line: &'l str, name: &str) -> &'l str {
        line.split(',').nth(column(&self.header, name)).unwrap()
    }

    /// Runs the program, which must succeed; returns its messages.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        run_in(&self.folder, arguments)
    }

    /// Runs the program, which must refuse; returns its messages.
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let output = output(&self.folder, arguments);
        let log = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {log}");
        log
    }

    /// Trains on the folder of days and begins the log.
    pub(crate) fn begin(&self) -> String {
        self.run(&["train", "pipeline.toml", "--keep-log"])
    }

    /// Begins the log anew without one of the days, which is there again afterwards.
    pub(crate) fn begin_without(&self, day: &str) {
        let (path, away) = (self.folder.join("days").join(day), self.folder.join("away"));
        std::fs::rename(&path, &away).unwrap();
        self.begin();
        std::fs::rename(&away, &path).unwrap();
    }

    /// The bytes of the model's files.
    pub(crate) fn model(&self) -> Vec<Vec<u8>> {
        self.model_at("shop")
    }

    fn model_at(&self, name: &str) -> Vec<Vec<u8>> {
        let endings = ["inseam", "customers", "messages", "articles"].into_iter();
        let path = |ending| self.folder.join(format!("{name}.{ending}"));
        endings.map(|ending| std::fs::read(path(ending)).unwrap()).collect()
    }

    /// The bytes of the model that training without a log makes of these lines.
    pub(crate) fn trained_on<S: AsRef<str>>(&self, lines: &[S]) -> Vec<Vec<u8>> {
        let lines: String = lines.iter().map(|line| format!("{}\n", line.as_ref())).collect();
        std::fs::write(self.folder.join("whole.csv"), format!("{}\n{lines}", self.header)).unwrap();
        std::fs::copy(self.folder.join("shop.key"), self.folder.join("whole.key")).unwrap();
        self.run(&["train", "pipeline.toml", "--history", "whole.csv", "--out", "whole.inseam"]);
        self.model_at("whole")
    }
}

pub(crate) fn output(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).current_dir(folder).output().unwrap()
}

fn run_in(folder: &Path, arguments: &[&str]) -> String {
    let output = output(folder, arguments);
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {log}");
    log
}
