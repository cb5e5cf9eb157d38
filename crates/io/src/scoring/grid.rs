//! Every listed customer with every listed article, as rows of a table.

use super::articles::ArticleList;
use super::customers::CustomerList;
use crate::failure::Failure;
use crate::stores::OpenedModel;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Float64Array, Int32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use inseam::recommend::{BestFits, CustomerBlock, Picker, SizePick, Status};
use std::ops::Range;
use std::sync::Arc;

/// Picks that a thread keeps at a time, so that it can write them customer by customer.
const PICKS_KEPT: usize = 1 << 20;
/// The most customers whose picks are computed together: they stay in the processor's cache.
const MOST_TOGETHER: usize = 256;
/// Rows of a batch.
const BATCH_ROWS: usize = 1 << 16;
/// The names of the statuses, in the order of their numbers.
const STATUSES: [Status; 4] = [Status::Advised, Status::Between, Status::Unsure, Status::Both];

/// Every customer of a list with every article of another, or with the best of them.
pub struct Grid<'g> {
    opened: &'g OpenedModel,
    customers: &'g CustomerList,
    articles: &'g ArticleList,
    /// Only so many articles for each customer: those with the best chance of a fit.
    top: Option<usize>,
    schema: SchemaRef,
    /// The names of all articles.
    names: ArrayRef,
    /// The labels of all scales, one scale after the other.
    labels: ArrayRef,
    /// The index of each scale's first label.
    first_labels: Vec<i32>,
    statuses: ArrayRef,
}

/// One row.
struct Row {
    /// Index of the customer among those whose picks are computed together.
    customer: usize,
    /// Index of the article in its list.
    article: usize,
    /// From 1; 0 where articles are not ranked.
    rank: usize,
    pick: SizePick,
}

impl<'g> Grid<'g> {
    /// The rows of these customers and articles.
    ///
    /// # Errors
    /// If there are more articles or labels than a column can number.
    pub fn new(
        opened: &'g OpenedModel,
        customers: &'g CustomerList,
        articles: &'g ArticleList,
        top: Option<usize>,
    ) -> Result<Self, Failure> {
        let model = opened.full_model();
        let too_many = || Failure::new("more articles or size labels than a column can number");
        let mut first_labels = Vec::new();
        let mut labels = Vec::new();
        for scale in &model.scales {
            first_labels.push(i32::try_from(labels.len()).map_err(|_| too_many())?);
            labels.extend(scale.labels.iter().map(|label| label.text.as_str()));
        }
        i32::try_from(articles.len()).map_err(|_| too_many())?;
        let names = (0..articles.len()).map(|i| articles.name(model, i));
        Ok(Self {
            opened,
            customers,
            articles,
            top,
            schema: Arc::new(Schema::new(fields(customers, articles, top.is_some()))),
            names: Arc::new(StringArray::from_iter_values(names)),
            labels: Arc::new(StringArray::from_iter_values(labels)),
            first_labels,
            statuses: Arc::new(StringArray::from_iter_values(STATUSES.map(Status::name))),
        })
    }

    /// The columns of the rows.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Number of customers.
    pub fn customers(&self) -> usize {
        self.customers.len()
    }

    /// Number of articles.
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// Number of pairs of a customer and an article.
    pub fn pairs(&self) -> u64 {
        self.customers() as u64 * self.articles() as u64
    }

    /// Number of rows of each customer, at most.
    pub fn rows_of_customer(&self) -> usize {
        self.top.map_or(self.articles(), |top| top.min(self.articles()))
    }

    /// Number of customers whose picks are computed together.
    pub fn together(&self) -> usize {
        match self.top {
            Some(_) => MOST_TOGETHER,
            None => {
                let lanes = CustomerBlock::LANES;
                (PICKS_KEPT / self.articles() / lanes * lanes).clamp(lanes, MOST_TOGETHER)
            }
        }
    }

    /// Bytes that a thread needs for the picks that it keeps.
    pub fn bytes_of_thread(&self) -> u64 {
        (self.together() * self.rows_of_customer() * size_of::<SizePick>()) as u64
    }

