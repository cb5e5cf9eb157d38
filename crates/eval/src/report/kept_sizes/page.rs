//! The figures of kept sizes as charts and tables.

use super::super::page::{Cards, Page};
use super::super::text::{figure, percent};
use super::figures::{HitRates, KeptSizeFigures, slice_names};
use inseam_io::progress::count;

impl KeptSizeFigures {
    pub(in crate::report) fn show(&self, page: &mut Page) {
        page.headline(|cards| self.show_headline(cards));
        page.section(
            "Are the probabilities calibrated?",
            "Predicted probability of the likeliest choice against how often it was the kept size, in tenths of the \
             purchases; bars are 95 % intervals.",
            |page| page.reliability("The likeliest choice", "", &self.confidence),
        );
        page.section(
            "Where is it good?",
            "By the number of earlier purchases of the customer.",
            |page| self.show_slices(page),
        );
    }

    fn show_headline(&self, cards: &mut Cards<'_>) {
        let baselines = |share: fn(&HitRates) -> f64| {
            let named = |name: &str, hits: &Option<HitRates>| {
                hits.as_ref()
                    .map_or_else(String::new, |h| format!("{name} {}, ", percent(share(h))))
            };
            let customer = named("customer's usual size", &self.customer_mode);
            let group = named("kept in the fit group", &self.customer_group_mode);
            format!("{customer}{group}article's {}", percent(share(&self.article_mode)))
        };
        cards.card(
            "The kept size is the likeliest choice",
            percent(self.choice.hit),
            baselines(|h| h.hit),
        );
        cards.card("... or the second", percent(self.choice.hit2), baselines(|h| h.hit2));
        let next = format!("or the next best {}", percent(self.advised.hit2));
        cards.card("The kept size is the advised one", percent(self.advised.hit), next);
        let article = format!("article's sales {}", figure(self.article_log_loss));
        cards.card("Log loss of the choice", figure(self.log_loss), article);
        let sizes = format!(
            "{:.1} sizes to choose from, the kept one among them in {}",
            self.candidates,
            percent(self.truth_among)
        );
        cards.card("Purchases", count(self.cases as u64), sizes);
    }

    fn show_slices(&self, page: &mut Page) {
        let names: Vec<&str> = slice_names().collect();
        if self.customer_mode.is_some() {
            let rankings = self.rankings().into_iter();
            let series: Vec<(&str, Vec<Option<f64>>)> =
                rankings.map(|(name, hits)| (name, hits.by_slice())).collect();
            page.by_slice("The kept size ranks first", "earlier purchases", &names, &series);
        }
        let (rows, cells): (Vec<&str>, Vec<Vec<String>>) =
            self.rankings().into_iter().map(|(name, hits)| (name, hits.cells())).unzip();
        let heads: Vec<&str> = ["all", "first two"].into_iter().chain(names).collect();
        let caption = "Share in which the kept size ranks first, by earlier purchases";
        page.table(caption, &heads, &rows, &cells);
    }
}
