//! Order lines partitioned by customer, with the sites that training keeps of them, in a store.

mod collect;
mod copy_sites;
mod customer;
mod evidence;
mod line_bytes;
mod measurement_set;
mod order_line;
mod partition;
mod popularity_site;
mod site_bytes;
mod store;

pub(crate) use collect::{PARTITION_CUSTOMERS, Partitioner, collect_purchases};
pub(crate) use copy_sites::copy_sites;
pub(crate) use customer::Customer;
pub(crate) use line_bytes::{LINE, customer_bytes};
pub(crate) use measurement_set::MeasurementSet;
pub(crate) use order_line::OrderLine;
pub(crate) use partition::{
    CustomerBytes, CustomerPurchases, CustomerView, CustomerViewMut, Partition, PartitionBuilder,
    each_customers_lines,
};
pub(crate) use popularity_site::PopularitySite;
pub(crate) use site_bytes::{OWN_SITES, SITE, read_sites, site_bytes, stored_sites};
pub use store::{MemoryStore, PartitionSource, PartitionStore};
