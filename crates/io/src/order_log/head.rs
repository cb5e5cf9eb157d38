//! What a segment of an order log has besides its rows.

use crate::failure::Failure;
use crate::history::{FilePlace, ReadingReport, Statements};
use crate::manifest::ManifestFile;
use crate::pipeline::{Mapping, OneOrMany, Pipeline};
use crate::vocabulary::StandardColumn;
use inseam::train::MeasurementColumn;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The version of the segments that this program writes and reads.
pub(super) const VERSION: u32 = 1;

/// What a segment has besides its rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) version: u32,
    /// The check value of the secret of the pseudonyms.
    pub(super) key: String,
    /// The names of the columns in the shop's files.
    pub(super) mapping: Mapping,
    /// The measurements, and whether each is a number.
    pub(super) measurements: BTreeMap<String, bool>,
    /// The files that the segment has the rows of.
    pub(super) files: Vec<LoggedFile>,
}

/// A file whose rows are in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedFile {
    /// Its name, without the folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// How many other contents of the same name came before.
    pub edition: u32,
}

impl LoggedFile {
    /// Where the file is among all files, the latest last.
    pub(super) fn place(&self) -> (FilePlace, u32, &str) {
        (FilePlace::new(Path::new(&self.name)), self.edition, &self.sha256)
    }

    /// A new file, after those that the log has.
    pub(super) fn new(file: &ManifestFile, logged: &[Self]) -> Self {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let place = FilePlace::new(&file.path);
        let same = |other: &&Self| FilePlace::new(Path::new(&other.name)) == place;
        Self {
            name,
            bytes: file.bytes,
            sha256: file.sha256.clone(),
            edition: logged.iter().filter(same).count() as u32,
        }
    }
}

impl Head {
    /// The head of a log that begins with these statements.
    pub(super) fn start(key: String, statements: &Statements) -> Self {
        let number = |column: &MeasurementColumn| matches!(column, MeasurementColumn::Number(_));
        let measurements = statements.columns.measurements.iter();
        Self {
            version: VERSION,
            key,
            mapping: statements.mapping.clone(),
            measurements: measurements.map(|(name, c)| (name.clone(), number(c))).collect(),
            files: Vec::new(),
        }
    }

    /// Whether the shop's files have a column.
    pub(super) fn has(&self, column: StandardColumn) -> bool {
        self.mapping.get(column).is_some()
    }

    /// The pipeline with the columns named as in the first files of the log: a file of one day may
    /// not show what its columns are.
    pub(super) fn pipeline(&self, pipeline: &Pipeline) -> Pipeline {
        use StandardColumn as S;
        let mut pipeline = pipeline.clone();
        let name = |column| Some(self.mapping.get(column).unwrap_or_default().to_owned());
        let columns = &mut pipeline.history.columns;
        let customers = name(S::CustomerId).into_iter();
        let customers = customers.chain(self.mapping.other_customer_ids.iter().cloned());
        columns.customer_id = Some(OneOrMany::Many(customers.collect()));
        if columns.article_id.is_some() {
            columns.article_id = name(S::ArticleId);
        }
        columns.size = name(S::Size);
        columns.outcome = name(S::Outcome);
        columns.ordered_at = name(S::OrderedAt);
        columns.order_id = name(S::OrderId);
        columns.line_id = name(S::LineId);
        columns.quantity = name(S::Quantity);
        columns.group = name(S::Group);
        columns.category = name(S::Category);
        columns.brand = name(S::Brand);
        columns.size_system = name(S::SizeSystem);
        pipeline
    }

    /// Refuses files in which nothing tells an order line that is sent again from another one.
    pub(super) fn require_identity(&self, file: &Path) -> Result<(), Failure> {
        if self.has(StandardColumn::LineId) || self.has(StandardColumn::OrderedAt) {
            return Ok(());
        }
        Err(Failure::new("has neither ids of order lines nor dates, so a row that is sent again looks like another purchase")
            .in_file(file)
            .remedy("name line_id under [history.columns], with order_id if it is a number within the order"))
    }
}

/// Whether the reader has made one article of several variants by the texts beside their sizes.
pub(super) fn joined_variants(report: &ReadingReport) -> bool {
    report.guesses.iter().any(|guess| guess.what.contains(crate::history::JOINED_VARIANTS))
}
