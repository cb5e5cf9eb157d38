//! `shop.customers`: the beliefs about each customer.

use super::fields::{check_model, finite, message, reserved, write_message};
use super::key::CustomerKey;
use crate::Error;
use crate::format::bytes::Cursor;
use crate::format::envelope::{self, FileType, PREAMBLE, Preamble};
use crate::format::fault::{RunningChecksum, checksum, fault};
use crate::math::Gaussian;
use crate::model::{CustomerBelief, GroupEvidence, MAX_GROUPS, TRAITS};

/// Maximal length of the pipeline text, bytes of UTF-8.
pub const MAX_PIPELINE: usize = 1 << 16;

/// Length of the head before the pipeline.
const FIXED: usize = PREAMBLE + 16;
/// Length of a customer record without its prior means and its evidence.
const RECORD: usize = 124;
/// Length of an evidence record.
const EVIDENCE: usize = 24;

/// One customer of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerEntry {
    /// [`super::customer_key`] of the shop's id.
    pub key: CustomerKey,
    /// The beliefs about them.
    pub belief: CustomerBelief,
}

/// The content of a customers file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Customers {
    /// JSON with the mapping of the shop's columns, exactly as the writer got it.
    pub pipeline: String,
    /// Sorted by key, keys unique.
    entries: Vec<CustomerEntry>,
}

impl Customers {
    /// The beliefs about the customer with this key; `None` for a customer without history.
    #[must_use]
    pub fn get(&self, key: &CustomerKey) -> Option<&CustomerBelief> {
        self.entries.binary_search_by(|e| e.key.cmp(key)).ok().map(|i| &self.entries[i].belief)
    }

    /// All customers, sorted by key.
    #[must_use]
    pub fn entries(&self) -> &[CustomerEntry] {
        &self.entries
    }
}

/// Writes a customers file. `model` is the [`head_checksum`](crate::format::head_checksum) of the
/// public file that it belongs to. The order of the entries does not affect the bytes.
///
/// # Errors
/// [`Error::Format`] if two entries have the same key, a number is not finite, the groups of an
/// entry are not ascending, the number of prior means differs between entries or exceeds
/// [`MAX_GROUPS`], or the pipeline exceeds [`MAX_PIPELINE`] bytes.
pub fn write_customers(
    model: u64,
    pipeline: &str,
    entries: &[CustomerEntry],
) -> Result<Vec<u8>, Error> {
    let mut order: Vec<&CustomerEntry> = entries.iter().collect();
    order.sort_by_key(|e| e.key);
    let head = CustomersHead {
        model,
        pipeline,
        groups: entries.first().map_or(0, |e| e.belief.prior.len()),
        customers: entries.len(),
        evidence: entries.iter().map(|e| e.belief.sizes.len()).sum(),
    };
    let (mut writer, mut out) = CustomersWriter::new(&head)?;
    for entry in &order {
        out.extend(writer.customer(&entry.key, &entry.belief)?);
    }
    out.extend(writer.end()?);
    Ok(out)
}

/// What the head of a customers file tells.
#[derive(Clone, Copy, Debug)]
pub struct CustomersHead<'h> {
    /// The [`head_checksum`](crate::format::head_checksum) of the public file.
    pub model: u64,
    /// JSON with the mapping of the shop's columns.
    pub pipeline: &'h str,
    /// Number of fit groups.
    pub groups: usize,
    /// Number of customers.
    pub customers: usize,
    /// Number of fit groups with history, summed over the customers.
    pub evidence: usize,
}

/// Writes a customers file piece by piece, so that it never has to be in memory: its head, each
/// customer in the order of their keys, the end.
#[derive(Debug)]
pub struct CustomersWriter {
    groups: usize,
    /// Customers, and evidence records, that are still to come.
    customers_left: usize,
    evidence_left: usize,
    before: Option<CustomerKey>,
    checksum: RunningChecksum,
    piece: Vec<u8>,
}

