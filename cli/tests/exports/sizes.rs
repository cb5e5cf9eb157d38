//! Sizes that only their neighbours explain.

use crate::kit::{checked, folder, history, printed, scales};

/// Numbers that mean different things in articles of one fit group keep both meanings: collars and
/// suits, waists in inches and dress sizes, children's shoes before and after 13.
#[test]
fn numbers_of_one_group_with_two_meanings() {
    for (name, group, system, runs, distances) in [
        ("collars", "mens", "DE", ["37|38|39|40|41|42|43|44|45", "42|44|46|48|50"], [1.0, 1.0]),
        ("jeans", "womens jeans", "DE", ["26|27|28|29|30|31", "34|36|38|40|42|44"], [0.5, 0.79]),
        ("shoes", "kids shoes", "UK", ["6|7|8|9|10", "11|12|13|1|2|3"], [1.27, 1.27]),
    ] {
        let folder = folder(name, &history(&runs, group, system));
        let report = printed(&folder, &["train", "p.toml"]);
        assert!(report.contains("every size was understood"), "{report}");
        let scales = scales(&folder);
        for (run, distance) in runs.iter().zip(distances) {
            let sizes: Vec<&str> = run.split('|').collect();
            let scale = scales.iter().find(|scale| {
                sizes.iter().all(|size| scale.iter().any(|(label, _)| label == size))
            });
            let scale = scale.unwrap_or_else(|| panic!("{name}: {run} in {scales:?}"));
            let at = |size: &str| scale.iter().find(|(label, _)| label == size).unwrap().1;
            for (i, size) in sizes.iter().enumerate() {
                let expected = at(sizes[0]) + distance * i as f64;
                assert!((at(size) - expected).abs() < 0.3, "{name}: {size} in {scale:?}");
            }
        }
    }
}

/// The scale that has this label.
fn scale_with(scales: &[Vec<(String, f64)>], label: &str) -> Vec<(String, f64)> {
    let found = scales.iter().find(|scale| scale.iter().any(|(text, _)| text == label));
    let mut found = found.unwrap_or_else(|| panic!("{label} in {scales:?}")).clone();
    found.sort_by(|a, b| a.1.total_cmp(&b.1));
    found
}

/// Britain's rings ascend by the alphabet and are no clothes, also in a shop that sells both.
#[test]
fn rings_among_clothes() {
    let rings = "J|K|L|M|N½|O|P|Q";
    for (name, runs, group, system) in [
        ("rings", &[rings, "S|M|L|XL"][..], "", ""),
        ("rings-alone", &[rings], "rings", "UK"),
        ("rings-jewellery", &[rings, "S|M|L|XL"], "jewellery", "UK"),
    ] {
        let folder = folder(name, &history(runs, group, system));
        let report = printed(&folder, &["train", "p.toml"]);
        assert!(report.contains("every size was understood"), "{name}: {report}");
        let found = scale_with(&scales(&folder), "K");
        let labels: Vec<&str> = found.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(labels.join("|"), rings, "{name}");
        let unknown = &checked(&folder)["sizes"]["not_understood"]["labels"];
        assert_eq!(unknown.as_array().unwrap().len(), 0, "{name}: {unknown}");
    }
}

/// Socks are as far apart as the feet that they are for.
#[test]
fn socks_are_no_dresses() {
    let socks = "35-38|39-42|43-46";
    let socks_alone = folder("socks", &history(&[socks], "socks", "EU"));
    printed(&socks_alone, &["train", "p.toml"]);
    let found = scale_with(&scales(&socks_alone), "39/42");
    for (pair, size) in found.windows(2).zip(socks.split('|')) {
        let distance = pair[1].1 - pair[0].1;
        assert!((distance - 4.0).abs() < 0.3, "{size}: {found:?}");
    }
    // Among garments for men, 39-42 and 43-46 are neither collars nor jackets.
    let among = folder("socks-mens", &history(&[socks, "S|M|L|XL"], "mens", "DE"));
    printed(&among, &["train", "p.toml"]);
    let found = scale_with(&scales(&among), "39/42");
    let labels: Vec<&str> = found.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["35/38", "39/42", "43/46"]);
}
