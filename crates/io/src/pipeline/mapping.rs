//! Which column of a file is which of ours.

use super::Columns;
use crate::failure::Failure;
use crate::table::{Source, missing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Our columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    CustomerId,
    ArticleId,
    Size,
    Outcome,
    OrderedAt,
    OrderId,
    Group,
    Category,
    Brand,
    SizeSystem,
    /// The sizes an article comes in; catalogues only.
    Sizes,
}

impl Field {
    /// Our name of the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::CustomerId => "customer_id",
            Self::ArticleId => "article_id",
            Self::Size => "size",
            Self::Outcome => "outcome",
            Self::OrderedAt => "ordered_at",
            Self::OrderId => "order_id",
            Self::Group => "group",
            Self::Category => "category",
            Self::Brand => "brand",
            Self::SizeSystem => "size_system",
            Self::Sizes => "sizes",
        }
    }

    /// Headers that mean this column, the likelier ones first, in small letters and digits only:
    /// those of the exports and order tables of Shopify, Adobe Commerce and WooCommerce, and plain
    /// ones.
    fn headers(self) -> &'static str {
        match self {
            Self::CustomerId => {
                "customerid customer userid user customeruser clientid shopperid buyerid accountid customerkey \
                 customernumber customeremail billingemail email"
            }
            Self::ArticleId => {
                "articleid article itemid productid product stylecode styleid style parentsku articlenumber \
                 productkey lineitemproductid lineitemsku sku item"
            }
            Self::Size => {
                "size sizelabel articlesize productsize itemsize variantsize sizename lineitemsize option1value \
                 attributepasize pasize attributesize"
            }
            Self::Outcome => {
                "outcome returnreason reason returnreasoncode reasoncode returnreasonnote reasonforreturn rmareason \
                 rmareasonlabel returnstatus fit"
            }
            Self::OrderedAt => {
                "orderedat orderdate createdat purchasedat purchasedate datecreated datecreatedgmt processedat paidat \
                 date orderedon timestamp"
            }
            Self::OrderId => "orderid ordernumber incrementid ordername order orderkey",
            Self::Group => "group fitgroup garmentgroup producttype garmenttype",
            Self::Category => "category productcategory subcategory",
            Self::Brand => "brand brandname vendor manufacturer brandid",
            Self::SizeSystem => "sizesystem sizingsystem sizescale",
            Self::Sizes => "sizes sizerun availablesizes sizelabels sizerange",
        }
    }
}

/// The columns of a history as its files call them. Kept with the private files, so that scoring
/// reads pairs under the same names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// Ours, and theirs.
    pub columns: BTreeMap<Field, String>,
    /// Our name of each measurement, and their column.
    pub measurements: BTreeMap<String, String>,
}

impl Mapping {
    /// Their name of one of our columns.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.columns.get(&field).map(String::as_str)
    }

    /// Their name of a column, or a failure that says how to name it.
    pub fn need(&self, field: Field, source: &Source, table: &str) -> Result<&str, Failure> {
        self.get(field).ok_or_else(|| {
            let failure = missing(source.first_file(), field.name(), source.columns());
            failure.also(&format!(
                "say under [{table}.columns] which one it is, as in {} = \"...\"",
                field.name()
            ))
        })
    }
}

/// Finds the columns of `source`: those that `given` names, then the others by the usual headers.
pub fn resolve(
    given: &[(Field, Option<&str>)],
    source: &Source,
) -> Result<BTreeMap<Field, String>, Failure> {
    let mut columns = BTreeMap::new();
    for (field, theirs) in given {
        match theirs {
            Some("") | None => {}
            Some(theirs) if source.has(theirs) => {
                drop(columns.insert(*field, (*theirs).to_owned()))
            }
            Some(theirs) => return Err(missing(source.first_file(), theirs, source.columns())),
        }
    }
    let plain: Vec<(String, &String)> = source
        .columns()
        .iter()
        .map(|c| {
            (c.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect(), c)
        })
        .collect();
    for (field, _) in given.iter().filter(|(_, theirs)| theirs.is_none()) {
        let taken: Vec<&String> = columns.values().collect();
        let found = field.headers().split_ascii_whitespace().find_map(|header| {
            plain
                .iter()
                .find(|(plain, column)| plain == header && !taken.contains(column))
                .map(|(_, column)| *column)
        });
        if let Some(column) = found {
            columns.insert(*field, column.clone());
        }
    }
    Ok(columns)
}

impl Columns {
    /// Each of our columns with what the pipeline calls it.
    pub fn given(&self) -> [(Field, Option<&str>); 10] {
        [
            (Field::CustomerId, self.customer_id.as_deref()),
            (Field::ArticleId, self.article_id.as_deref()),
            (Field::Size, self.size.as_deref()),
            (Field::Outcome, self.outcome.as_deref()),
            (Field::OrderedAt, self.ordered_at.as_deref()),
            (Field::OrderId, self.order_id.as_deref()),
            (Field::Group, self.group.as_deref()),
            (Field::Category, self.category.as_deref()),
            (Field::Brand, self.brand.as_deref()),
            (Field::SizeSystem, self.size_system.as_deref()),
        ]
    }
}
