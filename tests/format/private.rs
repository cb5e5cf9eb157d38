//! Tests of the private files: round trips, look-up and refusals.

use crate::random::Random;
use crate::surgery::refused;
use inseam::Error;
use inseam::format::private::{
    CustomerEntry, EventRecord, Messages, customer_key, read_articles, read_customers,
    read_messages, visit_messages, write_articles, write_customers, write_messages,
};
use inseam::math::Gaussian;
use inseam::model::{ChoiceVariances, CustomerBelief, GroupEvidence, PurchaseMessages};
use inseam::outcome::Outcome;
use xxhash_rust::xxh64::xxh64;

const MODEL: u64 = 0x1122_3344_5566_7788;
const SECRET: [u8; 16] = *b"a secret of ours";
const PIPELINE: &str = r#"{"customer_id":"user_id"}"#;

fn message(r: &mut Random) -> Gaussian {
    Gaussian { precision: r.between(-1.0, 9.0), precision_mean: r.between(-9.0, 9.0) }
}

/// A message that the file of messages can store exactly.
fn single(r: &mut Random) -> Gaussian {
    let Gaussian { precision, precision_mean } = message(r);
    let rounded = |x: f64| f64::from(x as f32);
    Gaussian { precision: rounded(precision), precision_mean: rounded(precision_mean) }
}

fn customers(count: usize) -> Vec<CustomerEntry> {
    let mut r = Random::new(5);
    (0..count)
        .map(|i| {
            let groups = (0..3).filter(|_| r.below(2) == 0).collect::<Vec<u16>>();
            let sizes = groups
                .into_iter()
                .map(|group| GroupEvidence {
                    group,
                    purchases: r.below(40) as u32,
                    evidence: message(&mut r),
                })
                .collect();
            let belief = CustomerBelief {
                prior: (0..3).map(|_| r.between(-4.0, 4.0)).collect(),
                widening: r.between(1.0, 3.0),
                trait_priors: std::array::from_fn(|_| r.between(-1.0, 1.0)),
                traits: std::array::from_fn(|_| message(&mut r)),
                sizes,
            };
            CustomerEntry { key: customer_key(&SECRET, &format!("customer {i}")), belief }
        })
        .collect()
}

fn events(count: usize) -> Messages {
    let mut r = Random::new(6);
    let events = (0..count)
        .map(|_| EventRecord {
            customer: customer_key(&SECRET, &format!("customer {}", r.below(4))),
            article: r.below(3) as u64,
            label: r.below(3) as u16,
            outcome: Outcome::ALL[r.below(7)],
            day: r.below(3) as i32 - 1,
            messages: PurchaseMessages::from_array(std::array::from_fn(|_| single(&mut r))),
            // Multiples of 1/1024 below 2 are exact in 16 bits.
            popularity: (0..r.below(4))
                .map(|_| [r.below(256) as f32 / 1024.0, r.below(2048) as f32 / 1024.0 - 1.0])
                .collect(),
        })
        .collect();
    let variances = [(0.02, 0.1), (0.03, 0.2)]
        .map(|(choice_offset, popularity)| ChoiceVariances { choice_offset, popularity });
    Messages { variances: variances.to_vec(), events }
}

fn written(messages: &Messages) -> Result<Vec<u8>, Error> {
    write_messages(MODEL, messages, |key| *key)
}

#[test]
fn customers_come_back_bit_by_bit() {
    for count in [0, 1, 2, 500] {
        let entries = customers(count);
        let bytes = write_customers(MODEL, PIPELINE, &entries).unwrap();
        let mut reversed = entries.clone();
        reversed.reverse();
        assert_eq!(write_customers(MODEL, PIPELINE, &reversed).unwrap(), bytes);
        let back = read_customers(&bytes, MODEL).unwrap();
        assert_eq!((back.entries().len(), back.pipeline.as_str()), (count, PIPELINE));
        for entry in &entries {
            assert_eq!(back.get(&entry.key), Some(&entry.belief));
        }
        assert_eq!(back.get(&customer_key(&SECRET, "nobody")), None);
        assert_eq!(back.get(&customer_key(&[0; 16], "customer 0")), None);
        assert_eq!(write_customers(MODEL, PIPELINE, back.entries()).unwrap(), bytes);
    }
}