    /// Gives the rows of these customers to `write`, in the order of customers and then of
    /// articles, or of ranks.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn rows(
        &self,
        customers: Range<usize>,
        write: &mut dyn FnMut(&RecordBatch) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut start = customers.start;
        while start < customers.end {
            let tile = start..customers.end.min(start + self.together());
            start = tile.end;
            match self.top {
                Some(top) => self.best(tile, 0..self.articles(), top, write)?,
                None => self.all(tile, 0..self.articles(), write)?,
            }
        }
        Ok(())
    }

    /// The rows of these customers and only these articles, for an estimate.
    pub(super) fn sample(
        &self,
        customers: Range<usize>,
        articles: Range<usize>,
        write: &mut dyn FnMut(&RecordBatch) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        match self.top {
            Some(top) => self.best(customers, articles, top, write),
            None => self.all(customers, articles, write),
        }
    }

    /// Picks a size for each of these customers in each of these articles.
    fn pick(
        &self,
        customers: Range<usize>,
        articles: Range<usize>,
        mut each: impl FnMut(usize, usize, SizePick),
    ) {
        let model = self.opened.full_model();
        let block = self.customers.block(self.opened, customers);
        let mut picker = Picker::new(model);
        for index in articles {
            let article = self.articles.article(model, index);
            let stock = self.articles.stock(index);
            picker.pick(article, stock, &block, |customer, pick| each(customer, index, pick));
        }
    }

    /// All articles of each customer.
    fn all(
        &self,
        customers: Range<usize>,
        articles: Range<usize>,
        write: &mut dyn FnMut(&RecordBatch) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (first, width) = (articles.start, articles.len());
        let nothing =
            SizePick { size: None, next: None, missed: None, status: Status::Unsure, fits: 0.0 };
        let mut picks = vec![nothing; customers.len() * width];
        self.pick(customers.clone(), articles, |customer, article, pick| {
            picks[customer * width + article - first] = pick;
        });
        let mut rows = Rows::default();
        for (i, &pick) in picks.iter().enumerate() {
            let row = Row { customer: i / width, article: first + i % width, rank: 0, pick };
            rows.add(self, &row);
            if rows.len() == BATCH_ROWS {
                write(&rows.take(self, customers.clone())?)?;
            }
        }
        rows.end(self, customers, write)
    }

    /// The best articles of each customer.
    fn best(
        &self,
        customers: Range<usize>,
        articles: Range<usize>,
        top: usize,
        write: &mut dyn FnMut(&RecordBatch) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut best = vec![BestFits::new(top); customers.len()];
        self.pick(customers.clone(), articles, |customer, article, pick| {
            best[customer].add(article, pick);
        });
        let mut rows = Rows::default();
        for (customer, best) in best.iter_mut().enumerate() {
            for (rank, fit) in best.take().enumerate() {
                let row = Row { customer, article: fit.article, rank: rank + 1, pick: fit.pick };
                rows.add(self, &row);
                if rows.len() == BATCH_ROWS {
                    write(&rows.take(self, customers.clone())?)?;
                }
            }
        }
        rows.end(self, customers, write)
    }

    /// The number of the label of an article's size in the column of labels.
    fn label(&self, article: usize, size: Option<u16>) -> Option<i32> {
        let article = self.articles.article(self.opened.full_model(), article);
        let label = article.sizes.get(usize::from(size?))?.label;
        Some(self.first_labels[usize::from(article.scale)] + i32::from(label))
    }
}

/// The columns of the rows.
fn fields(customers: &CustomerList, articles: &ArticleList, ranked: bool) -> Vec<Field> {
    let text = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let mut fields = vec![
        Field::new(customers.column(), text(), false),
        Field::new(articles.column(), text(), false),
    ];
    if ranked {
        fields.push(Field::new("rank", DataType::Int32, false));
    }
    fields.extend([
        Field::new("advised_size", text(), true),
        Field::new("advised_p_fits", DataType::Float64, true),
        Field::new("status", text(), false),
        Field::new("next_size", text(), true),
    ]);
    if articles.tells_stock() {
        fields.push(Field::new("missed_size", text(), true));
    }
    fields
}

/// Rows that are collected, column by column.
#[derive(Default)]
struct Rows {
    customers: Vec<i32>,
    articles: Vec<i32>,
    ranks: Vec<i32>,
    sizes: Vec<Option<i32>>,
    fits: Vec<Option<f64>>,
    statuses: Vec<i32>,
    next: Vec<Option<i32>>,
    missed: Vec<Option<i32>>,
}

impl Rows {
    fn len(&self) -> usize {
        self.customers.len()
    }

    fn add(&mut self, grid: &Grid<'_>, row: &Row) {
        let Row { customer, article, rank, pick } = *row;
        self.customers.push(customer as i32);
        self.articles.push(article as i32);
        if grid.top.is_some() {
            self.ranks.push(rank as i32);
        }
        self.sizes.push(grid.label(article, pick.size));
        self.fits.push(pick.size.map(|_| pick.fits));
        self.statuses.push(pick.status as i32);
        self.next.push(grid.label(article, pick.next));
        if grid.articles.tells_stock() {
            self.missed.push(grid.label(article, pick.missed));
        }
    }

    /// Writes the rows that are left.
    fn end(
        mut self,
        grid: &Grid<'_>,
        customers: Range<usize>,
        write: &mut dyn FnMut(&RecordBatch) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if self.len() == 0 { Ok(()) } else { write(&self.take(grid, customers)?) }
    }

    /// The rows as a batch. All are of these customers.
    fn take(&mut self, grid: &Grid<'_>, customers: Range<usize>) -> Result<RecordBatch, Failure> {
        let Self { customers: ids, articles, ranks, sizes, fits, statuses, next, missed } =
            std::mem::take(self);
        let names = customers.map(|i| grid.customers.name(grid.opened, i));
        let names: ArrayRef = Arc::new(StringArray::from_iter_values(names));
        let mut columns = vec![text(ids.into(), &names)?, text(articles.into(), &grid.names)?];
        if grid.top.is_some() {
            columns.push(Arc::new(Int32Array::from(ranks)));
        }
        columns.extend([
            text(sizes.into(), &grid.labels)?,
            Arc::new(Float64Array::from(fits)) as ArrayRef,
            text(statuses.into(), &grid.statuses)?,
            text(next.into(), &grid.labels)?,
        ]);
        if grid.articles.tells_stock() {
            columns.push(text(missed.into(), &grid.labels)?);
        }
        RecordBatch::try_new(Arc::clone(&grid.schema), columns)
            .map_err(|e| Failure::new(format!("the rows cannot be written: {e}")))
    }
}

/// A column of texts by their numbers among `values`.
fn text(keys: Int32Array, values: &ArrayRef) -> Result<ArrayRef, Failure> {
    let column = DictionaryArray::<Int32Type>::try_new(keys, Arc::clone(values));
    Ok(Arc::new(column.map_err(|e| Failure::new(format!("the rows cannot be written: {e}")))?))
}
