//! The articles to score: those of a list, with the sizes in stock, or all of a model.

use super::columns::standard_columns;
use super::list::{ListCounts, Texts};
use super::stock::mark;
use crate::failure::Failure;
use crate::history::{plain_id, split_sizes};
use crate::platforms::{article_of_variant, size_of_variant};
use crate::stores::OpenedModel;
use crate::table::{Batch, Cells, Source, WantedColumns};
use crate::vocabulary::{StandardColumn, is_missing};
use hashbrown::HashMap;
use inseam::model::{Article, Model};
use inseam::size::Label;
use std::borrow::Cow;

/// The articles to score, in their order.
pub struct ArticleList {
    /// Ids as listed; without a list, all articles of the model in the order of their keys.
    ids: Option<Texts>,
    /// The index of each among the model's articles.
    articles: Vec<u32>,
    /// For each which of its sizes are in stock; `None` without a column of sizes, for all.
    stock: Option<Vec<Vec<bool>>>,
    /// What became of the rows of the list.
    pub counts: ListCounts,
}

impl ArticleList {
    /// All articles of the model, in all their sizes.
    pub fn all(opened: &OpenedModel) -> Self {
        let articles = (0..opened.full_model().articles.len() as u32).collect();
        Self { ids: None, articles, stock: None, counts: ListCounts::default() }
    }

    /// The articles of a table, each once. A column of lists of sizes, or one with one size in each
    /// row, tells what is in stock.
    ///
    /// # Errors
    /// If the table cannot be read, or has no article that the model knows.
    pub fn read(opened: &OpenedModel, source: &Source) -> Result<Self, Failure> {
        let columns = ArticleColumns::find(opened, source)?;
        let model = opened.full_model();
        let mut list = Self {
            ids: Some(Texts::default()),
            articles: Vec::new(),
            stock: columns.tell_stock().then(Vec::new),
            counts: ListCounts::default(),
        };
        let mut seen = HashMap::new();
        for batch in source.batches(WantedColumns::Named(&columns.names())) {
            list.add(model, &columns, &batch?, &mut seen)?;
        }
        if list.articles.is_empty() {
            let what = match list.counts.read {
                0 => "has no rows",
                _ => "has no article that the model knows",
            };
            return Err(Failure::new(what).in_file(source.first_file()).remedy(
                "articles have the ids of the history or catalogue that the model was trained on",
            ));
        }
        Ok(list)
    }

    /// Number of articles.
    #[expect(clippy::len_without_is_empty, reason = "a list without articles is an error")]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether a column told which sizes are in stock.
    pub fn tells_stock(&self) -> bool {
        self.stock.is_some()
    }

    /// Number of articles of which no size is in stock.
    pub fn sold_out(&self) -> usize {
        let none = |stock: &&Vec<bool>| !stock.contains(&true);
        self.stock.as_ref().map_or(0, |stock| stock.iter().filter(none).count())
    }

