//! All that training changes from sweep to sweep.

use super::attributes::Effects;
use super::fixed::Sums;
use super::graph::{ArticleNode, Graph, Line, Slot};
use super::labels::Labels;
use super::sweep::REGRESSED;
use crate::infer::{Event, Evidence, Garment, Messages, Offer, choice};
use crate::math::{Gaussian, quantile};
use crate::model::{
    BASIS, Choice, Features, Group, OutcomeTerms, Returns, SizePrior, TRAITS, Trend,
};
use crate::outcome::Outcome;
use nalgebra::DMatrix;

/// Beliefs about an article: what its brand says before its own purchases are seen, and with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ArticleBelief {
    pub(crate) offset: Gaussian,
    pub(crate) spread: Gaussian,
}

impl ArticleBelief {
    /// A brand of which nothing is known.
    pub(crate) fn of_brand(group: &Group) -> Self {
        Self {
            offset: Gaussian::new(0.0, group.offset_variance[0]),
            spread: Gaussian::new(0.0, group.spread_variance[0]),
        }
    }

    /// What a brand believed so says of its articles, or they of it: wider by their own variance.
    pub(crate) fn widened(self, group: &Group) -> Self {
        Self {
            offset: self.offset.widen(group.offset_variance[1]),
            spread: self.spread.widen(group.spread_variance[1]),
        }
    }

    /// Offset and spread larger by so much.
    pub(crate) fn shifted(self, [offset, spread]: [f64; 2]) -> Self {
        Self { offset: self.offset.shifted(offset), spread: self.spread.shifted(spread) }
    }
}

/// What one choice says of the popularity of one size on offer, in single precision, as there are
/// many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Said {
    precision: f32,
    precision_mean: f32,
}

impl Said {
    pub(crate) fn gaussian(self) -> Gaussian {
        Gaussian {
            precision: f64::from(self.precision),
            precision_mean: f64::from(self.precision_mean),
        }
    }

    /// Precision, and precision times mean.
    pub(crate) fn numbers(self) -> [f32; 2] {
        [self.precision, self.precision_mean]
    }

    /// This, at what `damping` leaves of it, with a fresh score and its information at this mean.
    pub(crate) fn renewed(self, mean: f64, [score, information]: [f64; 2], damping: f64) -> Self {
        let mix = |old: f32, new: f64| ((1.0 - damping) * f64::from(old) + damping * new) as f32;
        Self {
            precision: mix(self.precision, information),
            precision_mean: mix(self.precision_mean, information * mean + score),
        }
    }
}

/// Variances of what the choice alone sees of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OfChoice {
    /// Of its cut, steps squared.
    pub(crate) cut: f64,
    /// Of the popularity of each of its sizes, a log weight squared.
    pub(crate) popularity: f64,
}

pub(crate) struct State {
    pub(crate) groups: Vec<Group>,
    pub(crate) covariance: DMatrix<f64>,
    /// Priors of the traits.
    pub(crate) traits: [SizePrior; TRAITS],
    /// Prior precision of the measurements' coefficients, per group and then per trait that they
    /// foretell.
    pub(crate) ridges: Vec<f64>,
    pub(crate) trend: Trend,
    /// The labels of each scale.
    pub(crate) labels: Vec<Labels>,
    /// How much wider the latent sizes are believed where a measurement is missing.
    pub(crate) missing: Vec<f64>,
    /// Each slot as the choice sees it.
    pub(crate) offers: Vec<Offer>,
    /// What attributes do to the articles, of offsets and spreads, group by group.
    pub(crate) effects: Vec<Effects>,
    pub(crate) brands: Vec<ArticleBelief>,
    pub(crate) articles: Vec<ArticleBelief>,
    /// How readily each article comes back for other reasons than its size.
    pub(crate) returning: Vec<Gaussian>,
    /// Deviation of each slot.
    pub(crate) deviations: Vec<Gaussian>,
    /// How the offset of each article grows with the position.
    pub(crate) grades: Vec<Gaussian>,
    /// Cut of each article: how much smaller the sizes are that are taken of it.
    pub(crate) cuts: Vec<Gaussian>,
    /// How much oftener each slot is taken than its label's appeal says: a log weight.
    pub(crate) popularity: Vec<Gaussian>,
    /// Variances of what the choice alone sees of an article, per group.
    pub(crate) of_choice: Vec<OfChoice>,
    /// What each line says of the popularity of each size it was chosen from: precision, precision
    /// times mean.
    pub(crate) said_popular: Vec<Said>,
    /// Messages of each line.
    pub(crate) messages: Vec<Messages>,
}