#[test]
fn events_come_back_sorted() {
    for count in [0, 1, 300] {
        let records = events(count);
        let bytes = written(&records).unwrap();
        let mut reversed = records.clone();
        reversed.events.reverse();
        assert_eq!(written(&reversed).unwrap(), bytes);
        let back = read_messages(&bytes, MODEL).unwrap();
        assert_eq!((back.events.len(), &back.variances), (count, &records.variances));
        assert!(back.events.iter().all(|e| records.events.contains(e)));
        assert!(back.events.is_sorted_by_key(|e| (e.customer, e.day, e.article, e.label)));
        assert_eq!(written(&back).unwrap(), bytes);
        let mut visited = Vec::new();
        visit_messages(&bytes, MODEL, &mut |event| visited.push(event)).unwrap();
        assert_eq!(visited, back.events);
        assert!(visit_messages(&bytes, MODEL + 1, &mut |_| ()).is_err());
    }
}

/// A reader of one of the files that returns its number of entries.
type Count = fn(&[u8]) -> Result<usize, Error>;

/// A whole public file, from the fixtures.
fn whole() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/model/fixtures/valid-small.inseam"))
        .unwrap()
}

#[test]
fn articles_come_back_bit_by_bit() {
    let model = inseam::format::read(&whole()).unwrap();
    let bytes = write_articles(MODEL, &model).unwrap();
    assert_eq!(read_articles(&bytes, MODEL).unwrap(), model);
    assert_eq!(&bytes[40..bytes.len() - 8], whole(), "the file contains a public file");
    let other = "the file belongs to the model with head checksum 1122334455667788, not to this one with 0000000000000001";
    refused(read_articles(&bytes, 1).map(|_| ()), 32, other);
    refused(
        read_articles(&whole(), MODEL).map(|_| ()),
        7,
        "this file is a public model; it should be an articles file",
    );
}