impl CustomersWriter {
    /// The writer, and the first bytes of the file.
    ///
    /// # Errors
    /// [`Error::Format`] for too many fit groups or customers, and a pipeline over
    /// [`MAX_PIPELINE`].
    pub fn new(head: &CustomersHead<'_>) -> Result<(Self, Vec<u8>), Error> {
        let &CustomersHead { model, pipeline, groups, customers, evidence } = head;
        if pipeline.len() > MAX_PIPELINE {
            let length = pipeline.len();
            return Err(fault(
                12,
                format!("the pipeline has {length} bytes; at most {MAX_PIPELINE} are allowed"),
            ));
        }
        if groups > MAX_GROUPS {
            let what = format!("{groups} fit groups; at most {MAX_GROUPS} are allowed");
            return Err(fault(16, what));
        }
        let before = FIXED + pipeline.len() + 8;
        let body = customers * (RECORD + 8 * groups) + EVIDENCE * evidence;
        let preamble = Preamble {
            a: envelope::count(pipeline.len(), "bytes of pipeline")?,
            b: envelope::count(groups, "fit groups")?,
            c: envelope::count(customers, "customers")?,
            length: (before + body + 8) as u64,
        };
        let mut out = envelope::begin(FileType::Customers, preamble);
        out.extend(model.to_le_bytes());
        out.extend(envelope::count(evidence, "evidence records")?.to_le_bytes());
        out.extend([0; 4]);
        out.extend(pipeline.as_bytes());
        out.extend(checksum(&out).to_le_bytes());
        let writer = Self {
            groups,
            customers_left: customers,
            evidence_left: evidence,
            before: None,
            checksum: RunningChecksum::default(),
            piece: Vec::new(),
        };
        Ok((writer, out))
    }

