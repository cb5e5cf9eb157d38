//! `shop.messages`: what each purchase told the model.

use super::{CustomerKey, belongs, message, reserved, write_message};
use crate::Error;
use crate::format::envelope::{self, Kind, PREAMBLE, Preamble};
use crate::format::{bytes::Cursor, checksum, fault};
use crate::math::Gaussian;
use crate::outcome::Outcome;

/// Length of the head before its checksum.
const HEAD: usize = PREAMBLE + 8;
/// Length of an event record.
const RECORD: usize = 176;

/// Messages of a purchase: one a latent.
const MESSAGES: usize = 9;

/// One purchase, and what it told each latent it bears on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventRecord {
    /// [`super::customer_key`] of the customer.
    pub customer: CustomerKey,
    /// [`crate::model::article_key`] of the article.
    pub article: u64,
    /// The size bought: index into the labels of the article's scale.
    pub label: u16,
    /// What became of it.
    pub outcome: Outcome,
    /// Day of the order, counted from 1970-01-01.
    pub day: i32,
    /// The purchase's messages to u, h, p, l, w, b, s, r and d (size, fussiness, preference, length, the customer's returning, offset, spread,
    /// deviation, the article's returning), those of its factors summed; precisions may be negative.
    pub messages: [Gaussian; MESSAGES],
}

impl EventRecord {
    /// A total order, so that equal sets of events give equal bytes.
    fn order(&self) -> impl Ord {
        let bits = self.messages.map(|g| (g.precision.to_bits(), g.precision_mean.to_bits()));
        (self.place(), code(self.outcome), bits)
    }

    /// The part of the order that a reader holds a file to.
    fn place(&self) -> impl Ord + use<> {
        (self.customer, self.day, self.article, self.label)
    }
}

/// Writes a messages file; `model` is the [`head_checksum`](crate::format::head_checksum) of the public file it belongs to. The events may be in any
/// order: the bytes do not depend on it.
///
/// # Errors
/// [`Error::Format`] if a message is not finite, or there are more than `u32::MAX` events.
pub fn write_messages(model: u64, events: &[EventRecord]) -> Result<Vec<u8>, Error> {
    let preamble = Preamble { a: 0, b: 0, c: envelope::count(events.len(), "events")?, length: 0 };
    let mut order: Vec<&EventRecord> = events.iter().collect();
    order.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut out = envelope::begin(Kind::Messages, preamble);
    let length = HEAD + 8 + RECORD * events.len() + 8;
    out.reserve_exact(length - out.len());
    envelope::set_length(&mut out, length);
    out.extend(model.to_le_bytes());
    out.extend(checksum(&out).to_le_bytes());
    for event in order {
        let at = out.len();
        out.extend(event.customer);
        out.extend(event.article.to_le_bytes());
        out.extend(event.day.to_le_bytes());
        out.extend(event.label.to_le_bytes());
        out.extend([code(event.outcome), 0]);
        for &g in &event.messages {
            if !(g.precision.is_finite() && g.precision_mean.is_finite()) {
                return Err(fault(out.len(), format!("a message of the event at byte {at} is not finite")));
            }
            write_message(g, &mut out);
        }
    }
    out.extend(checksum(&out[HEAD + 8..]).to_le_bytes());
    Ok(out)
}

/// Reads a messages file that belongs to the model with this [`head_checksum`](crate::format::head_checksum): its events, sorted by customer, day,
/// article and label.
///
/// # Errors
/// [`Error::Format`] with the first offset at fault: for any bytes that break the specification, and for another model's file.
pub fn read_messages(bytes: &[u8], model: u64) -> Result<Vec<EventRecord>, Error> {
    let Preamble { a, b, c, length } = envelope::open(bytes, Kind::Messages)?;
    envelope::whole(bytes, length)?;
    if let Some((at, _)) = [(12, a), (16, b)].into_iter().find(|&(_, field)| field != 0) {
        return Err(fault(at, "a reserved field is not 0"));
    }
    let needed = (HEAD + 16) as u64 + u64::from(c) * RECORD as u64;
    if needed != bytes.len() as u64 {
        return Err(fault(20, format!("{c} events need {needed} bytes in all")));
    }
    envelope::verify(bytes, 0, HEAD, "head")?;
    belongs(&mut Cursor::new(bytes, PREAMBLE, HEAD), model)?;
    envelope::verify(bytes, HEAD + 8, bytes.len() - 8, "events' part")?;
    let mut cursor = Cursor::new(bytes, HEAD + 8, bytes.len() - 8);
    let mut events: Vec<EventRecord> = Vec::with_capacity(c as usize);
    for _ in 0..c {
        let at = cursor.at();
        let event = read_event(&mut cursor)?;
        if events.last().is_some_and(|before| before.place() > event.place()) {
            return Err(fault(at, "an event is not in the order of customer, day, article and label"));
        }
        events.push(event);
    }
    Ok(events)
}

fn read_event(cursor: &mut Cursor<'_>) -> Result<EventRecord, Error> {
    let customer = cursor.array("an event's customer")?;
    let article = cursor.u64("an event's article")?;
    let day = i32::from_le_bytes(cursor.array("an event's day")?);
    let label = cursor.u16("an event's label")?;
    let at = cursor.at();
    let outcome = cursor.u8("an event's outcome")?;
    let outcome = Outcome::ALL
        .into_iter()
        .find(|&o| code(o) == outcome)
        .ok_or_else(|| fault(at, format!("{outcome} stands for no outcome of version 1")))?;
    reserved(cursor, 1)?;
    let mut messages = [Gaussian::FLAT; MESSAGES];
    for g in &mut messages {
        *g = message(cursor, "a message")?;
    }
    Ok(EventRecord { customer, article, label, outcome, day, messages })
}

/// The number that stands for an outcome in a file; never changes.
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
