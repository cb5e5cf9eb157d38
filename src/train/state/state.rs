//! All that training changes from sweep to sweep.

use super::beliefs::{ArticleBelief, expected};
use super::choice_variances::ChoiceVariances;
use super::effects::Effects;
use super::labels::Labels;
use super::popularity_site::PopularitySite;
use super::start::{self, start_group, start_trend};
use crate::infer::{Event, Garment, Messages, Offer, choice};
use crate::math::Gaussian;
use crate::model::{Features, Group, LENGTH, SizePrior, TRAITS, Trend};
use crate::train::graph::{Graph, OrderLine, Slot};
use nalgebra::DMatrix;

/// Traits that measurements predict: all but how readily a customer sends something back for other
/// reasons than its size.
pub(crate) const REGRESSED: usize = LENGTH + 1;

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
    pub(crate) choice_variances: Vec<ChoiceVariances>,
    /// What each line says of the popularity of each size it was chosen from: precision, precision
    /// times mean.
    pub(crate) popularity_sites: Vec<PopularitySite>,
    /// Messages of each line.
    pub(crate) messages: Vec<Messages>,
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
            trend: start_trend(graph),
            labels,
            missing,
            offers,
            effects: Effects::start(&graph.attributes),
            brands,
            articles,
            returning,
            deviations,
            grades: vec![Gaussian::new(0.0, start::GRADE_VARIANCE); graph.articles.len()],
            cuts: vec![Gaussian::new(0.0, start::CHOICE_VARIANCES.cut); graph.articles.len()],
            popularity: vec![
                Gaussian::new(0.0, start::CHOICE_VARIANCES.popularity);
                graph.slots.len()
            ],
            choice_variances: vec![start::CHOICE_VARIANCES; n],
            popularity_sites: vec![PopularitySite::default(); graph.offered],
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
            Gaussian::new(0.0, self.choice_variances[usize::from(group)].popularity)
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
            cuts: of_articles(&|g| self.choice_variances[g].cut),
            popularity: graph.slots.iter().map(popularity).collect(),
            choice_variances: self.choice_variances.clone(),
            popularity_sites: Vec::new(),
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
        line: &OrderLine,
        z: &[f64],
        said: &[PopularitySite],
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
        line: &OrderLine,
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
