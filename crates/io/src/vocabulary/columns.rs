//! The columns that Inseam reads, and the headers that shops and platforms give them.

use serde::{Deserialize, Serialize};

/// A column with a meaning that Inseam knows. The private files store these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandardColumn {
    /// The customer's id.
    CustomerId,
    /// The article's id: one for all sizes of an article.
    ArticleId,
    /// The size label that the customer bought.
    Size,
    /// What became of the purchase.
    Outcome,
    /// The day of the order.
    OrderedAt,
    /// The order's id.
    OrderId,
    /// The fit group of the article.
    Group,
    /// The category of the article, a level below the fit group.
    Category,
    /// The brand of the article.
    Brand,
    /// The size system of the size label.
    SizeSystem,
    /// The sizes that an article comes in. Only catalogues have it.
    Sizes,
}

impl StandardColumn {
    /// The column's name in the pipeline file.
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

    /// The headers that usually mean this column, the likeliest first, in lower case and with only
    /// letters and digits. They are those of the exports of Shopify, Adobe Commerce and
    /// WooCommerce, and plain words.
    pub(crate) fn usual_headers(self) -> impl Iterator<Item = &'static str> {
        let headers = match self {
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
        };
        headers.split_ascii_whitespace()
    }
}
