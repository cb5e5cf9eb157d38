//! Order lines partitioned by customer, in memory, with the sites that training keeps of them.

mod collect;
mod evidence;
mod measurement_set;
mod order_line;
mod partition;
mod popularity_site;

pub(crate) use collect::{PARTITION_CUSTOMERS, collect_purchases, into_partitions};
pub(crate) use measurement_set::MeasurementSet;
pub(crate) use order_line::OrderLine;
pub(crate) use partition::{Customer, CustomerPurchases, CustomerView, CustomerViewMut, Partition};
pub(crate) use popularity_site::PopularitySite;
