//! Places the rows of size charts on the axes of the fit groups, and compares the brands' charts.

use super::sized_by::{PlacedChartRow, SizedBy};
use crate::size::{System, same_name};
use crate::train::columns::ChartRow;
use crate::train::graph::Graph;

/// Largest difference between the charts of brands that counts, steps: a larger one is a mistake.
const MAX_OFFSET: f64 = 2.0;

/// The rows of charts that hold for a fit group, with the starting positions of their sizes. A size
/// that several scales of the group have is that of the brand's articles.
pub(super) fn placed_rows<'c>(
    graph: &Graph,
    group: usize,
    charts: &'c [ChartRow],
) -> Vec<(PlacedChartRow<'c>, &'c str)> {
    let name = &graph.groups[group];
    let of_group = |row: &&ChartRow| row.group.is_empty() || same_name(&row.group, name);
    let scales =
        || graph.scales.iter().enumerate().filter(|(_, scale)| usize::from(scale.group) == group);
    let mut sold = vec![false; graph.scales.len()];
    let mut brand = None;
    let mut placed = Vec::new();
    for row in charts.iter().filter(of_group) {
        if brand != Some(&row.brand) {
            sold = scales_of_brand(graph, group, &row.brand);
            brand = Some(&row.brand);
        }
        let unspecified = row.system == System::Unspecified;
        let of_system = scales().filter(|(_, scale)| unspecified || scale.system == row.system);
        let positions = of_system.filter_map(|(i, scale)| {
            let label = row.size.as_str();
            let at = scale.labels.binary_search_by(|l| l.as_str().cmp(label)).ok()?;
            Some((!sold[i], scale.start[at]))
        });
        if let Some((_, position)) = positions.min_by_key(|(elsewhere, _)| *elsewhere) {
            placed.push((PlacedChartRow { position, girths: &row.girths }, row.brand.as_str()));
        }
    }
    placed
}

/// For each scale whether the brand has articles with it in the group.
fn scales_of_brand(graph: &Graph, group: usize, brand: &str) -> Vec<bool> {
    let mut sold = vec![false; graph.scales.len()];
    for article in graph.articles.iter().filter(|a| usize::from(a.group) == group) {
        if same_name(&graph.brands[article.brand as usize].name, brand) {
            sold[usize::from(article.scale)] = true;
        }
    }
    sold
}

/// By brand of the graph, how much larger the bodies are that its sizes are made for than those of
/// all brands' charts, steps. 0 for brands without a chart.
pub(super) fn brand_chart_offsets(
    graph: &Graph,
    groups: &[Option<SizedBy>],
    charts: &[ChartRow],
) -> Vec<f64> {
    let mut offsets = vec![0.0; graph.brands.len()];
    for (group, sized_by) in groups.iter().enumerate() {
        let Some(sized_by) = sized_by else { continue };
        let rows = placed_rows(graph, group, charts);
        for (offset, brand) in offsets.iter_mut().zip(&graph.brands) {
            if usize::from(brand.group) != group {
                continue;
            }
            let own = rows.iter().filter(|(_, name)| same_name(name, &brand.name));
            let (mut sum, mut count) = (0.0, 0.0);
            for (row, _) in own {
                if let Some(position) = sized_by.position_of(row.girths) {
                    sum += position - row.position;
                    count += 1.0;
                }
            }
            if count > 0.0 {
                *offset = (sum / count).clamp(-MAX_OFFSET, MAX_OFFSET);
            }
        }
    }
    offsets
}