    /// The name of the column of articles in what is written.
    pub fn column(&self) -> &'static str {
        if self.ids.is_some() { "article_id" } else { "article_key" }
    }

    /// The text that names an article in what is written.
    pub(super) fn name(&self, model: &Model, index: usize) -> Cow<'_, str> {
        match &self.ids {
            Some(ids) => Cow::Borrowed(ids.get(index)),
            None => Cow::Owned(format!("{:013x}", self.article(model, index).key)),
        }
    }

    /// The article of this index.
    pub(super) fn article<'m>(&self, model: &'m Model, index: usize) -> &'m Article {
        &model.articles[self.articles[index] as usize]
    }

    /// Which of its sizes are in stock; empty for all.
    pub(super) fn stock(&self, index: usize) -> &[bool] {
        self.stock.as_ref().map_or(&[], |stock| &stock[index])
    }

    /// Adds the rows of a batch.
    fn add(
        &mut self,
        model: &Model,
        columns: &ArticleColumns,
        batch: &Batch,
        seen: &mut HashMap<u32, usize>,
    ) -> Result<(), Failure> {
        let cells = ArticleCells::new(columns, batch)?;
        let mut broken = batch.broken.iter().peekable();
        for row in 0..batch.rows.num_rows() {
            self.counts.read += 1;
            if let Some(broken) = broken.next_if(|broken| broken.index == row) {
                self.counts.leave_out(&broken.problem, batch, row);
                continue;
            }
            let Some(id) = cells.article(row) else {
                self.counts.leave_out("name no article", batch, row);
                continue;
            };
            let Some(article) = model.article_index(&id) else {
                self.counts.leave_out("name an article that the model does not know", batch, row);
                continue;
            };
            let at = *seen.entry(article as u32).or_insert(self.articles.len());
            if at < self.articles.len() {
                self.counts.repeated += u64::from(columns.size.is_none());
            } else {
                self.articles.push(article as u32);
                if let Some(ids) = &mut self.ids {
                    ids.push(&id);
                }
                if let Some(stock) = &mut self.stock {
                    stock.push(vec![false; model.articles[article].sizes.len()]);
                }
            }
            self.add_stock(model, at, &cells, batch, row);
        }
        Ok(())
    }

    /// Marks the sizes of a row as in stock.
    fn add_stock(
        &mut self,
        model: &Model,
        at: usize,
        cells: &ArticleCells<'_>,
        batch: &Batch,
        row: usize,
    ) {
        let Some(stock) = &mut self.stock else { return };
        let article = &model.articles[self.articles[at] as usize];
        match cells.sizes(row) {
            Err(_) => self.counts.note("have a size that is not a label", batch, row),
            Ok(labels) => {
                for label in &labels {
                    if !mark(model, article, label, &mut stock[at]) {
                        let what = "have a size in which the model does not know the article";
                        self.counts.note(what, batch, row);
                        break;
                    }
                }
            }
        }
    }
}

/// The columns of a list of articles.
struct ArticleColumns {
    article: String,
    /// Whether the column of articles has names of variants.
    of_variant: bool,
    /// One size in each row.
    size: Option<String>,
    /// A list of sizes in each row.
    sizes: Option<String>,
}

impl ArticleColumns {
    fn find(opened: &OpenedModel, source: &Source) -> Result<Self, Failure> {
        use StandardColumn::{ArticleId, Size, Sizes};
        let mut columns = standard_columns(opened, source, &[Sizes, Size], &[ArticleId])?;
        let article = columns.remove(&ArticleId).unwrap_or_default();
        let sizes = columns.remove(&Sizes);
        let size = columns.remove(&Size).filter(|_| sizes.is_none());
        Ok(Self { of_variant: size.as_ref() == Some(&article), article, size, sizes })
    }

    fn tell_stock(&self) -> bool {
        self.size.is_some() || self.sizes.is_some()
    }

    /// The names of the columns, each once.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = [Some(&self.article), self.size.as_ref(), self.sizes.as_ref()]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        names.dedup();
        names
    }
}

/// The cells of one batch of a list of articles.
struct ArticleCells<'a> {
    of_variant: bool,
    article: Cells<'a>,
    size: Option<Cells<'a>>,
    sizes: Option<Cells<'a>>,
}

impl<'a> ArticleCells<'a> {
    fn new(columns: &ArticleColumns, batch: &'a Batch) -> Result<Self, Failure> {
        let optional = |name: &Option<String>| name.as_ref().map(|n| batch.cells(n)).transpose();
        Ok(Self {
            of_variant: columns.of_variant,
            article: batch.cells(&columns.article)?,
            size: optional(&columns.size)?,
            sizes: optional(&columns.sizes)?,
        })
    }

    /// The article's id in a row.
    fn article(&self, row: usize) -> Option<String> {
        let text = self.article.text(row).filter(|text| !is_missing(text))?;
        let id = plain_id(&text);
        Some(if self.of_variant { article_of_variant(&id) } else { id.into_owned() })
    }

    /// The sizes of a row that are in stock. An error tells that one is not a label.
    fn sizes(&self, row: usize) -> Result<Vec<Label>, ()> {
        let text = |cells: &Option<Cells<'_>>| {
            let text = cells.as_ref().and_then(|cells| cells.text(row));
            text.filter(|text| !is_missing(text)).map(Cow::into_owned)
        };
        if let Some(list) = text(&self.sizes) {
            return split_sizes(&list).map_err(drop);
        }
        let size = text(&self.size).and_then(|text| size_of_variant(&text, self.of_variant));
        size.map_or(Ok(Vec::new()), |size| Label::parse(&size).map(|l| vec![l]).map_err(drop))
    }
}
