//! Finds which column of a table holds what, by headers and by content.

use super::layouts::Layout;
use super::option_columns::size_column;
use super::profile::{ColumnProfile, TableProfile};
use super::variant::split_variant;
use crate::failure::Failure;
use crate::table::{Source, WantedColumns};
use crate::vocabulary::{
    OutcomeKind, OutcomeReader, StandardColumn, folded, is_kind_of_sale, is_returned_header,
};
use inseam::outcome::Outcome;
use inseam::size::canonical;
use std::collections::BTreeMap;

/// The columns of a table, as found.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The header of each standard column.
    pub found: BTreeMap<StandardColumn, String>,
    /// Columns that have a customer where the column of customers has a guest.
    pub other_customers: Vec<String>,
    /// Whether the sizes are a part of the names of variants.
    pub sizes_in_names: bool,
}

impl Columns {
    /// The header of a column.
    pub fn get(&self, column: StandardColumn) -> Option<&str> {
        self.found.get(&column).map(String::as_str)
    }

    fn put(&mut self, column: StandardColumn, name: Option<&str>) {
        if let Some(name) = name {
            self.found.insert(column, name.to_owned());
        }
    }
}

/// How many rows show what the columns hold.
const ROWS: u64 = 5_000;
/// Headers of statuses of orders that tell kept from returned, folded, the best first.
const STATUS_HEADERS: &str = "financialstatus orderstatus status itemstatus paymentstatus bestellstatus auftragsstatus \
                              statutcommande estadopedido statoordine bestelstatus statuszamowienia orderstatusname orderstate currentstate \
                              statemachinestate";

/// Finds the columns of a table of orders or returns.
pub(super) fn order_columns(profile: &TableProfile, layout: Option<&Layout>) -> Columns {
    use StandardColumn as S;
    let finder = Finder { profile, layout };
    let mut columns = Columns::default();
    finder.customers(&mut columns);
    let simple = [S::OrderId, S::OrderedAt, S::LineId, S::Quantity, S::SizeSystem];
    for column in simple {
        columns.put(column, finder.by_header(column, |_| true));
    }
    for column in [S::Group, S::Category, S::Brand] {
        columns.put(column, finder.by_header(column, describes_articles));
    }
    columns.put(S::Outcome, finder.outcome());
    finder.articles_and_sizes(&mut columns, None);
    columns
}

/// Finds the columns of articles and sizes of a table of purchases by what they hold, for a reader
/// whose headers do not tell. `size` is the column of sizes, if it is known.
///
/// # Errors
/// If the table cannot be read.
pub fn find_article_and_size(source: &Source, size: Option<&str>) -> Result<Columns, Failure> {
    let names = source.columns();
    let profile = TableProfile::examine_columns(source, WantedColumns::Named(names), names, ROWS)?;
    let mut columns = Columns::default();
    let finder = Finder { profile: &profile, layout: Layout::of(names) };
    finder.articles_and_sizes(&mut columns, size);
    Ok(columns)
}

/// Finds the columns of a catalogue.
pub(super) fn catalogue_columns(profile: &TableProfile, layout: Option<&Layout>) -> Columns {
    use StandardColumn as S;
    let finder = Finder { profile, layout };
    let mut columns = Columns::default();
    for column in [S::ArticleId, S::SizeSystem] {
        columns.put(column, finder.by_header(column, |_| true));
    }
    for column in [S::Group, S::Category, S::Brand] {
        columns.put(column, finder.by_header(column, describes_articles));
    }
    let lists = finder.by_header(S::Sizes, |_| true);
    columns.put(S::Sizes, lists.or_else(|| size_column(profile)));
    columns
}

/// Whether a column can be a group, a category or a brand.
fn describes_articles(column: &ColumnProfile) -> bool {
    column.share(is_kind_of_sale) < 0.5
}

/// Looks for the columns of one table.
struct Finder<'a> {
    profile: &'a TableProfile,
    layout: Option<&'a Layout>,
}

