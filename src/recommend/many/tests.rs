//! The picks for many customers are those for one, bit by bit.

use super::{CustomerBlock, KnownBy, Picker, SizePick};
use crate::infer::Posterior;
use crate::math::Gaussian;
use crate::model::{AdviceRule, Article, CustomerBelief, Features, GroupEvidence, Model};
use crate::recommend::{Advice, Request, Status, advise, pick};

/// Numbers from 0 to 1 that look random.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }
}

/// The golden shop with varied articles, lengths of labels, and this rule.
fn shop(random: &mut Random, rule: AdviceRule) -> Model {
    let mut model = crate::format::read(include_bytes!("../../../tests/golden/shop.inseam"))
        .expect("a usable model");
    for group in &mut model.groups {
        group.advice = rule;
        group.outcome.advised = [random.between(-0.1, 0.1), random.between(-0.1, 0.1)];
        group.choice.awareness = random.next();
    }
    for (i, scale) in model.scales.iter_mut().enumerate() {
        scale.noise = random.between(0.5, 1.5);
        for (j, label) in scale.labels.iter_mut().enumerate() {
            label.length = if i % 2 == 0 && j % 3 == 0 { random.between(-1.0, 1.0) } else { 0.0 };
        }
    }
    for article in &mut model.articles {
        article.offset = Gaussian::new(random.between(-1.5, 1.5), random.between(0.01, 0.5));
        article.grade = Gaussian::new(random.between(-0.2, 0.2), 0.02);
        article.spread = Gaussian::new(random.between(-0.3, 0.3), 0.05);
        article.choice_offset = random.between(-0.3, 0.3);
        article.sizes.iter_mut().for_each(|size| size.popularity = random.between(-1.0, 1.0));
    }
    model
}

fn customer(random: &mut Random, model: &Model) -> CustomerBelief {
    let mut message = |most: f64| {
        let precision = random.between(0.0, most);
        Gaussian { precision, precision_mean: precision * random.between(-3.0, 3.0) }
    };
    let traits = [message(3.0), message(3.0), message(2.0), message(2.0)];
    let sizes = (0..model.groups.len() as u16)
        .map(|group| GroupEvidence { group, purchases: 2, evidence: message(30.0) })
        .collect();
    CustomerBelief {
        prior: model.groups.iter().map(|_| random.between(-2.0, 2.0)).collect(),
        widening: 1.0,
        trait_priors: [0.0, 0.1, -0.1, 0.0],
        traits,
        sizes,
    }
}

/// Sizes in stock: all, by an empty list; or some or none of them.
fn stock(random: &mut Random, article: &Article) -> Vec<bool> {
    let share = random.next();
    match share {
        ..0.3 => Vec::new(),
        0.3..0.4 => vec![false; article.sizes.len()],
        _ => article.sizes.iter().map(|_| random.next() < share).collect(),
    }
}

/// The same advice, computed for one customer alone.
fn advice<'m>(
    model: &'m Model,
    posterior: &Posterior,
    article: &Article,
    stock: &[bool],
) -> Advice<'m> {
    let labels = &model.scales[usize::from(article.scale)].labels;
    let in_stock = |label: &str| {
        let at = article.sizes.iter().position(|s| labels[usize::from(s.label)].text == label);
        at.and_then(|at| stock.get(at)) != Some(&false)
    };
    let request = Request { in_stock: &in_stock, ..Request::new(model, posterior, article) };
    let advice = advise(&request);
    let picked = pick(&request);
    assert_eq!(picked.map(|p| p.label), advice.size.map(|i| advice.sizes[i].label));
    advice
}

#[test]
fn the_picks_are_those_for_one_customer_and_article_bit_by_bit() {
    let mut random = Random(7);
    let (mut seen, mut missed) = ([0; 3], 0);
    for (weight, reach) in [(0.0, 0), (2.0, 1), (16.0, 8)] {
        let model = shop(&mut random, AdviceRule { weight, reach });
        // Not a multiple of the lanes, and the last customers are new.
        let known: Vec<_> = (0..43).map(|_| customer(&mut random, &model)).collect();
        let bodies = [Features::default(), Features { widening: 2.0, ..Features::default() }];
        let customers = known.iter().map(KnownBy::History).chain(bodies.iter().map(KnownBy::Body));
        let block = CustomerBlock::new(&model, customers);
        let posteriors: Vec<Posterior> = known
            .iter()
            .map(|belief| Posterior::from_customer_belief(&model, belief))
            .chain(bodies.iter().map(|body| Posterior::prior(&model, body)))
            .collect();
        assert_eq!((block.len(), block.is_empty()), (45, false));
        let mut picker = Picker::new(&model);
        for article in &model.articles {
            let stock = stock(&mut random, article);
            let mut picks: Vec<Option<SizePick>> = vec![None; block.len()];
            picker.pick(article, &stock, &block, |customer, pick| {
                assert!(picks[customer].replace(pick).is_none(), "{customer} comes twice");
            });
            for (pick, posterior) in picks.iter().zip(&posteriors) {
                let pick = pick.expect("a pick for every customer");
                let advice = advice(&model, posterior, article, &stock);
                let index = |size: Option<usize>| size.map(|size| size as u16);
                assert_eq!(pick.size, index(advice.size));
                assert_eq!(pick.next, index(advice.alternative));
                assert_eq!(pick.missed, index(advice.missed.map(|missed| missed.size)));
                assert_eq!(pick.status, advice.status);
                let fits = advice.size.map_or(0.0, |size| advice.sizes[size].fits);
                assert_eq!(pick.fits.to_bits(), fits.to_bits(), "{} {fits}", pick.fits);
                seen[pick.status as usize] += 1;
                missed += usize::from(pick.missed.is_some());
            }
        }
    }
    let [advised, between, unsure] = seen;
    assert!(advised > 100 && between > 100 && unsure > 20 && missed > 100, "{seen:?} {missed}");
    assert_eq!(Status::Unsure as usize, 2);
}
