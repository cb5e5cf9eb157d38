//! The report of one evaluation: its protocol and its figures.

use super::kept_sizes::KeptSizeFigures;
use super::page::page;
use super::purchases::PurchaseFigures;
use super::splits::SplitFigures;
use crate::protocols::{KeptSizeResults, Protocol, PurchaseResults, SplitResults};
use serde::Serialize;

/// Everything `inseam evaluate` reports. It serialises as the JSON report.
#[derive(Debug, Serialize)]
pub struct Report {
    #[serde(flatten)]
    protocol: Protocol,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Figures {
    Purchases(Box<PurchaseFigures>),
    KeptSizes(Box<KeptSizeFigures>),
    Splits(Box<SplitFigures>),
}

impl Report {
    /// The report on purchases and their outcomes.
    #[must_use]
    pub fn on_purchases(results: &PurchaseResults) -> Self {
        let figures = Figures::Purchases(Box::new(PurchaseFigures::new(results)));
        Self { protocol: results.protocol.clone(), figures }
    }

    /// The report on the sizes that customers kept.
    #[must_use]
    pub fn on_kept_sizes(results: &KeptSizeResults) -> Self {
        let figures = Figures::KeptSizes(Box::new(KeptSizeFigures::new(results)));
        Self { protocol: results.protocol.clone(), figures }
    }

    /// The report on random splits.
    #[must_use]
    pub fn on_splits(results: &SplitResults) -> Self {
        let figures = Figures::Splits(Box::new(SplitFigures::new(results)));
        Self { protocol: results.protocol.clone(), figures }
    }

    /// The report as text for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing into memory cannot fail.
        let _ = match &self.figures {
            Figures::Purchases(figures) => figures.write_text(&mut out),
            Figures::KeptSizes(figures) => {
                figures.write_text(&explanation(&self.protocol), &mut out)
            }
            Figures::Splits(figures) => figures.write_text(&explanation(&self.protocol), &mut out),
        };
        out
    }

    /// The report as a self-contained web page; `pipeline` is the name of the pipeline file.
    #[must_use]
    pub fn html(&self, pipeline: &str) -> String {
        let (title, explanation) = (title(&self.protocol), explanation(&self.protocol));
        page(pipeline, &title, &explanation, |page| match &self.figures {
            Figures::Purchases(figures) => figures.show(page),
            Figures::KeptSizes(figures) => figures.show(page),
            Figures::Splits(figures) => figures.show(page),
        })
    }
}

/// What was measured, in a few words.
fn title(protocol: &Protocol) -> String {
    match protocol {
        Protocol::Test => "Purchases of a test table".into(),
        Protocol::After { day, .. } => format!("Purchases from {day} on"),
        Protocol::RandomSplits { splits } => format!("Purchases of {splits} random splits"),
        Protocol::LastKept { .. } => "The size each customer kept last".into(),
        Protocol::NewCustomers { .. } => "The first purchase of new customers".into(),
    }
}

/// What training saw and what was measured, in a sentence or two.
fn explanation(protocol: &Protocol) -> String {
    match protocol {
        Protocol::Test => {
            "Training has not seen these purchases. It has seen the training history of their \
             customers."
                .into()
        }
        Protocol::After { day, gap_days, between } => format!(
            "The model was trained on the purchases more than {gap_days} days before {day} and measured on those from \
             that day on. The {between} purchases between are not used: on that day nobody knew yet which of them would \
             come back."
        ),
        Protocol::RandomSplits { splits } => format!(
            "The purchases were split at random {splits} times: the model was trained on about 80 % of them and measured \
             on about 10 %. The protocol of Misra, Wan and McAuley (RecSys 2018); the other 10 % are for choosing \
             settings, of which there are none to choose."
        ),
        Protocol::LastKept { folds, same_day: false } => format!(
            "Each customer's last kept purchase, for customers with two purchases or more, predicted from their \
             purchases of strictly earlier days. The model was trained {folds} times, each time without what the \
             customers it then had to advise bought on that day or later."
        ),
        Protocol::LastKept { folds, same_day: true } => format!(
            "Each customer's last kept purchase, for customers with two purchases or more, predicted from their earlier \
             purchases, those of the same day included: a visit does not know them. The model was trained {folds} times, \
             each time without the purchases it then had to predict."
        ),
        Protocol::NewCustomers { folds } => format!(
            "Each customer's first purchase, if it was kept, predicted from body measurements alone. The model was \
             trained {folds} times, each time without any purchase of the customers it then had to advise."
        ),
    }
}