/// Where the scales of the model start; all are learned from there. Those of dress sizes are the
/// study's order of magnitude.
pub(crate) mod start {
    pub(crate) const SIZE_VARIANCE: f64 = 2.0;
    pub(crate) const CORRELATION: f64 = 0.5;
    pub(crate) const TRAIT_VARIANCE: [f64; 4] = [0.2, 0.1, 1.0, 0.1];
    pub(crate) const OFFSET_VARIANCE: [f64; 3] = [0.1, 0.1, 0.03];
    pub(crate) const SPREAD_VARIANCE: [f64; 2] = [0.03, 0.03];
    pub(crate) const SLOPE: f64 = 0.4;
    pub(crate) const CHOICE_SCALE: f64 = 0.6;
    pub(crate) const GRADE_VARIANCE: f64 = 0.01;
    pub(crate) const OF_CHOICE: super::OfChoice = super::OfChoice { cut: 0.02, popularity: 0.1 };
    pub(crate) const RETURNING_VARIANCE: f64 = 0.1;
}

impl State {
    pub(crate) fn start(graph: &Graph) -> Self {
        let groups: Vec<Group> = (0..graph.groups.len()).map(|g| start_group(graph, g)).collect();
        let n = groups.len();
        let covariance = DMatrix::from_fn(n, n, |i, j| {
            if i == j { start::SIZE_VARIANCE } else { start::CORRELATION * start::SIZE_VARIANCE }
        });
        let (brands, articles, deviations) = expected(graph, &groups);
        let returning = vec![Gaussian::new(0.0, start::RETURNING_VARIANCE); graph.articles.len()];
        let traits = start::TRAIT_VARIANCE.map(|variance| SizePrior {
            intercept: 0.0,
            coefficients: vec![0.0; graph.width],
            variance,
        });
        let messages = vec![Messages::default(); graph.lines.len()];
        let numbers = Features::numbers(&graph.measurements);
        let labels = graph.scales.iter().map(|s| Labels::start(s, numbers)).collect();
        let missing = vec![0.0; graph.measurements.len()];
        let offers = Vec::new();
        let mut state = Self {
            groups,
            covariance,
            traits,
            ridges: vec![1.0; n + REGRESSED],
            trend: super::trend::start(graph),
            labels,
            missing,
            offers,
            effects: graph.attributes.start(),
            brands,
            articles,
            returning,
            deviations,
            grades: vec![Gaussian::new(0.0, start::GRADE_VARIANCE); graph.articles.len()],
            cuts: vec![Gaussian::new(0.0, start::OF_CHOICE.cut); graph.articles.len()],
            popularity: vec![Gaussian::new(0.0, start::OF_CHOICE.popularity); graph.slots.len()],
            of_choice: vec![start::OF_CHOICE; n],
            said_popular: vec![Said::default(); graph.offered],
            messages,
        };
        state.refresh(graph);
        state
    }

