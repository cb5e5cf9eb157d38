//! `shop.messages`: the messages of each purchase to its latents.

use super::fields::{check_model, finite, message, reserved, write_message};
use super::key::CustomerKey;
use crate::Error;
use crate::format::bytes::Cursor;
use crate::format::envelope::{self, FileType, PREAMBLE, Preamble};
use crate::format::fault::{RunningChecksum, checksum, fault};
use crate::math::Gaussian;
use crate::model::{ChoiceVariances, MAX_GROUPS, PurchaseMessages, PurchaseRecord};
use crate::outcome::Outcome;

/// Length of the head before the groups' variances.
const FIXED: usize = PREAMBLE + 8;
/// Length of a group's variances.
const VARIANCES: usize = 16;
/// Length of an event record.
const RECORD: usize = 200;
/// Length of an event's message to the popularity of one size on offer.
const OFFERED: usize = 8;

/// One purchase as the file has it: the customer by their [`super::customer_key`].
pub type EventRecord = PurchaseRecord<CustomerKey>;

/// The content of a messages file.
#[derive(Clone, Debug, PartialEq)]
pub struct Messages<Customer = CustomerKey> {
    /// For each fit group the prior variances that the public file does not have. With them and the
    /// messages, beliefs can be computed again without some of the purchases.
    pub variances: Vec<ChoiceVariances>,
    /// As read: sorted by customer, day, article and label.
    pub events: Vec<PurchaseRecord<Customer>>,
}

/// A total order, so that the bytes depend only on the set of events.
fn order<C>(event: &PurchaseRecord<C>) -> impl Ord + use<C> {
    let bits =
        event.messages.to_array().map(|g| (g.precision.to_bits(), g.precision_mean.to_bits()));
    let popularity: Vec<_> = event.popularity.iter().map(|x| x.map(f32::to_bits)).collect();
    (code(event.outcome), bits, popularity)
}

/// The part of the order that readers check.
fn place<C>(customer: CustomerKey, event: &PurchaseRecord<C>) -> (CustomerKey, i32, u64, u16) {
    (customer, event.day, event.article, event.label)
}

/// Writes a messages file. `model` is the [`head_checksum`](crate::format::head_checksum) of the
/// public file that it belongs to, `key` returns a customer's key. The order of the events does not
/// affect the bytes.
///
/// # Errors
/// [`Error::Format`] if a message is not finite, a variance not above 0, or there are more than
/// `u32::MAX` events or sizes on offer to them.
pub fn write_messages<C>(
    model: u64,
    messages: &Messages<C>,
    key: impl Fn(&C) -> CustomerKey,
) -> Result<Vec<u8>, Error> {
    let events = &messages.events;
    let head = MessagesHead {
        model,
        variances: &messages.variances,
        events: events.len(),
        offered: events.iter().map(|e| e.popularity.len()).sum(),
    };
    let mut sorted: Vec<&PurchaseRecord<C>> = events.iter().collect();
    sort_events(&mut sorted, |event| key(&event.customer));
    let (mut writer, mut out) = MessagesWriter::new(&head)?;
    let (mut offers, mut own) = (Vec::new(), Vec::new());
    for event in sorted {
        out.extend(writer.event(&key(&event.customer), event, &mut own)?);
        offers.extend_from_slice(&own);
    }
    writer.offers(&offers);
    out.extend(offers);
    out.extend(writer.end()?);
    Ok(out)
}

/// Sorts events as a messages file has them.
pub fn sort_events<C>(
    events: &mut [&PurchaseRecord<C>],
    key: impl Fn(&PurchaseRecord<C>) -> CustomerKey,
) {
    let place_of = |event: &PurchaseRecord<C>| place(key(event), event);
    // Keys of the whole order are large: they are made only where two events have one place.
    events.sort_by(|a, b| place_of(a).cmp(&place_of(b)).then_with(|| order(a).cmp(&order(b))));
}

