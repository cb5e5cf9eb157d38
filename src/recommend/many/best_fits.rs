//! The articles of a list with the best chance of a fit.

use super::picker::SizePick;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// An article of a list, with the size advised in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Index of the article in the list.
    pub article: usize,
    /// The size.
    pub pick: SizePick,
}

/// Keeps the articles in which the advised size fits one customer most probably. Of articles with
/// equal chances the one that is earlier in the list counts as better, as on a page that ranks
/// articles.
#[derive(Clone, Debug)]
pub struct BestFits {
    most: usize,
    /// The worst of the articles kept is on top.
    kept: BinaryHeap<Worst>,
}

#[derive(Clone, Debug)]
struct Worst(Fit);

impl BestFits {
    /// Keeps at most this many articles.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, kept: BinaryHeap::new() }
    }

    /// Adds an article. One without a size in stock is left out.
    pub fn add(&mut self, article: usize, pick: SizePick) {
        if pick.size.is_none() || self.most == 0 {
            return;
        }
        let fit = Worst(Fit { article, pick });
        if self.kept.len() < self.most {
            self.kept.push(fit);
        } else if let Some(mut worst) = self.kept.peek_mut()
            && fit < *worst
        {
            *worst = fit;
        }
    }

    /// Returns the articles, best first, and starts anew.
    pub fn take(&mut self) -> impl Iterator<Item = Fit> + use<> {
        std::mem::take(&mut self.kept).into_sorted_vec().into_iter().map(|Worst(fit)| fit)
    }
}

/// A worse fit is greater.
impl Ord for Worst {
    fn cmp(&self, other: &Self) -> Ordering {
        let [own, others] = [&self.0, &other.0];
        others.pick.fits.total_cmp(&own.pick.fits).then(own.article.cmp(&others.article))
    }
}

impl PartialOrd for Worst {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Worst {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Worst {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recommend::Status;

    fn pick(fits: f64) -> SizePick {
        SizePick { size: Some(0), next: None, missed: None, status: Status::Advised, fits }
    }

    #[test]
    fn the_best_are_kept_in_order_and_the_earlier_of_equals_first() {
        let mut best = BestFits::new(3);
        for (article, fits) in [0.5, 0.9, 0.7, 0.9, 0.1, 0.7].into_iter().enumerate() {
            best.add(article, pick(fits));
        }
        best.add(6, SizePick { size: None, ..pick(0.99) });
        let taken: Vec<usize> = best.take().map(|fit| fit.article).collect();
        assert_eq!(taken, [1, 3, 2]);
        assert_eq!(best.take().count(), 0);
        let mut none = BestFits::new(0);
        none.add(0, pick(1.0));
        assert_eq!(none.take().count(), 0);
    }
}
