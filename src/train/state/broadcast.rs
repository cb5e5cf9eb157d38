//! Everything that the tasks of a sweep read, and the factors of a purchase under it.

use super::beliefs::{ArticleBelief, Beliefs};
use super::parameters::Parameters;
use crate::infer::{
    ArticleLatents, Garment, OfferedSize, PurchaseFactors, Sites, SizeChoice, choice_model,
};
use crate::train::cache_lines::one_in_each_line;
use crate::train::events::{OrderLine, PopularitySite};
use crate::train::graph::Graph;
use std::hint::black_box;

/// Static tables, parameters and beliefs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broadcast<'s> {
    pub(crate) graph: &'s Graph,
    pub(crate) parameters: &'s Parameters,
    pub(crate) beliefs: &'s Beliefs,
}

impl<'s> Broadcast<'s> {
    /// Reads ahead what a customer's lines need of their articles.
    pub(crate) fn read_ahead(self, lines: &[OrderLine]) {
        let Beliefs { articles, returning, grades, choice_offsets, popularity, .. } = self.beliefs;
        for line in lines {
            let article = line.article as usize;
            let ArticleBelief { offset, spread } = &articles[article];
            black_box([offset.precision, spread.precision_mean]);
            black_box([returning, grades, choice_offsets].map(|of| of[article].precision));
        }
        for line in lines {
            let slots = self.graph.slots_of(line.article);
            one_in_each_line(&popularity[slots.clone()]).for_each(|belief| {
                black_box(belief.precision);
            });
            one_in_each_line(&self.graph.slots[slots]).for_each(|slot| {
                black_box(slot.label);
            });
        }
    }

    /// Fills `offers` with the sizes that a line was chosen from by a customer with these z, under
    /// the cavity of the line's own `sites` at their popularities. Returns the index of the size
    /// taken.
    pub(crate) fn fill_menu(
        self,
        line: &OrderLine,
        z: &[f64],
        sites: &[PopularitySite],
        offers: &mut Vec<OfferedSize>,
    ) -> usize {
        let node = &self.graph.articles[line.article as usize];
        let labels = &self.parameters.labels[usize::from(node.scale)];
        offers.clear();
        for (slot, site) in node.slots.clone().zip(sites) {
            let label = usize::from(self.graph.slots[slot as usize].label);
            let mut offer = labels.offer(label);
            offer.weight *=
                libm::exp(self.beliefs.popularity[slot as usize].remove(site.gaussian()).mean());
            if !labels.affinity.is_empty() {
                let at = label * z.len();
                offer.weight *= choice_model::affinity(&labels.affinity[at..at + z.len()], z);
            }
            offers.push(offer);
        }
        (line.slot - node.slots.start) as usize
    }

    /// A line as message passing sees it, under the cavity of its own sites at the article.
    /// `axis` is the axis of its fit group in the customer's belief, `menu` its choice, if there is
    /// one.
    pub(crate) fn event<'e>(
        self,
        line: &OrderLine,
        sites: &Sites,
        axis: usize,
        menu: Option<SizeChoice<'e>>,
    ) -> PurchaseFactors<'e>
    where
        's: 'e,
    {
        let (graph, beliefs) = (self.graph, self.beliefs);
        let (a, slot) = (line.article as usize, line.slot as usize);
        let node = &graph.articles[a];
        let group = &self.parameters.groups[usize::from(node.group)];
        let labels = &self.parameters.labels[usize::from(node.scale)];
        let label = usize::from(graph.slots[slot].label);
        let article = beliefs.articles[a];
        let latents = ArticleLatents {
            offset: article.offset,
            grade: beliefs.grades[a],
            spread: article.spread,
        };
        let own = sites.article();
        let choice_offset = beliefs.choice_offsets[a].remove(sites.choice.choice_offset);
        PurchaseFactors {
            axis,
            garment: Garment {
                noise: group.choice.scale * labels.noise,
                position: labels.position[label],
                latents: latents.remove(own),
                choice_offset: choice_offset.into(),
                thresholds: labels.thresholds[label],
                returning: beliefs.returning[a].remove(sites.returned.article),
            },
            evidence: line.evidence,
            menu,
            terms: &group.outcome,
            choice: &group.choice,
            returns: &group.returns,
            share: line.weight,
        }
    }
}