/// What the head of a messages file tells.
#[derive(Clone, Copy, Debug)]
pub struct MessagesHead<'h> {
    /// The [`head_checksum`](crate::format::head_checksum) of the public file.
    pub model: u64,
    /// For each fit group the prior variances that the public file does not have.
    pub variances: &'h [ChoiceVariances],
    /// Number of events.
    pub events: usize,
    /// Number of sizes on offer, summed over the events.
    pub offered: usize,
}

/// Writes a messages file piece by piece, so that it never has to be in memory: its head, each
/// event in the order of [`sort_events`], the popularities of all events in the same order, the
/// end.
#[derive(Debug)]
pub struct MessagesWriter {
    /// Events, and bytes of sizes on offer, that are still to come.
    events_left: usize,
    offers_left: usize,
    /// Offset of the popularities.
    offers_at: u64,
    before: Option<(CustomerKey, i32, u64, u16)>,
    first: u32,
    checksum: RunningChecksum,
    piece: Vec<u8>,
}

impl MessagesWriter {
    /// The writer, and the first bytes of the file.
    ///
    /// # Errors
    /// [`Error::Format`] if a variance is not above 0, or there are more than `u32::MAX` events or
    /// sizes on offer to them.
    pub fn new(head: &MessagesHead<'_>) -> Result<(Self, Vec<u8>), Error> {
        let &MessagesHead { model, variances, events, offered } = head;
        let length = FIXED + VARIANCES * variances.len() + 8;
        let preamble = Preamble {
            a: envelope::count(offered, "sizes on offer")?,
            b: envelope::count(variances.len(), "fit groups")?,
            c: envelope::count(events, "events")?,
            length: (length + RECORD * events + OFFERED * offered + 8) as u64,
        };
        let mut out = envelope::begin(FileType::Messages, preamble);
        out.extend(model.to_le_bytes());
        for variances in variances {
            for variance in [variances.choice_offset, variances.popularity] {
                if !(variance.is_finite() && variance > 0.0) {
                    let what = format!("a variance must be above 0; it is {variance}");
                    return Err(fault(out.len(), what));
                }
                out.extend(variance.to_le_bytes());
            }
        }
        out.extend(checksum(&out).to_le_bytes());
        let writer = Self {
            events_left: events,
            offers_left: OFFERED * offered,
            offers_at: (length + RECORD * events) as u64,
            before: None,
            first: 0,
            checksum: RunningChecksum::default(),
            piece: Vec::new(),
        };
        Ok((writer, out))
    }

    /// The bytes of the next event, of the customer with this key. Replaces the content of `offers`
    /// by those of its popularities, which follow after all events.
    ///
    /// # Errors
    /// [`Error::Format`] if the event comes before the last one in the order of the file, or a
    /// message is not finite.
    pub fn event<C>(
        &mut self,
        key: &CustomerKey,
        event: &PurchaseRecord<C>,
        offers: &mut Vec<u8>,
    ) -> Result<&[u8], Error> {
        let place = place(*key, event);
        if self.before.replace(place).is_some_and(|before| before > place) {
            return Err(fault(
                0,
                "an event is not in the order of customer, day, article and label",
            ));
        }
        check_finite(event)?;
        let sizes = event.popularity.len();
        let sizes = u16::try_from(sizes)
            .map_err(|_| fault(0, format!("{sizes} sizes on offer are too many")))?;
        let out = &mut self.piece;
        out.clear();
        out.extend(key);
        out.extend(event.article.to_le_bytes());
        out.extend(event.day.to_le_bytes());
        out.extend(event.label.to_le_bytes());
        out.extend([code(event.outcome), 0]);
        event.messages.to_array().into_iter().for_each(|g| write_message(g, out));
        out.extend(self.first.to_le_bytes());
        out.extend(sizes.to_le_bytes());
        out.extend([0; 2]);
        offers.clear();
        offers.extend(offer_bytes(event));
        self.first = self
            .first
            .checked_add(sizes.into())
            .ok_or_else(|| fault(0, "there are too many sizes on offer"))?;
        self.events_left = self.events_left.wrapping_sub(1);
        self.checksum.add(&self.piece);
        Ok(&self.piece)
    }