#[test]
fn no_damaged_private_file_is_read() {
    let model = inseam::format::read(&whole()).unwrap();
    let files = [
        write_customers(MODEL, PIPELINE, &customers(5)).unwrap(),
        written(&events(5)).unwrap(),
        write_articles(MODEL, &model).unwrap(),
    ];
    let articles = model.articles.len();
    let readers: [Count; 3] = [
        |bytes| read_customers(bytes, MODEL).map(|c| c.entries().len()),
        |bytes| read_messages(bytes, MODEL).map(|m| m.events.len()),
        |bytes| read_articles(bytes, MODEL).map(|m| m.articles.len()),
    ];
    for ((mut bytes, read), count) in files.into_iter().zip(readers).zip([5, 5, articles]) {
        assert_eq!(read(&bytes), Ok(count));
        for length in 0..bytes.len() {
            assert!(matches!(read(&bytes[..length]), Err(Error::Format { .. })), "cut to {length}");
        }
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(matches!(read(&bytes), Err(Error::Format { .. })), "bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        bytes[8] = 4;
        refused(read(&bytes), 8, "written in version 4 of the format; this reads 3");
    }
}

/// Overwrites bytes of a private file whose head ends at `head`, and corrects its checksums.
fn patched(bytes: &[u8], head: usize, at: usize, with: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out[at..at + with.len()].copy_from_slice(with);
    let sum = xxh64(&out[..head - 8], 0);
    out[head - 8..head].copy_from_slice(&sum.to_le_bytes());
    let end = out.len() - 8;
    let sum = xxh64(&out[head..end], 0);
    out[end..].copy_from_slice(&sum.to_le_bytes());
    out
}

#[test]
fn every_rule_of_the_customers_file() {
    let mut entries = customers(3);
    for entry in &mut entries {
        let evidence = entry.belief.traits[0];
        entry.belief.sizes =
            [0, 2].map(|group| GroupEvidence { group, purchases: 4, evidence }).to_vec();
    }
    let bytes = write_customers(MODEL, PIPELINE, &entries).unwrap();
    let head = 48 + PIPELINE.len() + 8;
    // Without and with its two evidence records.
    let fixed = 124 + 3 * 8;
    let record = fixed + 2 * 24;
    let fault = |at: usize, with: &[u8], place: usize, what: &str| {
        refused(read_customers(&patched(&bytes, head, at, with), MODEL), place, what);
    };
    let other = "the file belongs to the model with head checksum 1122334455667788, not to this one with 0000000000000001";
    refused(read_customers(&bytes, 1), 32, other);
    fault(12, &[0xff; 4], 12, "the pipeline has 4294967295 bytes; at most 65536 are allowed");
    fault(12, &[0, 0, 1, 0], 12, "the pipeline of 65536 bytes exceeds the file");
    fault(16, &[33], 16, "33 fit groups; at most 32 are allowed");
    let needed = head as u64 + 8 + 6 * 24 + u64::from(u32::MAX) * fixed as u64;
    let what = format!("4294967295 customers and 6 evidence records need {needed} bytes in total");
    fault(20, &[0xff; 4], 24, &what);
    fault(44, &[1], 44, "a reserved field is not 0");
    fault(50, &[0xff], 50, "the pipeline is not UTF-8");
    let (first, second) = (head, head + record);
    fault(second, &[0; 16], second, "a customer's key is not in ascending order");
    let nan = f64::NAN.to_le_bytes();
    fault(first + 16, &nan, first + 16, "a prior mean of a trait is not finite");
    fault(first + 40, &nan, first + 40, "a prior mean of a trait is not finite");
    fault(first + 48, &nan, first + 48, "a message to a trait is not finite");
    fault(first + 104, &nan, first + 104, "a message to a trait is not finite");
    fault(first + 112, &nan, first + 112, "a widening is not finite");
    fault(
        first + 112,
        &0.5_f64.to_le_bytes(),
        first + 112,
        "a widening must be at least 1; it is 0.5",
    );
    fault(first + 120, &[4], first + 120, "4 evidence records are too many");
    fault(first + 122, &[1], first + 122, "a reserved field is not 0");
    fault(first + 132, &nan, first + 132, "a prior mean of the size is not finite");
    let last = second + record;
    fault(last + 120, &[3], last + 120, "3 evidence records are too many");
    fault(last + 120, &[1], last + fixed + 24, "24 bytes belong to no customer");
    let pool = first + fixed;
    fault(pool, &[3], pool, "an evidence's fit group is index 3, but there are 3");
    fault(pool + 24, &[0], pool + 24, "an evidence's fit group is not in ascending order");
    fault(pool + 2, &[1], pool + 2, "a reserved field is not 0");
    fault(pool + 8, &nan, pool + 8, "an evidence is not finite");
}

#[test]
fn every_rule_of_the_messages_file() {
    let mut messages = events(9);
    messages.events.iter_mut().for_each(|event| event.popularity = vec![[0.2, 0.5]; 2]);
    let bytes = written(&messages).unwrap();
    // A record without and with its two sizes on offer.
    let (head, fixed) = (80, 116);
    let record = fixed + 2 * 4;
    assert_eq!(bytes.len(), head + 9 * record + 8);
    let fault = |at: usize, with: &[u8], place: usize, what: &str| {
        refused(read_messages(&patched(&bytes, head, at, with), MODEL), place, what);
    };
    let other = "the file belongs to the model with head checksum 1122334455667788, not to this one with 0000000000000001";
    refused(read_messages(&bytes, 1), 32, other);
    let needed = |events: u64, offered: u64| {
        let needed = (head + 8) as u64 + fixed as u64 * events + 4 * offered;
        format!("{events} events with {offered} sizes on offer need {needed} bytes in total")
    };
    fault(12, &[0xff; 4], 20, &needed(9, u64::from(u32::MAX)));
    fault(16, &[33], 16, "33 fit groups; at most 32 are allowed");
    fault(20, &[0xff; 4], 20, &needed(u64::from(u32::MAX), 18));
    fault(40, &f64::NAN.to_le_bytes(), 40, "a variance is not finite");
    fault(64, &0.0_f64.to_le_bytes(), 64, "a variance must be above 0; it is 0");
    fault(head + 30, &[7], head + 30, "7 is not the code of an outcome of version 3");
    fault(head + 31, &[1], head + 31, "a reserved field is not 0");
    for at in [head + 36, head + 40, head + 80, head + 112] {
        fault(at, &f32::INFINITY.to_le_bytes(), at, "a message is not finite");
    }
    let second = head + record;
    fault(
        second,
        &[0; 16],
        second,
        "an event is not in the order of customer, day, article and label",
    );
    fault(head + 34, &[1], head + 34, "a reserved field is not 0");
    let last = head + 8 * record;
    fault(last + 32, &[3], last + 32, "3 sizes on offer are too many");
    fault(last + 32, &[1], last + fixed + 4, "4 bytes belong to no event");
    for bits in [0x7c00_u16, 0xfc00, 0x7e01] {
        let at = head + fixed + 2;
        fault(at, &bits.to_le_bytes(), at, "a message to a popularity is not finite");
    }
}

#[test]
fn messages_are_rounded_to_the_nearest_numbers_of_the_file() {
    let mut messages = events(40);
    let mut r = Random::new(8);
    for event in &mut messages.events {
        event.messages = PurchaseMessages::from_array(std::array::from_fn(|_| message(&mut r)));
        event.popularity = vec![[r.between(0.0, 0.25) as f32, r.between(-1.0, 1.0) as f32]];
    }
    let bytes = written(&messages).unwrap();
    let back = read_messages(&bytes, MODEL).unwrap();
    assert_eq!(written(&back).unwrap(), bytes, "what is read is written as it is");
    let mut left = messages.events;
    for read in &back.events {
        let near = |a: f64, b: f64, parts: f64| (a - b).abs() <= a.abs() / parts;
        let single = |a, b| near(a, b, f64::from(1 << 24));
        let same = |event: &EventRecord| {
            let pairs = event.messages.to_array().into_iter().zip(read.messages.to_array());
            let [written, read] = [event, read].map(|e| e.popularity.as_flattened());
            let mut popularity = written.iter().zip(read);
            pairs.into_iter().all(|(a, b)| {
                single(a.precision, b.precision) && single(a.precision_mean, b.precision_mean)
            }) && popularity.all(|(&a, &b)| near(a.into(), b.into(), 2048.0))
        };
        let at = left.iter().position(same).expect("an event that was written");
        left.swap_remove(at);
    }
    assert_eq!(left.len(), 0);
}

#[test]
fn what_breaks_the_rules_is_not_written() {
    let words = |result: Result<Vec<u8>, Error>| result.unwrap_err().to_string();
    let mut twice = customers(2);
    twice[1].key = twice[0].key;
    assert!(
        words(write_customers(MODEL, "", &twice))
            .contains("a customer's key is not in ascending order")
    );
    let mut uneven = customers(2);
    uneven[1].belief.prior.pop();
    assert!(words(write_customers(MODEL, "", &uneven)).contains("prior means, the first one"));
    let mut infinite = customers(2);
    infinite[0].belief.traits[1].precision = f64::INFINITY;
    assert!(
        words(write_customers(MODEL, "", &infinite)).contains("a message to a trait is not finite")
    );
    let mut narrow = customers(2);
    narrow[1].belief.widening = 0.999;
    assert!(
        words(write_customers(MODEL, "", &narrow))
            .contains("a widening must be at least 1; it is 0.999")
    );
    let long = "x".repeat(65537);
    assert!(words(write_customers(MODEL, &long, &[])).contains("at most 65536 are allowed"));
    let mut event = events(1);
    event.events[0].messages.spread.precision_mean = f64::NAN;
    assert!(words(written(&event)).contains("is not finite"));
    event.events[0].messages.spread.precision_mean = 1e39;
    assert!(words(written(&event)).contains("is not finite"), "it is not finite in the file");
}

/// Time is for people to look at (`--nocapture`); that it is the same customers is what is tested.
#[test]
fn a_hundred_thousand_customers() {
    let entries = customers(100_000);
    let bytes = write_customers(MODEL, PIPELINE, &entries).unwrap();
    let start = std::time::Instant::now();
    let back = read_customers(&bytes, MODEL).unwrap();
    println!("100,000 customers in {} bytes, read in {:?}", bytes.len(), start.elapsed());
    assert!(entries.iter().step_by(331).all(|e| back.get(&e.key) == Some(&e.belief)));
}
