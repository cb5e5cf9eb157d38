//! The figures of an evaluation, for people and for machines.

mod page;
mod purchases;
mod sizes;

use crate::ablation::Without;
use crate::baseline::Baselines;
use crate::cases::Case;
use crate::purchases::Measured;
use inseam_io::failure::Failure;
use purchases::PurchaseFigures;
use serde::Serialize;
use sizes::SizeFigures;
use std::fmt::Write;

/// How it was measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Way {
    /// On a table that training has not seen.
    Test,
    /// On what came after a day.
    After { day: String, gap_days: u16, between: usize },
    /// On each customer's last kept purchase.
    LastKept { folds: u16 },
    /// On each customer's first purchase, without any history.
    NewCustomers { folds: u16 },
}

impl Way {
    /// In a few words.
    fn title(&self) -> String {
        match self {
            Self::Test => "Purchases kept apart for testing".into(),
            Self::After { day, .. } => format!("Purchases from {day} on"),
            Self::LastKept { .. } => "The size each customer kept last".into(),
            Self::NewCustomers { .. } => "The first purchase of new customers".into(),
        }
    }

    /// What was done, in a sentence or two.
    fn explained(&self) -> String {
        match self {
            Self::Test => {
                "The model has not seen these purchases; of their customers it knows what the training history has."
                    .into()
            }
            Self::After { day, gap_days, between } => format!(
                "Trained on the purchases more than {gap_days} days before {day}, measured on those from then on. \
                 The {between} between are not used: on that day it was not known yet which of them would come back."
            ),
            Self::LastKept { folds } => format!(
                "Each customer's last kept purchase, of customers with two or more, advised from their strictly \
                 earlier purchases. The model was trained {folds} times, each time without the purchases it then had to advise on."
            ),
            Self::NewCustomers { folds } => format!(
                "Each customer's first purchase, if it was kept, advised from measurements alone. \
                 The model was trained {folds} times, each time without any purchase of the customers it then had to advise."
            ),
        }
    }
}

/// Everything `inseam evaluate` says.
#[derive(Debug, Serialize)]
pub struct Report {
    #[serde(flatten)]
    way: Way,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Figures {
    Purchases(Box<PurchaseFigures>),
    Sizes(Box<SizeFigures>),
}

impl Report {
    /// Of purchases, with what became of them.
    pub fn of_purchases(
        way: Way,
        rows: &[Measured],
        baselines: &Baselines<'_>,
        ablation: Vec<Without>,
    ) -> Self {
        Self {
            way,
            figures: Figures::Purchases(Box::new(PurchaseFigures::of(rows, baselines, ablation))),
        }
    }

    /// Of sizes kept, out of a history of so many rows.
    pub fn of_sizes(way: Way, cases: &[Case], rows: usize) -> Self {
        let new = matches!(way, Way::NewCustomers { .. });
        Self { way, figures: Figures::Sizes(Box::new(SizeFigures::of(cases, rows, new))) }
    }

    /// As JSON.
    pub fn json(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|e| Failure::new(format!("the report: {e}")))?;
        Ok(text + "\n")
    }

    /// As a page of text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing into memory cannot fail.
        let _ = match &self.figures {
            Figures::Purchases(figures) => figures.write(&mut out),
            Figures::Sizes(figures) => figures.write(&self.way, &mut out),
        };
        out
    }

    /// As a web page that needs nothing but itself; `pipeline` is the name of the pipeline file.
    pub fn html(&self, pipeline: &str) -> String {
        let (title, explained) = (self.way.title(), self.way.explained());
        page::page(pipeline, &title, &explained, |page| match &self.figures {
            Figures::Purchases(figures) => figures.show(page),
            Figures::Sizes(figures) => figures.show(page),
        })
    }
}

/// Lengths of a customer's history.
pub const HISTORY: [(&str, u32, u32); 5] =
    [("0", 0, 0), ("1", 1, 1), ("2-3", 2, 3), ("4-9", 4, 9), ("10+", 10, u32::MAX)];
/// Purchases of an article.
const SUPPORT: [(&str, u32, u32); 4] =
    [("0", 0, 0), ("1-9", 1, 9), ("10-99", 10, 99), ("100+", 100, u32::MAX)];

/// A figure with four digits, or a dash.
fn figure(x: Option<f64>) -> String {
    x.map_or_else(|| "-".to_owned(), |x| format!("{x:.4}"))
}

/// A line of a text report: a name and a column a figure.
fn line(out: &mut String, name: &str, cells: impl IntoIterator<Item = String>) -> std::fmt::Result {
    write!(out, "  {name:<28}")?;
    for cell in cells {
        write!(out, "{cell:>10}")?;
    }
    writeln!(out)
}