    /// Offset of the popularities in the file.
    #[must_use]
    pub fn offers_at(&self) -> u64 {
        self.offers_at
    }

    /// Notes that these bytes of popularities come next in the file, after all events.
    pub fn offers(&mut self, bytes: &[u8]) {
        self.offers_left = self.offers_left.wrapping_sub(bytes.len());
        self.checksum.add(bytes);
    }

    /// The last bytes of the file.
    ///
    /// # Errors
    /// [`Error::Format`] if the head tells of more or fewer events or sizes.
    pub fn end(self) -> Result<[u8; 8], Error> {
        if (self.events_left, self.offers_left) != (0, 0) {
            return Err(fault(20, "the head tells of other numbers of events and sizes"));
        }
        Ok(self.checksum.get().to_le_bytes())
    }
}

/// Checks what a reader would refuse: all else in an event is right by its type.
fn check_finite<C>(event: &PurchaseRecord<C>) -> Result<(), Error> {
    let finite = |g: Gaussian| g.precision.is_finite() && g.precision_mean.is_finite();
    if !event.messages.to_array().into_iter().all(finite) {
        return Err(fault(0, "a message is not finite"));
    }
    if !event.popularity.as_flattened().iter().all(|x| x.is_finite()) {
        return Err(fault(0, "a message to a popularity is not finite"));
    }
    Ok(())
}

/// The bytes of an event's messages to the popularities of the sizes on offer.
fn offer_bytes<C>(event: &PurchaseRecord<C>) -> impl Iterator<Item = u8> + '_ {
    event.popularity.as_flattened().iter().flat_map(|x| x.to_le_bytes())
}

/// Reads a messages file that belongs to the model with this
/// [`head_checksum`](crate::format::head_checksum).
///
/// # Errors
/// [`Error::Format`] with the offset of the first fault: for any bytes that violate the
/// specification, and for another model's file.
pub fn read_messages(bytes: &[u8], model: u64) -> Result<Messages, Error> {
    let mut events = Vec::new();
    let variances = scan_messages(bytes, model, &mut |event, left| {
        if events.is_empty() {
            events.reserve_exact(1 + left);
        }
        events.push(event);
    })?;
    Ok(Messages { variances, events })
}

/// Reads a messages file like [`read_messages`], but gives `each` event away instead of keeping it.
///
/// # Errors
/// As of [`read_messages`]. `each` may have received events before a fault was found.
pub fn visit_messages(
    bytes: &[u8],
    model: u64,
    each: &mut dyn FnMut(EventRecord),
) -> Result<(), Error> {
    scan_messages(bytes, model, &mut |event, _| each(event)).map(drop)
}