    /// The parameters that all share, with every brand, article and size as its parent's prior has
    /// it, and nothing said.
    pub(crate) fn frame(&self, graph: &Graph) -> Self {
        let (brands, articles, deviations) = expected(graph, &self.groups);
        let of_articles = |variance: &dyn Fn(usize) -> f64| {
            graph
                .articles
                .iter()
                .map(|a| Gaussian::new(0.0, variance(usize::from(a.group))))
                .collect()
        };
        let popularity = |slot: &Slot| {
            let group = graph.articles[slot.article as usize].group;
            Gaussian::new(0.0, self.of_choice[usize::from(group)].popularity)
        };
        Self {
            groups: self.groups.clone(),
            covariance: self.covariance.clone(),
            traits: self.traits.clone(),
            ridges: self.ridges.clone(),
            trend: self.trend.clone(),
            labels: self.labels.clone(),
            missing: self.missing.clone(),
            offers: self.offers.clone(),
            effects: self.effects.clone(),
            brands,
            articles,
            returning: of_articles(&|g| self.groups[g].returns.article_variance),
            deviations,
            grades: of_articles(&|g| self.groups[g].grade_variance),
            cuts: of_articles(&|g| self.of_choice[g].cut),
            popularity: graph.slots.iter().map(popularity).collect(),
            of_choice: self.of_choice.clone(),
            said_popular: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// Brings the offers up to the present positions, lengths and appeals.
    pub(crate) fn refresh(&mut self, graph: &Graph) {
        self.offers.clear();
        for slot in &graph.slots {
            let labels = &self.labels[usize::from(graph.articles[slot.article as usize].scale)];
            let l = usize::from(slot.label);
            let (position, length) = (labels.position[l], labels.length[l]);
            self.offers.push(Offer { position, length, weight: libm::exp(labels.appeal[l]) });
        }
    }

    /// How much wider than the groups' a customer's prior is.
    pub(crate) fn widening(&self, graph: &Graph, customer: usize) -> f64 {
        let bits = graph.missing[customer];
        self.missing
            .iter()
            .enumerate()
            .filter(|(i, _)| *i < 64 && bits >> i & 1 == 1)
            .fold(1.0, |sum, (_, v)| sum + v)
    }

    /// What a line was chosen from, for a customer with these z and without what the line itself
    /// `said` of its sizes; into `offers`. Returns the index of what was taken.
    pub(crate) fn offers(
        &self,
        graph: &Graph,
        line: &Line,
        z: &[f64],
        said: &[Said],
        offers: &mut Vec<Offer>,
    ) -> usize {
        let node = &graph.articles[line.article as usize];
        let affinity = &self.labels[usize::from(node.scale)].affinity;
        offers.clear();
        for (slot, said) in node.slots.clone().zip(said) {
            let mut offer = self.offers[slot as usize];
            offer.weight *=
                libm::exp(self.popularity[slot as usize].remove(said.gaussian()).mean());
            if !affinity.is_empty() {
                let at = usize::from(graph.slots[slot as usize].label) * z.len();
                offer.weight *= choice::affinity(&affinity[at..at + z.len()], z);
            }
            offers.push(offer);
        }
        (line.slot - node.slots.start) as usize
    }

    /// A line as the message passing sees it: the beliefs about its article without what the line
    /// itself said.
    pub(crate) fn event<'s>(
        &'s self,
        graph: &Graph,
        line: &Line,
        said: &Messages,
        axis: usize,
        (offers, taken): (&'s [Offer], usize),
    ) -> Event<'s> {
        let article = self.articles[line.article as usize];
        let said_of = said.article();
        let (grade, deviation) =
            (self.grades[line.article as usize], self.deviations[line.slot as usize]);
        let known = [article.offset, deviation, grade, article.spread];
        let cut = self.cuts[line.article as usize].remove(said.choice.cut);
        let group = &self.groups[graph.group_of(line)];
        Event {
            axis,
            garment: Garment {
                noise: group.choice.scale
                    * self.labels[usize::from(graph.articles[line.article as usize].scale)].noise,
                position: self.offers[line.slot as usize].position,
                latents: std::array::from_fn(|i| known[i].remove(said_of[i])),
                cut: [cut.mean(), cut.variance()],
                thresholds: self.labels[usize::from(graph.articles[line.article as usize].scale)]
                    .thresholds[usize::from(graph.slots[line.slot as usize].label)],
                returning: self.returning[line.article as usize].remove(said.returned.article),
            },
            evidence: line.evidence,
            menu: (offers.len() > 1).then_some((offers, taken)),
            terms: &group.outcome,
            choice: &group.choice,
            returns: &group.returns,
            trend: self.trend.at(line.day),
            share: line.share,
        }
    }
}

/// Brands, articles and deviations of which nothing is known but their parents; attributes are not
/// seen yet.
fn expected(
    graph: &Graph,
    groups: &[Group],
) -> (Vec<ArticleBelief>, Vec<ArticleBelief>, Vec<Gaussian>) {
    let brands: Vec<ArticleBelief> = graph
        .brands
        .iter()
        .map(|b| ArticleBelief::of_brand(&groups[usize::from(b.group)]))
        .collect();
    let article = |a: &ArticleNode| brands[a.brand as usize].widened(&groups[usize::from(a.group)]);
    let articles = graph.articles.iter().map(article).collect();
    let deviation = |s: &Slot| {
        let group = &groups[usize::from(graph.articles[s.article as usize].group)];
        Gaussian::new(0.0, group.offset_variance[2])
    };
    (brands, articles, graph.slots.iter().map(deviation).collect())
}

fn start_group(graph: &Graph, g: usize) -> Group {
    // Shares of too small, fits and too large; and of what came back for another reason, and of all
    // else.
    let (mut counts, mut back, mut beaten) = ([0.0_f64; 3], 0.0, 0.0);
    // In fixed point: customers come in the order of the rows.
    let (mut sum, mut n) = (Sums::new(1), 0.0);
    for line in &graph.lines {
        let article = &graph.articles[line.article as usize];
        if usize::from(article.group) != g {
            continue;
        }
        if let Evidence::Beaten(_) = line.evidence {
            beaten += 1.0;
        }
        match line.outcome {
            Outcome::TooSmall => counts[0] += 1.0,
            Outcome::Kept => counts[1] += 1.0,
            Outcome::TooLarge => counts[2] += 1.0,
            Outcome::SizeReason => [0, 2].into_iter().for_each(|k| counts[k] += 0.5),
            Outcome::UnknownReason if line.evidence != Evidence::Unknown => {}
            Outcome::UnknownReason => {
                // Half of what comes back, as a start: with no misfits among them there would be
                // nothing to learn from.
                [0, 2].into_iter().for_each(|k| counts[k] += 0.25);
                back += 0.5;
            }
            Outcome::OtherReason => back += 1.0,
            Outcome::Pending => {}
        }
        n += 1.0;
        let slot = graph.slots[line.slot as usize];
        sum.add(0, graph.scales[usize::from(article.scale)].start[usize::from(slot.label)]);
    }
    // One of each beforehand: a group without one kind of outcome still has a finite threshold.
    let share = |k: usize| (counts[k] + 1.0) / (counts.iter().sum::<f64>() + 3.0);
    Group {
        name: graph.groups[g].clone(),
        size: SizePrior {
            intercept: if n > 0.0 { sum.get(0) / n } else { 0.0 },
            coefficients: vec![0.0; graph.width],
            variance: start::SIZE_VARIANCE,
        },
        outcome: OutcomeTerms {
            terms: [0, 2].map(|k| {
                let mut terms = [0.0; BASIS];
                terms[0] = quantile(share(k));
                terms
            }),
            slope: start::SLOPE,
            chosen_slope: start::SLOPE,
            lean: 0.0,
        },
        choice: Choice { scale: start::CHOICE_SCALE, awareness: 0.0, outcome_shift: [0.0; 2] },
        returns: Returns {
            intercept: quantile((back + 1.0) / (back + counts.iter().sum::<f64>() + 2.0)),
            article_variance: start::RETURNING_VARIANCE,
            unexplained: 1.0,
            beaten: if n > 0.0 { beaten / n } else { 0.0 },
        },
        offset_variance: start::OFFSET_VARIANCE,
        grade_variance: start::GRADE_VARIANCE,
        spread_variance: start::SPREAD_VARIANCE,
    }
}