    /// The bytes of the next customer.
    ///
    /// # Errors
    /// [`Error::Format`] if the key is not above the one before, a number is not finite, the groups
    /// are not ascending, or the number of prior means is not that of the fit groups.
    pub fn customer(&mut self, key: &CustomerKey, belief: &CustomerBelief) -> Result<&[u8], Error> {
        if belief.prior.len() != self.groups {
            let own = belief.prior.len();
            return Err(fault(
                0,
                format!("a customer has {own} prior means, the first one {}", self.groups),
            ));
        }
        check(belief, self.groups)?;
        if self.before.replace(*key).is_some_and(|before| before >= *key) {
            return Err(fault(0, "a customer's key is not in ascending order"));
        }
        // At most as many as fit groups, as they ascend.
        let count = belief.sizes.len() as u16;
        let out = &mut self.piece;
        out.clear();
        out.extend(key);
        out.extend(belief.trait_priors.iter().flat_map(|x| x.to_le_bytes()));
        belief.traits.iter().for_each(|&g| write_message(g, out));
        out.extend(belief.widening.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend([0; 2]);
        out.extend(belief.prior.iter().flat_map(|x| x.to_le_bytes()));
        write_evidence(belief, out);
        self.evidence_left = self.evidence_left.wrapping_sub(belief.sizes.len());
        self.customers_left = self.customers_left.wrapping_sub(1);
        self.checksum.add(&self.piece);
        Ok(&self.piece)
    }

    /// The last bytes of the file.
    ///
    /// # Errors
    /// [`Error::Format`] if the head tells of more or fewer customers or evidence.
    pub fn end(self) -> Result<[u8; 8], Error> {
        if (self.customers_left, self.evidence_left) != (0, 0) {
            return Err(fault(24, "the head tells of other numbers of customers and evidence"));
        }
        Ok(self.checksum.get().to_le_bytes())
    }
}

/// Checks what a reader would refuse: all else in a record is right by its type.
fn check(belief: &CustomerBelief, groups: usize) -> Result<(), Error> {
    let finite = |g: &Gaussian| g.precision.is_finite() && g.precision_mean.is_finite();
    let mut numbers = belief.prior.iter().chain(&belief.trait_priors).chain([&belief.widening]);
    if !numbers.all(|x| x.is_finite()) {
        return Err(fault(0, "a prior mean or a widening is not finite"));
    }
    if !belief.traits.iter().all(finite) {
        return Err(fault(0, "a message to a trait is not finite"));
    }
    if !belief.sizes.iter().all(|size| finite(&size.evidence)) {
        return Err(fault(0, "an evidence is not finite"));
    }
    if belief.widening < 1.0 {
        let widening = belief.widening;
        return Err(fault(0, format!("a widening must be at least 1; it is {widening}")));
    }
    let ascending = belief.sizes.windows(2).all(|pair| pair[0].group < pair[1].group);
    if !ascending || belief.sizes.last().is_some_and(|last| usize::from(last.group) >= groups) {
        return Err(fault(0, "the fit groups of a customer's evidence are not ascending groups"));
    }
    Ok(())
}

/// Appends the evidence records of a customer.
fn write_evidence(belief: &CustomerBelief, out: &mut Vec<u8>) {
    for evidence in &belief.sizes {
        out.extend(evidence.group.to_le_bytes());
        out.extend([0; 2]);
        out.extend(evidence.purchases.to_le_bytes());
        write_message(evidence.evidence, out);
    }
}

/// Reads a customers file that belongs to the model with this
/// [`head_checksum`](crate::format::head_checksum).
///
/// # Errors
/// [`Error::Format`] with the offset of the first fault: for any bytes that violate the
/// specification, and for another model's file.
pub fn read_customers(bytes: &[u8], model: u64) -> Result<Customers, Error> {
    let Preamble { a, b, c, length } = envelope::open(bytes, FileType::Customers)?;
    envelope::check_length(bytes, length)?;
    let (pipeline_length, groups, customers) = (a as usize, b as usize, c as usize);
    if pipeline_length > MAX_PIPELINE {
        return Err(fault(
            12,
            format!("the pipeline has {a} bytes; at most {MAX_PIPELINE} are allowed"),
        ));
    }
    if groups > MAX_GROUPS {
        return Err(fault(16, format!("{b} fit groups; at most {MAX_GROUPS} are allowed")));
    }
    let pipeline_end = FIXED + pipeline_length;
    let head = pipeline_end + 8;
    if head + 8 > bytes.len() {
        return Err(fault(12, format!("the pipeline of {a} bytes exceeds the file")));
    }
    envelope::verify(bytes, 0, pipeline_end, "head")?;
    let mut cursor = Cursor::new(bytes, PREAMBLE, pipeline_end);
    check_model(&mut cursor, model)?;
    let evidence = cursor.u32("evidence records")?;
    reserved(&mut cursor, 4)?;
    let at = cursor.at();
    let pipeline = std::str::from_utf8(cursor.slice(pipeline_length, "the pipeline")?)
        .map_err(|e| fault(at + e.valid_up_to(), "the pipeline is not UTF-8"))?;
    // Products of a u32 and a small number cannot overflow a u64.
    let records = u64::from(c) * (RECORD + 8 * groups) as u64;
    let body = records + u64::from(evidence) * EVIDENCE as u64;
    if head as u64 + body + 8 != bytes.len() as u64 {
        let needed = head as u64 + body + 8;
        return Err(fault(
            24,
            format!("{c} customers and {evidence} evidence records need {needed} bytes in total"),
        ));
    }
    envelope::verify(bytes, head, bytes.len() - 8, "customers' part")?;
    let mut cursor = Cursor::new(bytes, head, bytes.len() - 8);
    let mut entries: Vec<CustomerEntry> = Vec::with_capacity(customers);
    for _ in 0..customers {
        let entry = read_customer(&mut cursor, groups, entries.last())?;
        entries.push(entry);
    }
    match cursor.left() {
        0 => Ok(Customers { pipeline: pipeline.to_owned(), entries }),
        left => Err(fault(cursor.at(), format!("{left} bytes belong to no customer"))),
    }
}

/// The next customer; `before` is the one before.
fn read_customer(
    cursor: &mut Cursor<'_>,
    groups: usize,
    before: Option<&CustomerEntry>,
) -> Result<CustomerEntry, Error> {
    let at = cursor.at();
    let key = cursor.array("a customer's key")?;
    if before.is_some_and(|b| b.key >= key) {
        return Err(fault(at, "a customer's key is not in ascending order"));
    }
    let mut trait_priors = [0.0; TRAITS];
    for x in &mut trait_priors {
        *x = finite(cursor, "a prior mean of a trait")?;
    }
    let mut traits = [Gaussian::FLAT; TRAITS];
    for g in &mut traits {
        *g = message(cursor, "a message to a trait")?;
    }
    let at = cursor.at();
    let widening = finite(cursor, "a widening")?;
    if widening < 1.0 {
        return Err(fault(at, format!("a widening must be at least 1; it is {widening}")));
    }
    let at = cursor.at();
    let count = cursor.u16("a number of evidence records")?;
    reserved(cursor, 2)?;
    let prior = (0..groups)
        .map(|_| finite(cursor, "a prior mean of the size"))
        .collect::<Result<Vec<_>, _>>()?;
    if usize::from(count) > groups || usize::from(count) * EVIDENCE > cursor.left() {
        return Err(fault(at, format!("{count} evidence records are too many")));
    }
    let sizes = read_evidence(cursor, groups, count)?;
    let belief = CustomerBelief { prior, widening, trait_priors, traits, sizes };
    Ok(CustomerEntry { key, belief })
}

/// The next `count` evidence records, those of one customer.
fn read_evidence(
    cursor: &mut Cursor<'_>,
    groups: usize,
    count: u16,
) -> Result<Vec<GroupEvidence>, Error> {
    let mut sizes: Vec<GroupEvidence> = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        let at = cursor.at();
        let group = cursor.u16("an evidence's fit group")?;
        if usize::from(group) >= groups {
            let what = format!("an evidence's fit group is index {group}, but there are {groups}");
            return Err(fault(at, what));
        }
        if sizes.last().is_some_and(|b| b.group >= group) {
            return Err(fault(at, "an evidence's fit group is not in ascending order"));
        }
        reserved(cursor, 2)?;
        let purchases = cursor.u32("an evidence's purchases")?;
        let evidence = message(cursor, "an evidence")?;
        sizes.push(GroupEvidence { group, purchases, evidence });
    }
    Ok(sizes)
}