impl<'a> Finder<'a> {
    /// The first column with one of these folded headers that has values and is suitable.
    fn first<'h>(
        &self,
        headers: impl IntoIterator<Item = &'h str>,
        is_suitable: impl Fn(&ColumnProfile) -> bool,
    ) -> Option<&'a str> {
        headers.into_iter().find_map(|header| {
            let named = |column: &&ColumnProfile| folded(&column.name).is_some_and(|n| n == header);
            let mut columns = self.profile.columns.iter().filter(named);
            columns.find(|c| c.filled > 0 && is_suitable(c)).map(|column| column.name.as_str())
        })
    }

    /// The headers of a column: those of the layout, then the usual ones.
    fn headers(&self, column: StandardColumn) -> impl Iterator<Item = &'static str> {
        let known = self.layout.map_or(&[][..], |layout| layout.headers(column));
        known.iter().copied().chain(column.usual_headers())
    }

    fn by_header(
        &self,
        column: StandardColumn,
        is_suitable: impl Fn(&ColumnProfile) -> bool,
    ) -> Option<&'a str> {
        self.first(self.headers(column), is_suitable)
    }

    /// Finds the customers. Where guests share an id, an e-mail address tells them apart.
    fn customers(&self, columns: &mut Columns) {
        let found = self.by_header(StandardColumn::CustomerId, |_| true);
        let by_address =
            self.profile.columns.iter().find(|column| column.filled > 0 && column.emails() > 0.8);
        let found = found.or_else(|| by_address.map(|column| column.name.as_str()));
        columns.put(StandardColumn::CustomerId, found);
        let Some(customers) = found.and_then(|name| self.profile.column(name)) else { return };
        let incomplete = customers.filled < self.profile.rows
            || customers.share(|id| matches!(id, "0" | "-1")) > 0.0;
        if let Some(address) = by_address.filter(|c| incomplete && c.name != customers.name) {
            columns.other_customers.push(address.name.clone());
        }
    }

    /// Finds the column of outcomes: reasons or answers first, then yes or no, then statuses.
    fn outcome(&self) -> Option<&'a str> {
        let words = |column: &ColumnProfile| {
            let reader = OutcomeReader::new(&column.name, column.texts());
            let share = column.share(|text| reader.read(text).is_some());
            (reader, share)
        };
        let verdicts = |column: &ColumnProfile| {
            let (reader, share) = words(column);
            let known = share > 0.3 && reader.kind() != OutcomeKind::OrderStatus;
            known
                && column.texts().any(|text| {
                    !matches!(
                        reader.read(text),
                        None | Some(Outcome::UnknownReason | Outcome::Pending)
                    )
                })
        };
        let returned = self.profile.columns.iter().find(|column| {
            is_returned_header(&column.name) && column.filled > 0 && words(column).1 > 0.9
        });
        let statuses = STATUS_HEADERS.split_ascii_whitespace();
        self.by_header(StandardColumn::Outcome, verdicts)
            .or_else(|| self.by_direction())
            .or_else(|| self.by_header(StandardColumn::Outcome, |column| words(column).1 > 0.5))
            .or_else(|| returned.map(|column| column.name.as_str()))
            .or_else(|| self.first(statuses, |column| words(column).1 > 0.5))
    }

    /// The column whose words say that things are too small and too large.
    fn by_direction(&self) -> Option<&'a str> {
        let directions = |column: &&ColumnProfile| {
            let reader = OutcomeReader::new(&column.name, column.texts());
            let has = |outcome| column.texts().any(|text| reader.read(text) == Some(outcome));
            // Sizes may be called Small and Large.
            has(Outcome::TooSmall) && has(Outcome::TooLarge) && column.sizes() < 0.5
        };
        self.profile.columns.iter().find(directions).map(|column| column.name.as_str())
    }

    /// Finds the articles and the sizes. The article's column may name the size too, as names of
    /// variants and SKUs do.
    fn articles_and_sizes(&self, columns: &mut Columns, given: Option<&str>) {
        use StandardColumn::{ArticleId, Size};
        let known = given.and_then(|name| self.profile.column(name)).map(|c| c.name.as_str());
        let size = known
            .or_else(|| self.first(self.headers(Size), |c| c.sizes() > 0.3 || c.variants() > 0.3))
            .or_else(|| size_column(self.profile));
        // A column names sizes if they are those of the size column, or if there is no such column.
        let names_sizes = |column: &ColumnProfile| match size.filter(|size| *size != column.name) {
            Some(size) => self.profile.share_of_pairs(&column.name, size, is_named_with_size) > 0.3,
            None => column.share(names_article_and_size) > 0.3,
        };
        // A column that the layout names wins over others: "Item #" numbers the lines of an order.
        let of_layout = self.layout.map_or(&[][..], |layout| layout.headers(ArticleId));
        let known = of_layout.iter().copied();
        let plain = self.first(known.clone(), |column| !names_sizes(column));
        let name =
            self.first(known, names_sizes).or_else(|| self.by_header(ArticleId, names_sizes));
        let named =
            name.is_some_and(|n| folded(n).is_some_and(|n| of_layout.contains(&n.as_str())));
        let usual = || self.by_header(ArticleId, |column| !names_sizes(column));
        let plain = plain.or_else(|| if named { None } else { usual() });
        match (plain, name) {
            (Some(plain), _) => {
                columns.put(ArticleId, Some(plain));
                columns.put(Size, size.or(name));
            }
            (_, Some(name)) => {
                columns.put(ArticleId, Some(name));
                columns.put(Size, Some(name));
            }
            (plain, None) => {
                columns.put(ArticleId, plain);
                columns.put(Size, size);
            }
        }
        let size = columns.get(Size).and_then(|name| self.profile.column(name));
        columns.sizes_in_names = size.is_some_and(|column| column.sizes() < column.variants());
    }
}

/// Whether a text names an article with this size: "LD-NV-M" and "M".
fn is_named_with_size(text: &str, size: &str) -> bool {
    let same = |a: &str, b: &str| canonical(a).ok().is_some_and(|a| canonical(b) == Ok(a));
    let size = split_variant(size).map_or_else(|| size.to_owned(), |variant| variant.size);
    split_variant(text).is_some_and(|named| !named.article.is_empty() && same(&named.size, &size))
}

/// Whether a text names an article and its size: "Linen Dress - Navy / M".
fn names_article_and_size(text: &str) -> bool {
    split_variant(text).is_some_and(|variant| !variant.article.is_empty())
}
