//! From the state of training to the values that are kept: the public model and the private
//! beliefs.

use super::graph::{Graph, OrderLine};
use super::privacy::PublishedBeliefs;
use super::purchase_sites::PurchaseSites;
use super::reports::SweepReport;
use super::state::State;
use super::trained::Trained;
use crate::infer::article;
use crate::math::Gaussian;
use crate::model::{
    Article, ArticleSize, Brand, CustomerBelief, Group, GroupEvidence, Measurement, Model, Scale,
    ScaleLabel, Trend,
};

/// `known` is what the server knows beyond what is published.
pub(crate) fn publish(
    graph: &Graph,
    state: &State,
    published: PublishedBeliefs,
    known: Option<PublishedBeliefs>,
    sweeps: Vec<SweepReport>,
) -> Trained {
    let (scales, ranks) = ranked(graph, state);
    let (customers, events) = private(graph, state, &ranks);
    let leaves = state.choice_variances.iter().map(|of| [of.cut, of.popularity]).collect();
    Trained {
        model: model(graph, state, &published, &scales, &ranks),
        known: known.map(|known| model(graph, state, &known, &scales, &ranks)),
        customers,
        events,
        leaves,
        summary: graph.summary,
        sweeps,
    }
}

/// The scales, their labels by learned position; and of each scale's labels, as the graph has them,
/// their places in it.
fn ranked(graph: &Graph, state: &State) -> (Vec<Scale>, Vec<Vec<u16>>) {
    let mut ranks: Vec<Vec<u16>> = Vec::with_capacity(graph.scales.len());
    let mut scales = Vec::with_capacity(graph.scales.len());
    for (node, labels) in graph.scales.iter().zip(&state.labels) {
        let x = &labels.position;
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|&a, &b| {
            x[a].total_cmp(&x[b]).then_with(|| node.labels[a].cmp(&node.labels[b]))
        });
        let mut rank = vec![0; x.len()];
        order.iter().enumerate().for_each(|(new, &old)| rank[old] = new as u16);
        let label = |&i: &usize| ScaleLabel {
            text: node.labels[i].clone(),
            position: x[i],
            length: labels.length[i],
            appeal: labels.appeal[i],
            thresholds: labels.thresholds[i],
        };
        let of_labels = order.iter().map(label).collect();
        scales.push(Scale {
            group: node.group,
            system: node.system,
            noise: labels.noise,
            labels: of_labels,
        });
        ranks.push(rank);
    }
    (scales, ranks)
}

/// The model with these beliefs.
fn model(
    graph: &Graph,
    state: &State,
    published: &PublishedBeliefs,
    scales: &[Scale],
    ranks: &[Vec<u16>],
) -> Model {
    let brands = graph
        .brands
        .iter()
        .zip(&published.brands)
        .map(|(b, belief)| Brand {
            name: b.name.clone(),
            category: b.category.clone(),
            group: b.group,
            offset: belief.offset,
            spread: belief.spread,
        })
        .collect();
    let articles = graph
        .articles
        .iter()
        .zip(&published.articles)
        .enumerate()
        .map(|(index, (a, belief))| {
            let rank = &ranks[usize::from(a.scale)];
            let mut sizes: Vec<ArticleSize> = a
                .slots
                .clone()
                .map(|slot| ArticleSize {
                    label: rank[usize::from(graph.slots[slot as usize].label)],
                    deviation: published.deviations[slot as usize],
                    popularity: published.popularity[slot as usize],
                })
                .collect();
            sizes.sort_by_key(|s| s.label);
            Article {
                key: a.key,
                brand: a.brand,
                scale: a.scale,
                offset: belief.offset,
                spread: belief.spread,
                grade: published.grades[index],
                cut: published.cuts[index],
                sizes,
            }
        })
        .collect();
    let now = state.trend.values.last().copied().unwrap_or_default();
    Model {
        groups: state.groups.iter().map(|group| today(group, now)).collect(),
        trend: Trend {
            values: state.trend.values.iter().map(|v| [v[0] - now[0], v[1] - now[1]]).collect(),
            ..state.trend.clone()
        },
        covariance: state.covariance.clone(),
        traits: state.traits.clone(),
        measurements: graph
            .measurements
            .iter()
            .zip(&state.missing)
            .map(|(m, &missing)| Measurement { missing, ..m.clone() })
            .collect(),
        scales: scales.to_vec(),
        brands,
        articles,
    }
}

/// A group with the trend's last values in its thresholds.
fn today(group: &Group, now: [f64; 2]) -> Group {
    let mut group = group.clone();
    group.outcome.terms.iter_mut().zip(now).for_each(|(terms, now)| terms[0] += now);
    group
}

fn private(
    graph: &Graph,
    state: &State,
    ranks: &[Vec<u16>],
) -> (Vec<(u32, CustomerBelief)>, Vec<PurchaseSites>) {
    let mut customers = Vec::with_capacity(graph.customers.len());
    let mut events = Vec::with_capacity(graph.lines.len());
    for (c, node) in graph.customers.iter().enumerate() {
        let features = graph.features(c);
        let mut belief = CustomerBelief {
            prior: state.groups.iter().map(|g| g.size.mean(features)).collect(),
            widening: state.widening(graph, c),
            trait_priors: std::array::from_fn(|i| state.traits[i].mean(features)),
            ..CustomerBelief::default()
        };
        for l in node.lines.clone() {
            let (line, said) = (graph.lines[l], &state.messages[l]);
            let article = &graph.articles[line.article as usize];
            let traits = said.traits();
            belief.traits = std::array::from_fn(|i| belief.traits[i].combine(traits[i]));
            let at = match belief.sizes.binary_search_by_key(&article.group, |e| e.group) {
                Ok(at) => at,
                Err(at) => {
                    belief.sizes.insert(
                        at,
                        GroupEvidence {
                            group: article.group,
                            purchases: 0,
                            evidence: Gaussian::FLAT,
                        },
                    );
                    at
                }
            };
            let seen = &mut belief.sizes[at];
            seen.purchases += 1;
            seen.evidence = seen.evidence.combine(said.size());
            let of_article = said.article();
            let (offset, deviation, spread) = (
                of_article[article::OFFSET],
                of_article[article::DEVIATION],
                of_article[article::SPREAD],
            );
            let label = graph.slots[line.slot as usize].label;
            events.push(PurchaseSites {
                customer: node.id,
                article: article.key,
                label: ranks[usize::from(article.scale)][usize::from(label)],
                outcome: line.outcome,
                day: line.day,
                messages: [
                    said.size(),
                    traits[0],
                    traits[1],
                    traits[2],
                    traits[3],
                    offset,
                    spread,
                    deviation,
                    said.returned.article,
                    of_article[article::GRADE],
                    said.choice.cut,
                ],
                popularity: popularity(graph, state, ranks, &line),
            });
        }
        customers.push((node.id, belief));
    }
    (customers, events)
}

/// What a line says of each size on offer, in the order that the model has them.
fn popularity(graph: &Graph, state: &State, ranks: &[Vec<u16>], line: &OrderLine) -> Vec<[f32; 2]> {
    let node = &graph.articles[line.article as usize];
    let rank = &ranks[usize::from(node.scale)];
    let said = &state.popularity_sites[line.menu..line.menu + node.slots.len()];
    let mut order: Vec<(u16, [f32; 2])> = (node.slots.clone().zip(said))
        .map(|(slot, said)| (rank[usize::from(graph.slots[slot as usize].label)], said.numbers()))
        .collect();
    order.sort_unstable_by_key(|(label, _)| *label);
    order.into_iter().map(|(_, said)| said).collect()
}
