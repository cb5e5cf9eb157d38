//! The exports of shop platforms, marketplaces and return apps, by the headers of their files.

use crate::vocabulary::StandardColumn::{
    self, ArticleId, CustomerId, OrderId, OrderedAt, Outcome, Size, Sizes,
};
use crate::vocabulary::{StandardColumn as Column, folded};

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Lines of orders, with or without their outcomes.
    Orders,
    /// Lines that came back.
    Returns,
    /// Articles, or their variants.
    Catalogue,
    /// Sizes with the girths of the bodies that they are made for.
    Charts,
}

/// The layout of one export. Headers are folded: in lower case, with letters and digits only.
#[derive(Debug)]
pub struct Layout {
    /// What the export is, like "Shopify orders export".
    pub name: &'static str,
    /// What its rows are.
    pub role: Role,
    /// Headers that every such file has.
    signature: &'static [&'static str],
    /// The headers of columns whose usual header means something else, the best first.
    columns: &'static [(StandardColumn, &'static [&'static str])],
    /// The column whose rows belong together, and the columns that only the first of these rows
    /// has.
    pub(super) fill: Option<(&'static str, &'static [&'static str])>,
    /// Columns and the value that a row must have to be a delivered garment.
    pub(super) conditions: &'static [(&'static str, &'static str)],
}

/// The layouts, those with the more special signatures first.
///
/// - Shopify: <https://help.shopify.com/manual/fulfillment/managing-orders/exporting-orders> and
///   <https://help.shopify.com/manual/products/import-export/using-csv>. Only the first line of an
///   order has its statuses, and only the first variant of a product its title.
/// - Amazon: "All Orders", "Amazon Fulfilled Shipments" and "FBA customer returns" reports of
///   Seller Central. The first has no buyers.
/// - Google Merchant Center: <https://support.google.com/merchants/answer/7052112>.
/// - WooCommerce: <https://woocommerce.com/document/import-and-export-of-woocommerce-orders/>,
///   Customer/Order/Coupon Export, Advanced Order Export.
/// - BigCommerce: the export template for orders with a row for each product.
/// - Adobe Commerce: the table `sales_order_item` and exports made from it. The row of a
///   configurable product and the row of its variant are the same garment.
/// - Loop, AfterShip Returns and ReturnGO: the lists of returned items in their admin pages.
const LAYOUTS: &[Layout] = &[
    Layout {
        name: "Shopify orders export",
        role: Role::Orders,
        signature: &["name", "lineitemname", "lineitemquantity"],
        columns: &[
            (CustomerId, &["customerid", "email"]),
            (ArticleId, &["lineitemname"]),
            (Size, &["lineitemname"]),
            (OrderId, &["name"]),
            (OrderedAt, &["createdat", "paidat"]),
            (Outcome, &["returnreason", "financialstatus"]),
            (Column::Brand, &["vendor"]),
        ],
        fill: Some(("name", &["email", "financialstatus", "cancelledat", "createdat", "paidat"])),
        conditions: &[("cancelledat", ""), ("lineitemrequiresshipping", "true")],
    },
    Layout {
        name: "Shopify products export",
        role: Role::Catalogue,
        signature: &["handle", "title", "option1name", "option1value"],
        columns: &[
            (ArticleId, &["title"]),
            (Column::Group, &["type", "customproducttype", "producttype"]),
            (Column::Category, &["productcategory", "standardproducttype"]),
            (Column::Brand, &["vendor"]),
        ],
        fill: Some((
            "handle",
            &[
                "title",
                "vendor",
                "type",
                "customproducttype",
                "producttype",
                "productcategory",
                "standardproducttype",
                "option1name",
                "option2name",
                "option3name",
            ],
        )),
        conditions: &[],
    },
    Layout {
        name: "Amazon FBA customer returns report",
        role: Role::Returns,
        signature: &["returndate", "orderid", "fnsku", "reason"],
        columns: &[
            (OrderId, &["orderid"]),
            (ArticleId, &["productname"]),
            (Size, &["productname"]),
            (Outcome, &["reason"]),
        ],
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "Amazon orders report",
        role: Role::Orders,
        signature: &["amazonorderid", "purchasedate", "sku", "productname"],
        columns: &[
            (CustomerId, &["buyeremail", "buyeridentifier", "amazonorderid"]),
            (ArticleId, &["productname"]),
            (Size, &["size", "productname"]),
            (OrderId, &["amazonorderid"]),
            (OrderedAt, &["purchasedate"]),
            (Outcome, &["orderstatus", "itemstatus"]),
        ],
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "Google Merchant feed",
        role: Role::Catalogue,
        signature: &["id", "title", "link", "imagelink"],
        columns: &[
            (ArticleId, &["itemgroupid", "id"]),
            (Sizes, &["size"]),
            (Column::Group, &["producttype"]),
            (Column::Category, &["googleproductcategory"]),
        ],
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "BigCommerce orders export",
        role: Role::Orders,
        signature: &["orderid", "productname", "productvariationdetails"],
        columns: &[
            (CustomerId, &["customeremail", "customerid"]),
            (ArticleId, &["productid", "productname"]),
            (Size, &["productvariationdetails"]),
            (OrderId, &["orderid"]),
            (OrderedAt, &["orderdate", "datecreated"]),
            (Outcome, &["returnreason", "orderstatus"]),
        ],
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "Adobe Commerce order items",
        role: Role::Orders,
        signature: &["sku", "qtyordered"],
        columns: &[
            (CustomerId, &["customerid", "customeremail"]),
            (ArticleId, &["parentsku", "productname", "name", "sku"]),
            (Size, &["size", "productoptions", "itemoptions", "options"]),
            (OrderId, &["incrementid", "ordernumber", "orderincrementid", "orderid"]),
            (
                Outcome,
                &[
                    "returnreason",
                    "rmareason",
                    "qtyreturned",
                    "qtyrefunded",
                    "status",
                    "orderstatus",
                ],
            ),
        ],
        fill: None,
        conditions: &[("parentitemid", "")],
    },
    Layout {
        name: "WooCommerce orders export",
        role: Role::Orders,
        signature: &["orderstatus", "itemname"],
        columns: WOOCOMMERCE,
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "WooCommerce orders export",
        role: Role::Orders,
        signature: &["orderid", "itemname", "itemmeta"],
        columns: WOOCOMMERCE,
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "WooCommerce orders export",
        role: Role::Orders,
        signature: &["orderid", "customeruser", "orderstatus"],
        columns: WOOCOMMERCE,
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "AfterShip Returns export",
        role: Role::Returns,
        signature: &["rmanumber", "returnreason"],
        columns: RETURN_APP,
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "ReturnGO export",
        role: Role::Returns,
        signature: &["rma", "returnreason"],
        columns: RETURN_APP,
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "Loop returns export",
        role: Role::Returns,
        signature: &["parentreturnreason"],
        columns: RETURN_APP,
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "Loop returns export",
        role: Role::Returns,
        signature: &["returnid", "returnreason"],
        columns: RETURN_APP,
        fill: None,
        conditions: &[],
    },
    Layout {
        name: "Shopify returns report",
        role: Role::Returns,
        signature: &["ordername", "returnreason"],
        columns: RETURN_APP,
        fill: None,
        conditions: &[],
    },
];

const WOOCOMMERCE: &[(StandardColumn, &[&str])] = &[
    (CustomerId, &["customeruser", "customerid", "customeremail", "emailbilling", "billingemail"]),
    (ArticleId, &["productid", "itemproductid", "parentid", "itemname"]),
    (Size, &["pasize", "attributepasize", "size", "itemmeta", "productvariation", "variation"]),
    (OrderId, &["orderid", "ordernumber"]),
    (OrderedAt, &["orderdate", "date", "datecreated"]),
    (Outcome, &["returnreason", "orderstatus", "status"]),
];

const RETURN_APP: &[(StandardColumn, &[&str])] = &[
    (OrderId, &["ordername", "ordernumber", "order", "orderid"]),
    (
        ArticleId,
        &[
            "producttitle",
            "productname",
            "itemname",
            "itemtitle",
            "lineitemtitle",
            "producttitleatthetimeofsale",
            "title",
            "product",
        ],
    ),
    (
        Size,
        &[
            "size",
            "varianttitle",
            "variantname",
            "variant",
            "productvarianttitle",
            "productvarianttitleatthetimeofsale",
            "varianttitleatthetimeofsale",
            "option",
        ],
    ),
    (Outcome, &["returnreason", "reason", "returnreasonname", "subreason"]),
];

impl Layout {
    /// The layout of a file with these headers, if it is a known one.
    pub fn of(headers: &[String]) -> Option<&'static Self> {
        let headers: Vec<String> = headers.iter().filter_map(|header| folded(header)).collect();
        LAYOUTS.iter().find(|layout| {
            layout.signature.iter().all(|wanted| headers.iter().any(|header| header == wanted))
        })
    }

    /// The headers that this layout gives to a column.
    pub(super) fn headers(&self, column: StandardColumn) -> &'static [&'static str] {
        let found = self.columns.iter().find(|(standard, _)| *standard == column);
        found.map_or(&[], |(_, headers)| headers)
    }
}
