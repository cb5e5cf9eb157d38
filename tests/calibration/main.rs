//! Simulation-based calibration (Talts et al. 2018; Cook, Gelman and Rubin 2006): customers drawn from the model itself, their histories too,
//! and the truth must lie in each part of its posterior as often as that part says.

#[path = "../exact/shop.rs"]
mod shop;

mod draw;

use draw::{Chance, Customer, Drawn};
use inseam::infer::{Purchase, posterior};
use inseam::math::cdf;
use inseam::model::{Features, Model, RETURNING};
use inseam::outcome::Outcome;

/// Parts of equal chance that a posterior is cut into.
const BINS: usize = 20;

/// How often the truth lay in each part, from the lowest to the highest.
struct Ranks(Vec<f64>);

impl Ranks {
    fn new() -> Self {
        Self(vec![0.0; BINS])
    }

    /// `place` is the posterior's chance to lie below the truth.
    fn add(&mut self, place: f64) {
        self.0[((place * BINS as f64) as usize).min(BINS - 1)] += 1.0;
    }

    /// Pearson's statistic against equal shares; with calibrated posteriors its mean is 19, and it exceeds 43.8 once in a thousand.
    fn chi_square(&self) -> f64 {
        let expected = self.0.iter().sum::<f64>() / BINS as f64;
        self.0.iter().map(|n| (n - expected) * (n - expected) / expected).sum()
    }

    /// Share of the truths in the middle 90 %.
    fn coverage(&self) -> f64 {
        self.0[1..BINS - 1].iter().sum::<f64>() / self.0.iter().sum::<f64>()
    }

    /// The part that is furthest from its due, as a share of that.
    fn furthest(&self) -> f64 {
        let due = self.0.iter().sum::<f64>() / BINS as f64;
        self.0.iter().map(|n| (n / due - 1.0).abs()).fold(0.0, f64::max)
    }

    fn print(&self, what: &str) {
        let n = self.0.iter().sum::<f64>();
        let (chi_square, coverage, furthest) = (self.chi_square(), self.coverage(), self.furthest());
        println!(
            "{what}: {n} truths, chi-square {chi_square:.1}, middle 90 % holds {coverage:.3}, furthest part {furthest:.3}"
        );
    }
}

/// Two fit groups, nothing that depends on what was believed: no distance terms, no outcome shift, which are the predictor's and not the world's.
fn world() -> Model {
    let mut model = shop::model(2);
    for group in &mut model.groups {
        group.outcome.lean = 0.0;
        for terms in &mut group.outcome.terms {
            terms[3..].fill(0.0);
        }
        group.choice.outcome_shift = [0.0; 2];
        group.returns.article_variance = 0.15;
    }
    model.traits[RETURNING].variance = 0.25;
    model
}

/// Ranks of latent sizes where something was bought, where nothing was, and of the traits.
fn ranks(customers: u64, directed: bool) -> [Ranks; 6] {
    let model = world();
    let mut chance = Chance::new(7);
    let mut ranks = [(); 6].map(|()| Ranks::new());
    for _ in 0..customers {
        let customer = Customer::draw(&model, &mut chance);
        let bought = customer.buys(&model, &mut chance);
        let history: Vec<Purchase<'_>> = bought.iter().map(|d| purchase(d, directed)).collect();
        let believed = posterior(&model, &history, &Features::default());
        for (g, truth) in customer.sizes.into_iter().enumerate() {
            let belief = believed.size(g);
            let at = usize::from(believed.purchases(g) == 0);
            ranks[at].add(cdf((truth - belief.mean()) / belief.sd()));
        }
        for (i, belief) in believed.traits().into_iter().enumerate() {
            ranks[2 + i].add(cdf((customer.traits[i] - belief.mean()) / belief.sd()));
        }
    }
    let names = ["size, bought", "size, not bought", "fussiness", "preference", "length", "returning"];
    for (ranks, name) in ranks.iter().zip(names) {
        ranks.print(name);
    }
    ranks
}

fn purchase(drawn: &Drawn, directed: bool) -> Purchase<'_> {
    let outcome = match drawn.outcome {
        Outcome::TooSmall | Outcome::TooLarge if !directed => Outcome::SizeReason,
        outcome => outcome,
    };
    Purchase { article: Some(&drawn.article), size: &drawn.size, outcome, ..Purchase::default() }
}

#[test]
fn a_customers_posterior_is_calibrated() {
    for (i, ranks) in ranks(4_000, true).iter().enumerate() {
        assert!(ranks.chi_square() < 43.8, "rank {i}: chi-square {} of {:?}", ranks.chi_square(), ranks.0);
        assert!((0.88..0.92).contains(&ranks.coverage()), "rank {i}: 90 % hold {}", ranks.coverage());
    }
}

/// At this length the statistic sees that posteriors are Gaussians only by approximation: no part is further off than this, as a share of its due.
/// Reasons without a direction leave the preference a little too sure of itself (its 90 % hold .880) and fussiness not sure enough (.914): the two
/// probits' messages leave out that one's yes is the other's no.
#[test]
#[ignore = "slow: cargo test --release --all-features --test calibration -- --ignored --nocapture"]
fn a_customers_posterior_is_calibrated_at_length() {
    for (directed, most) in [(true, [0.13, 0.15, 0.22, 0.1, 0.12, 0.12]), (false, [0.13, 0.15, 0.26, 0.23, 0.12, 0.12])]
    {
        for (i, (ranks, most)) in ranks(60_000, directed).iter().zip(most).enumerate() {
            assert!(ranks.furthest() < most, "rank {i}, directed {directed}: {} of {:?}", ranks.furthest(), ranks.0);
            let least = if directed || i != 3 { 0.885 } else { 0.875 };
            assert!((least..0.915).contains(&ranks.coverage()), "rank {i}: 90 % hold {}", ranks.coverage());
        }
    }
}
