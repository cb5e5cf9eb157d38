//! Writes advice as a reply.

use crate::protocol;
use crate::wire::ReplyWriter;
use inseam::recommend::Advice;

/// Writes, in this order:
///
/// - the status,
/// - the indices of the advised size, of the alternative and of the missed size,
/// - whether the advised size is an acceptable substitute for the missed one,
/// - the expected cost of one size, of both and of none, NaN where there is none,
/// - a list of the reasons, each with its kind and value,
/// - and for every size its label, chances, position, how large it runs, and whether the history
///   supports its chances.
pub(crate) fn write(advice: &Advice<'_>, reply: &mut ReplyWriter) {
    reply.count(protocol::status(advice.status));
    reply.index(advice.size);
    reply.index(advice.alternative);
    reply.index(advice.missed.map(|missed| missed.size));
    reply.count(advice.missed.is_some_and(|missed| missed.substitute_acceptable).into());
    let expected =
        advice.expected.map_or([f64::NAN; 3], |e| [e.one, e.both.unwrap_or(f64::NAN), e.none]);
    expected.into_iter().for_each(|cost| reply.number(cost));
    reply.count(advice.reasons.len());
    for reason in &advice.reasons {
        let (kind, value) = protocol::reason(reason);
        reply.count(kind);
        reply.number(value);
    }
    for size in &advice.sizes {
        reply.text(size.label);
        for number in
            [size.too_small, size.fits, size.too_large, size.chosen, size.position, size.runs]
        {
            reply.number(number);
        }
        reply.count(size.supported.into());
    }
}
