//! Tests of labels that only tell beside each other what they are.

use crate::size::reading::{Family, lists_of_rings, readings_together, understood};
use crate::size::{Axis, Placement, System, canonical, placements};
use System::{Br, De, Eu, Jp, Uk, Unspecified, Us};

fn placed(labels: &[&str], system: System, axis: Axis) -> Vec<Placement> {
    let texts: Vec<String> = labels.iter().map(|label| canonical(label).unwrap()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    placements(&texts, system, axis)
}

fn positions(labels: &[&str], system: System, axis: Axis) -> Vec<Option<f64>> {
    placed(labels, system, axis).iter().map(|placed| placed.position).collect()
}

/// Positions of which each is there, and lengths.
fn both(labels: &[&str], system: System) -> Vec<(f64, f64)> {
    let placed = labels.iter().zip(placed(labels, system, Axis::Women));
    let both = |(label, placed): (&&str, Placement)| {
        (placed.position.unwrap_or_else(|| panic!("{label} has no position")), placed.length)
    };
    placed.map(both).collect()
}

#[test]
fn letters_of_rings_ascend_by_the_alphabet() {
    let rings = ["I", "J", "J½", "K", "L", "L 1/2", "M", "N", "O", "P", "S", "T", "U", "Z", "Z+1"];
    let read = readings_together(&rings);
    for (pair, labels) in read.windows(2).zip(rings.windows(2)) {
        let [a, b] = [&pair[0][0], &pair[1][0]];
        assert_eq!((a.family, b.family), (Family::Ring, Family::Ring), "{labels:?}");
        assert!(a.value < b.value, "{labels:?}");
    }
    assert!(understood(&rings).into_iter().all(|known| known));
    // No table has them, least of all that of clothes.
    for system in [Unspecified, Uk] {
        assert_eq!(positions(&rings, system, Axis::Women), vec![None; rings.len()]);
    }
    let system_named = readings_together(&["UK K", "UK L", "Size N"]);
    assert!(system_named.iter().all(|readings| readings[0].family == Family::Ring));
}

#[test]
fn letters_of_clothes_are_no_rings() {
    for labels in [&["S", "M", "L"][..], &["S", "M", "L", "K"], &["XS", "M", "L", "K", "N"]] {
        let read = readings_together(labels);
        let medium = labels.iter().position(|label| *label == "M").unwrap();
        assert_eq!(read[medium][0].family, Family::Letter, "{labels:?}");
        assert_eq!(positions(labels, Unspecified, Axis::Women)[medium], Some(0.0), "{labels:?}");
    }
    assert_eq!(understood(&["M", "K"]), [true, false]);
    // In a shop of both, an article shows by its own letters what it is.
    let lists = [vec!["J", "L", "M"], vec!["N", "O"], vec!["S", "M", "L"], vec!["L", "N", "XL"]];
    assert_eq!(lists_of_rings(&lists), [true, true, false, false]);
    assert_eq!(lists_of_rings(&[vec!["K", "L"], vec!["S", "M"]]), [false, false]);
}

#[test]
fn socks_are_as_far_apart_as_feet() {
    let socks = ["35-38", "39-42", "43-46"];
    let at = |x: f64| Some(x);
    assert_eq!(positions(&socks, Eu, Axis::ShoesWomen), [at(-2.5), at(1.5), at(5.5)]);
    assert_eq!(positions(&["36-40", "41-46"], De, Axis::ShoesMen), [at(-4.0), at(1.5)]);
    // Among clothes no table has them; they are no dresses, collars or jackets.
    let children = ["19-22", "23-26", "27-30", "31-34"];
    for system in [De, Eu, Uk] {
        for axis in [Axis::Women, Axis::Men, Axis::Children] {
            for labels in [&socks[..], &["36-40", "41-46"], &children, &["39-42"]] {
                let found = positions(labels, system, axis);
                assert_eq!(found, vec![None; labels.len()], "{labels:?} {system:?} {axis:?}");
            }
        }
    }
    for labels in [&socks[..], &["36-40", "41-46"], &children] {
        let read = readings_together(labels);
        let shoe = |readings: &Vec<_>| {
            let found: Vec<f64> = readings
                .iter()
                .filter(|r: &&crate::size::reading::Reading| r.family == Family::Shoe)
                .map(|r| r.value)
                .collect();
            found[0]
        };
        assert!(read.windows(2).all(|pair| shoe(&pair[0]) < shoe(&pair[1])), "{labels:?}");
    }
    // The numbers of other garments keep their meaning beside them.
    let jackets = positions(&["39-42", "43-46", "46", "48", "50"], De, Axis::Men);
    assert_eq!(jackets, [None, None, at(-2.0), at(-1.0), at(0.0)]);
    let dresses = positions(&["36-38", "40/42", "36-40"], De, Axis::Women);
    assert_eq!(dresses, [at(-0.5), at(1.5), at(0.0)]);
    assert_eq!(positions(&["33/36", "30/32"], Us, Axis::Waist), [at(0.5), at(-1.0)]);
}

#[test]
fn petite_and_tall_sizes_of_every_spelling() {
    let petite = ["P/S", "P/M", "P/L", "P/XL"];
    let steps = [-1.5, 0.0, 1.5, 3.0];
    for system in [Unspecified, Us] {
        assert_eq!(both(&petite, system), steps.map(|x| (x, -1.0)));
    }
    assert_eq!(both(&["P/M", "S", "M", "L"], Us)[0], (0.0, -1.0));
    // Brazil's ranges.
    for labels in [&["P/M", "G/GG", "M", "G"][..], &["P/M", "M/G"]] {
        assert_eq!(both(labels, Unspecified)[0], (-0.75, 0.0), "{labels:?}");
    }
    assert_eq!(both(&["P/M", "S", "M", "L"], Br)[0], (-0.75, 0.0));

    let plus = ["14WP", "14W Petite", "Petite 14W", "1X Petite", "1XP", "Petite 2X", "2X/P"];
    let found = both(&plus, Us);
    let at = [3.5, 3.5, 3.5, 4.0, 4.0, 6.0, 6.0];
    assert_eq!(found, at.map(|x| (x, -1.0)));
    let tall = ["14WT", "14W Tall", "1X Tall", "Tall 2X", "LT", "2XLT", "XL Tall", "2XT"];
    let at = [3.5, 3.5, 4.0, 6.0, 1.5, 4.5, 3.0, 4.5];
    assert_eq!(both(&tall, Us), at.map(|x| (x, 1.0)));
    for (readings, label) in readings_together(&petite).iter().zip(petite) {
        assert_eq!((readings[0].family, readings[0].length), (Family::Letter, -1.0), "{label}");
    }
}

#[test]
fn letters_of_japan_beside_its_numbers() {
    let labels = ["7号", "9号", "11号", "S", "M", "L", "LL", "3L"];
    let found = placed(&labels, Jp, Axis::Women);
    assert_eq!((found[7].position, found[7].length), (Some(3.0), 0.0));
    assert_eq!((found[2].position, found[2].length), (Some(0.0), 0.0));
}

#[test]
fn numbers_with_a_cut_behind_a_hyphen() {
    let labels = ["40-R", "42-R", "42-L", "42 S"];
    let found = placed(&labels, Us, Axis::Men);
    let both: Vec<_> = found.iter().map(|p| (p.position.unwrap(), p.length)).collect();
    assert_eq!(both, [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (1.0, -1.0)]);
    assert!(understood(&["28/R", "28/L", "W28 R"]).into_iter().all(|known| known));
    // Without an R, the letter is the size of the number.
    assert_eq!(placed(&["10-M", "14-L"], Uk, Axis::Women)[1].length, 0.0);
}

#[test]
fn jackets_with_a_cut_are_of_america_below_44() {
    let labels = ["40R", "42L", "44R", "46S", "48", "50"];
    let at = |x: f64| Some(x);
    assert_eq!(positions(&labels, De, Axis::Men), [0.0, 1.0, 2.0, 3.0, -1.0, 0.0].map(at));
    assert_eq!(positions(&["46R", "48R", "50L"], De, Axis::Men), [-2.0, -1.0, 0.0].map(at));
}

#[test]
fn bras_of_europe_and_france_in_one_label() {
    let labels = ["75B/90B", "80C/95C", "75B"];
    let at = |x: f64| Some(x);
    assert_eq!(positions(&labels, Unspecified, Axis::Bra), [at(0.0), at(1.75), at(0.0)]);
}
