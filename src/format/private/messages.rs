//! `shop.messages`: the messages of each purchase to its latents.

use super::fields::{check_model, finite, reserved};
use super::key::CustomerKey;
use crate::Error;
use crate::format::bytes::Cursor;
use crate::format::envelope::{self, FileType, PREAMBLE, Preamble};
use crate::format::fault::{RunningChecksum, checksum, fault};
use crate::math::{Gaussian, binary16};
use crate::model::{ChoiceVariances, MAX_GROUPS, PurchaseMessages, PurchaseRecord};
use crate::outcome::Outcome;

/// Length of the head before the groups' variances.
const FIXED: usize = PREAMBLE + 8;
/// Length of a group's variances.
const VARIANCES: usize = 16;
/// Length of an event record without its sizes on offer.
const RECORD: usize = 116;
/// Length of an event's message to the popularity of one size on offer.
const OFFERED: usize = 4;
/// Numbers of an event's messages: precision, and precision times mean, of each.
const NUMBERS: usize = 2 * PurchaseMessages::COUNT;

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

/// The numbers of an event's messages as the file has them: rounded to single precision.
fn numbers<C>(event: &PurchaseRecord<C>) -> [f32; NUMBERS] {
    let messages = event.messages.to_array().map(|g| [g.precision as f32, g.precision_mean as f32]);
    std::array::from_fn(|i| messages[i / 2][i % 2])
}

/// The bits of the numbers of an event's messages to the popularities of the sizes on offer, as the
/// file has them.
fn offered<C>(event: &PurchaseRecord<C>) -> impl Iterator<Item = u16> + '_ {
    event.popularity.as_flattened().iter().map(|&x| binary16::to_bits(x.into()))
}

/// A total order, so that the bytes depend only on the set of events.
fn order<C>(event: &PurchaseRecord<C>) -> impl Ord + use<C> {
    let popularity: Vec<u16> = offered(event).collect();
    (code(event.outcome), numbers(event).map(f32::to_bits), popularity)
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
    for event in sorted {
        out.extend(writer.event(&key(&event.customer), event)?);
    }
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
/// event in the order of [`sort_events`], the end.
#[derive(Debug)]
pub struct MessagesWriter {
    /// Events, and sizes on offer to them, that are still to come.
    events_left: usize,
    offered_left: usize,
    before: Option<(CustomerKey, i32, u64, u16)>,
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
            offered_left: offered,
            before: None,
            checksum: RunningChecksum::default(),
            piece: Vec::new(),
        };
        Ok((writer, out))
    }

    /// The bytes of the next event, of the customer with this key. Rounds the messages to single
    /// precision and those to popularities to binary16, which is exact for what training returns.
    ///
    /// # Errors
    /// [`Error::Format`] if the event comes before the last one in the order of the file, or a
    /// message is not finite or too large.
    pub fn event<C>(
        &mut self,
        key: &CustomerKey,
        event: &PurchaseRecord<C>,
    ) -> Result<&[u8], Error> {
        let place = place(*key, event);
        if self.before.replace(place).is_some_and(|before| before > place) {
            return Err(fault(
                0,
                "an event is not in the order of customer, day, article and label",
            ));
        }
        let numbers = numbers(event);
        check_finite(&numbers, event)?;
        let sizes = event.popularity.len();
        let count = u16::try_from(sizes)
            .map_err(|_| fault(0, format!("{sizes} sizes on offer are too many")))?;
        let out = &mut self.piece;
        out.clear();
        out.extend(key);
        out.extend(event.article.to_le_bytes());
        out.extend(event.day.to_le_bytes());
        out.extend(event.label.to_le_bytes());
        out.extend([code(event.outcome), 0]);
        out.extend(count.to_le_bytes());
        out.extend([0; 2]);
        out.extend(numbers.iter().flat_map(|x| x.to_le_bytes()));
        out.extend(offered(event).flat_map(u16::to_le_bytes));
        self.events_left = self.events_left.wrapping_sub(1);
        self.offered_left = self.offered_left.wrapping_sub(sizes);
        self.checksum.add(&self.piece);
        Ok(&self.piece)
    }

    /// The last bytes of the file.
    ///
    /// # Errors
    /// [`Error::Format`] if the head tells of more or fewer events or sizes.
    pub fn end(self) -> Result<[u8; 8], Error> {
        if (self.events_left, self.offered_left) != (0, 0) {
            return Err(fault(20, "the head tells of other numbers of events and sizes"));
        }
        Ok(self.checksum.get().to_le_bytes())
    }
}

/// Checks what a reader would refuse: all else in an event is right by its type.
fn check_finite<C>(numbers: &[f32; NUMBERS], event: &PurchaseRecord<C>) -> Result<(), Error> {
    if !numbers.iter().all(|x| x.is_finite()) {
        return Err(fault(0, "a message is not finite"));
    }
    if !event.popularity.as_flattened().iter().all(|x| x.is_finite()) {
        return Err(fault(0, "a message to a popularity is not finite"));
    }
    Ok(())
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
    let mut cursor = Cursor::new(bytes, head, bytes.len() - 8);
    let mut before = None;
    for left in (0..c as usize).rev() {
        let at = cursor.at();
        let event = read_event(&mut cursor)?;
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
    match cursor.left() {
        0 => Ok(variances),
        left => Err(fault(cursor.at(), format!("{left} bytes belong to no event"))),
    }
}

fn variance(cursor: &mut Cursor<'_>) -> Result<f64, Error> {
    let at = cursor.at();
    let x = finite(cursor, "a variance")?;
    if x > 0.0 { Ok(x) } else { Err(fault(at, format!("a variance must be above 0; it is {x}"))) }
}

fn read_event(cursor: &mut Cursor<'_>) -> Result<EventRecord, Error> {
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
    let at = cursor.at();
    let count = cursor.u16("a number of sizes on offer")?;
    reserved(cursor, 2)?;
    let mut messages = [Gaussian::FLAT; PurchaseMessages::COUNT];
    for message in &mut messages {
        let (precision, precision_mean) = (single(cursor)?, single(cursor)?);
        *message = Gaussian { precision, precision_mean };
    }
    let messages = PurchaseMessages::from_array(messages);
    if usize::from(count) * OFFERED > cursor.left() {
        return Err(fault(at, format!("{count} sizes on offer are too many")));
    }
    let popularity =
        (0..count).map(|_| Ok([half(cursor)?, half(cursor)?])).collect::<Result<_, Error>>()?;
    Ok(EventRecord { customer, article, label, outcome, day, messages, popularity })
}

/// A finite number in single precision.
fn single(cursor: &mut Cursor<'_>) -> Result<f64, Error> {
    let at = cursor.at();
    let x = f32::from_le_bytes(cursor.array("a message")?);
    if x.is_finite() { Ok(x.into()) } else { Err(fault(at, "a message is not finite")) }
}

/// A finite number in binary16.
fn half(cursor: &mut Cursor<'_>) -> Result<f32, Error> {
    let at = cursor.at();
    let bits = cursor.u16("a message to a popularity")?;
    if binary16::is_finite(bits) {
        Ok(binary16::from_bits(bits) as f32)
    } else {
        Err(fault(at, "a message to a popularity is not finite"))
    }
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
