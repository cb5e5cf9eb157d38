//! Which of several files is later, by their names: `orders.csv`, `orders-2026-01-09.csv`,
//! `orders-2026-01-10.csv`.

use crate::table::Places;
use std::path::Path;
use std::sync::Arc;

/// The place of a file among others: by the numbers in its name, then by the name without its
/// ending. Folders do not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePlace {
    numbers: Vec<u64>,
    name: String,
}

impl FilePlace {
    /// The place of a file.
    pub fn new(file: &Path) -> Self {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        // Endings may be double, like .csv.gz.
        let name = name.split('.').next().unwrap_or_default().to_lowercase();
        let digits = name.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        let numbers = digits.map(|digits| digits.parse().unwrap_or(u64::MAX)).collect();
        Self { numbers, name }
    }
}

/// The place of each row's file among all files.
pub(super) struct FilePlaces {
    /// The end of each batch, in rows.
    ends: Vec<usize>,
    places: Vec<u32>,
}

impl FilePlaces {
    pub(super) fn new(places: &Places) -> Self {
        let named = |file: &Arc<Path>| (FilePlace::new(file), Arc::clone(file));
        let files = || places.files().map(|(file, _)| file);
        let mut sorted: Vec<(FilePlace, Arc<Path>)> = files().map(named).collect();
        sorted.sort();
        sorted.dedup();
        let place = |file| sorted.partition_point(|known| *known < named(file)) as u32;
        Self {
            ends: places.files().map(|(_, end)| end).collect(),
            places: files().map(place).collect(),
        }
    }

    pub(super) fn of_row(&self, row: u32) -> u32 {
        self.places[self.ends.partition_point(|end| *end <= row as usize)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other_and_the_first_export() {
        let rising = [
            "in/orders.csv",
            "day-9.csv",
            "day-10.csv.gz",
            "2025_full.parquet",
            "new/2025-12-31.csv",
            "2026-01-31.csv",
            "old/2026-02-01.csv",
            "20260201.csv",
        ];
        let places = rising.map(|name| FilePlace::new(Path::new(name)));
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        assert_eq!(
            FilePlace::new(Path::new("a/X-1.csv")),
            FilePlace::new(Path::new("b/x-1.jsonl"))
        );
    }
}