/// Checks a messages file and gives `each` of its events, with the number of events after it.
/// Returns the variances.
fn scan_messages(
    bytes: &[u8],
    model: u64,
    each: &mut dyn FnMut(EventRecord, usize),
) -> Result<Vec<ChoiceVariances>, Error> {
    let Preamble { a, b, c, length } = envelope::open(bytes, FileType::Messages)?;
    envelope::check_length(bytes, length)?;
    let (offered, groups) = (a, b as usize);
    if groups > MAX_GROUPS {
        return Err(fault(16, format!("{b} fit groups; at most {MAX_GROUPS} are allowed")));
    }
    let variances_end = FIXED + VARIANCES * groups;
    let head = variances_end + 8;
    // Products of a u32 and a small number cannot overflow a u64.
    let records = u64::from(c) * RECORD as u64;
    let needed = head as u64 + records + u64::from(offered) * OFFERED as u64 + 8;
    if needed != bytes.len() as u64 {
        return Err(fault(
            20,
            format!("{c} events with {offered} sizes on offer need {needed} bytes in total"),
        ));
    }
    envelope::verify(bytes, 0, variances_end, "head")?;
    let mut cursor = Cursor::new(bytes, PREAMBLE, variances_end);
    check_model(&mut cursor, model)?;
    let variances = (0..groups)
        .map(|_| {
            let (choice_offset, popularity) = (variance(&mut cursor)?, variance(&mut cursor)?);
            Ok(ChoiceVariances { choice_offset, popularity })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    envelope::verify(bytes, head, bytes.len() - 8, "events' part")?;
    let pool = head + records as usize;
    let mut cursor = Cursor::new(bytes, head, pool);
    let mut offers = Cursor::new(bytes, pool, bytes.len() - 8);
    let mut before = None;
    let mut first = 0_u32;
    for left in (0..c as usize).rev() {
        let at = cursor.at();
        let event = read_event(&mut cursor, &mut offers, &mut first)?;
        let place = place(event.customer, &event);
        if before.as_ref().is_some_and(|before| *before > place) {
            return Err(fault(
                at,
                "an event is not in the order of customer, day, article and label",
            ));
        }
        before = Some(place);
        each(event, left);
    }
    match offers.left() {
        0 => Ok(variances),
        left => {
            Err(fault(offers.at(), format!("{left} bytes of sizes on offer belong to no event")))
        }
    }
}

fn variance(cursor: &mut Cursor<'_>) -> Result<f64, Error> {
    let at = cursor.at();
    let x = finite(cursor, "a variance")?;
    if x > 0.0 { Ok(x) } else { Err(fault(at, format!("a variance must be above 0; it is {x}"))) }
}

fn read_event(
    cursor: &mut Cursor<'_>,
    offers: &mut Cursor<'_>,
    first: &mut u32,
) -> Result<EventRecord, Error> {
    let customer = cursor.array("an event's customer")?;
    let article = cursor.u64("an event's article")?;
    let day = i32::from_le_bytes(cursor.array("an event's day")?);
    let label = cursor.u16("an event's label")?;
    let at = cursor.at();
    let outcome = cursor.u8("an event's outcome")?;
    let outcome = Outcome::ALL.into_iter().find(|&o| code(o) == outcome).ok_or_else(|| {
        fault(at, format!("{outcome} is not the code of an outcome of version 3"))
    })?;
    reserved(cursor, 1)?;
    let mut messages = [Gaussian::FLAT; PurchaseMessages::COUNT];
    for g in &mut messages {
        *g = message(cursor, "a message")?;
    }
    let messages = PurchaseMessages::from_array(messages);
    let at = cursor.at();
    if cursor.u32("a first size on offer")? != *first {
        return Err(fault(at, format!("a first size on offer must be {first}")));
    }
    let at = cursor.at();
    let count = cursor.u16("a number of sizes on offer")?;
    if usize::from(count) * OFFERED > offers.left() {
        return Err(fault(at, format!("{count} sizes on offer are too many")));
    }
    reserved(cursor, 2)?;
    *first += u32::from(count);
    let popularity =
        (0..count).map(|_| Ok([single(offers)?, single(offers)?])).collect::<Result<_, Error>>()?;
    Ok(EventRecord { customer, article, label, outcome, day, messages, popularity })
}

/// A finite number in single precision.
fn single(cursor: &mut Cursor<'_>) -> Result<f32, Error> {
    let at = cursor.at();
    let x = f32::from_le_bytes(cursor.array("a message to a popularity")?);
    if x.is_finite() { Ok(x) } else { Err(fault(at, "a message to a popularity is not finite")) }
}

/// The code of an outcome in a file; must never change.
fn code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Kept => 0,
        Outcome::TooSmall => 1,
        Outcome::TooLarge => 2,
        Outcome::OtherReason => 3,
        Outcome::UnknownReason => 4,
        Outcome::SizeReason => 5,
        Outcome::Pending => 6,
    }
}
