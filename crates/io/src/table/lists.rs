//! Lists in columns of Parquet, as the texts that other formats have for them.

use super::batch::Batch;
use super::cells::Cells;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, GenericListArray, OffsetSizeTrait, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use std::borrow::Cow;
use std::sync::Arc;

impl Batch {
    /// This batch, with the lists of a column as JSON: `["S","M"]`. A column of anything else, or
    /// of lists of structures, stays as it is.
    pub fn with_lists_as_text(mut self, column: &str) -> Self {
        let schema = self.rows.schema();
        let Some((at, _)) = schema.column_with_name(column) else { return self };
        let array = self.rows.column(at);
        let texts = match array.data_type() {
            DataType::List(_) => json_texts(array.as_list::<i32>()),
            DataType::LargeList(_) => json_texts(array.as_list::<i64>()),
            _ => None,
        };
        let Some(texts) = texts else { return self };
        let mut columns: Vec<ArrayRef> = self.rows.columns().to_vec();
        let mut fields: Vec<Field> =
            schema.fields().iter().map(|field| field.as_ref().clone()).collect();
        columns[at] = Arc::new(texts);
        fields[at] = Field::new(column, DataType::Utf8, true);
        if let Ok(rows) = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns) {
            self.rows = rows;
        }
        self
    }
}

/// Each list as JSON; `None` if its elements are no single values.
fn json_texts<O: OffsetSizeTrait>(lists: &GenericListArray<O>) -> Option<StringArray> {
    let elements = Cells::new(lists.values().as_ref())?;
    let text = |row: usize| {
        let ends = lists.value_offsets();
        let range = ends[row].as_usize()..ends[row + 1].as_usize();
        let texts: Vec<String> =
            range.filter_map(|at| elements.text(at).map(Cow::into_owned)).collect();
        (!lists.is_null(row)).then(|| serde_json::to_string(&texts).ok())?
    };
    Some((0..lists.len()).map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::batch::RowNumbers;
    use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
    use std::path::Path;

    #[test]
    fn lists_become_json_and_other_columns_stay() {
        let mut texts = ListBuilder::new(StringBuilder::new());
        texts.append_value([Some("S"), None, Some("M, tall")]);
        texts.append_null();
        let mut numbers = ListBuilder::new(Int64Builder::new());
        numbers.append_value([Some(36), Some(38)]);
        numbers.append_value([]);
        let rows = RecordBatch::try_from_iter([
            ("sizes", Arc::new(texts.finish()) as ArrayRef),
            ("numbers", Arc::new(numbers.finish()) as ArrayRef),
        ]);
        let file: Arc<Path> = Path::new("a.parquet").into();
        let numbers = RowNumbers::From(1);
        let batch = Batch { rows: rows.unwrap(), file, broken: Vec::new(), numbers };
        assert!(batch.cells("sizes").is_err());
        let batch = batch.with_lists_as_text("sizes").with_lists_as_text("numbers");
        let cells = |name| {
            let cells = batch.cells(name).unwrap();
            [cells.text(0).map(Cow::into_owned), cells.text(1).map(Cow::into_owned)]
        };
        assert_eq!(cells("sizes"), [Some(r#"["S","M, tall"]"#.to_owned()), None]);
        assert_eq!(cells("numbers"), [Some(r#"["36","38"]"#.to_owned()), Some("[]".to_owned())]);
        assert_eq!(batch.clone().with_lists_as_text("none").rows, batch.rows);
    }
}
