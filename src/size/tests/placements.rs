//! Tests of the starting positions of labels that are read together.

use crate::size::{Axis, Placement, System, canonical, placements};
use System::{Br, De, Eu, Fr, Jp, Kr, Mex, Uk, Unspecified, Us};

/// Placements of labels as training gives them, in the order of the texts.
fn placed(labels: &[&str], system: System, axis: Axis) -> Vec<Placement> {
    let texts: Vec<String> = labels.iter().map(|label| canonical(label).unwrap()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    placements(&texts, system, axis)
}

/// Checks the positions of labels, each within a tenth of a step; none of them is short or long.
fn lie_at(labels: &[&str], system: System, axis: Axis, positions: &[f64]) {
    assert_eq!(labels.len(), positions.len());
    for ((label, found), want) in labels.iter().zip(placed(labels, system, axis)).zip(positions) {
        let x = found.position.unwrap_or_else(|| panic!("{label} {system:?} has no position"));
        assert!((x - want).abs() < 0.1, "{label} {system:?} {axis:?} lies at {x}, not {want}");
        assert_eq!(found.length, 0.0, "{label} {system:?} {axis:?}");
    }
}

#[test]
fn numbers_and_letters_in_one_label() {
    let names = ["Extra small (XS)", "Small (S)", "Medium (M)", "Double extra large (XXL)"];
    lie_at(&names, Unspecified, Axis::Women, &[-3.0, -1.5, 0.0, 4.5]);
    let ranges = ["XS (4-6)", "S (8-10)", "M (12-14)", "XXL (24-26)"];
    lie_at(&ranges, Uk, Axis::Women, &[-3.5, -1.5, 0.5, 6.5]);
    // The letters show whose numbers they are.
    lie_at(&ranges, Unspecified, Axis::Women, &[-3.5, -1.5, 0.5, 6.5]);
    let numbers = ["0 (XS)", "2 (XS)", "4 (S)", "8 (M)", "10 (M)", "14 (L)", "16 (XL)", "20 (XXL)"];
    let positions = [-4.0, -3.0, -2.0, 0.0, 1.0, 3.0, 4.0, 6.0];
    lie_at(&numbers, Us, Axis::Women, &positions);
    lie_at(&numbers, Unspecified, Axis::Women, &positions);
    lie_at(&["S (36/38)", "M (40/42)", "L (44)"], De, Axis::Women, &[-0.5, 1.5, 3.0]);
    lie_at(&["38 (M)", "36 (S)", "40 (L)"], Unspecified, Axis::Women, &[0.0, -1.0, 1.0]);
    lie_at(&["M / 38", "S / 36", "38 M"], De, Axis::Women, &[0.0, -1.0, 0.0]);
    lie_at(&["XS 0-2", "S 4-6"], Us, Axis::Women, &[-3.5, -1.5]);
    lie_at(&["EU 38 / UK 12", "EU 40 / UK 14 / US 10"], Eu, Axis::Women, &[0.0, 1.0]);
    lie_at(
        &["ES 40", "40 NL", "Spain 40", "CA 8"],
        Unspecified,
        Axis::Women,
        &[0.0, 1.0, 0.0, 0.0],
    );
    // A number that does not go with its letter is of another system.
    lie_at(&["M (12-14)", "L (16)"], Eu, Axis::Women, &[0.0, 1.5]);
    lie_at(&["L (60)"], De, Axis::Women, &[1.5]);
}

#[test]
fn letters_of_brazil_mexico_and_japan() {
    let brazil = ["PP", "P", "M", "G", "GG", "G1", "G2", "G3"];
    let positions = [-3.0, -1.5, 0.0, 1.5, 3.0, 4.5, 6.0, 7.5];
    lie_at(&brazil, Unspecified, Axis::Women, &positions);
    lie_at(&brazil, Br, Axis::Women, &positions);
    lie_at(
        &["P", "M", "G", "GG", "XG", "XGG"],
        Unspecified,
        Axis::Women,
        &[-1.5, 0.0, 1.5, 3.0, 4.5, 6.0],
    );
    lie_at(&["P", "M", "G", "EG", "EGG"], Unspecified, Axis::Women, &[-1.5, 0.0, 1.5, 3.0, 4.5]);
    lie_at(&["ECH", "CH", "M", "G", "EG"], Mex, Axis::Women, &[-3.0, -1.5, 0.0, 1.5, 3.0]);
    lie_at(&["P/M", "G/GG"], Unspecified, Axis::Women, &[-0.75, 2.25]);
    // G alone could be anything, and P could be petite.
    assert_eq!(placed(&["G", "S", "L"], Unspecified, Axis::Women)[0].position, None);
    assert_eq!(placed(&["P", "S", "M"], Unspecified, Axis::Women)[0].position, None);

    let japan = ["SS", "S", "M", "L", "LL", "3L", "4L", "5L"];
    lie_at(&japan, Jp, Axis::Women, &[-4.5, -3.0, -1.5, 0.0, 1.5, 3.0, 4.5, 6.0]);
    lie_at(&["M", "L", "LL", "3L"], Unspecified, Axis::Women, &[0.0, 1.5, 3.0, 4.5]);
    // Beside plain numbers 4L is a long 4.
    let long = placed(&["4", "4L", "6", "6L", "6S"], Us, Axis::Women);
    assert_eq!(long.iter().map(|p| p.length).collect::<Vec<_>>(), [0.0, 1.0, 0.0, 1.0, -1.0]);
    assert_eq!(long[1].position, Some(-2.0));
}

#[test]
fn unisex_shoes_and_youth_letters() {
    for (axis, numbers) in [(Axis::ShoesMen, ["9", "10.5"]), (Axis::ShoesWomen, ["11", "12.5"])] {
        let want: Vec<f64> =
            placed(&numbers, Us, axis).iter().map(|p| p.position.unwrap()).collect();
        lie_at(&["M9/W11", "M10.5 / W12.5"], Us, axis, &want);
        lie_at(&["Men's 9 / Women's 11", "W12.5-M10.5"], Unspecified, axis, &want);
    }
    let youth = ["YS", "Youth M", "Youth Large", "YXL", "M"];
    lie_at(&youth, Unspecified, Axis::Men, &[-8.5, -6.5, -4.5, -2.5, -0.5]);
    lie_at(&youth, Unspecified, Axis::Children, &[2.0, 4.0, 6.0, 8.0, 4.0]);
}

#[test]
fn sizes_by_a_measure() {
    let belts = ["80 cm", "85 cm", "90 cm", "100cm", "110 cm"];
    for axis in [Axis::Women, Axis::Men] {
        lie_at(&belts, Unspecified, axis, &[-2.0, -1.0, 0.0, 2.0, 4.0]);
    }
    lie_at(
        &["55 cm", "56 cm", "57 cm", "60 cm"],
        Unspecified,
        Axis::Women,
        &[-2.0, -1.0, 0.0, 3.0],
    );
    lie_at(&["80-90 cm", "34 in", "36 inches"], Unspecified, Axis::Men, &[-1.0, 0.0, 1.0]);
    lie_at(&["98 cm", "104 cm"], Unspecified, Axis::Children, &[-3.0, -2.0]);
    let pairs = ["37/38", "39/40", "41/42", "43/44", "45/46", "47/48"];
    for system in [De, Eu, Fr] {
        lie_at(&pairs, system, Axis::Men, &[-2.5, -0.5, 1.5, 3.5, 5.5, 7.5]);
        lie_at(&["43", "44", "45", "46"], system, Axis::Men, &[3.0, 4.0, 5.0, 6.0]);
        lie_at(&["44", "46", "50", "54"], system, Axis::Men, &[-3.0, -2.0, 0.0, 2.0]);
    }
    lie_at(&["15", "15.5", "15 3/4"], Us, Axis::Men, &[-1.905, -0.635, 0.0]);
    lie_at(&["15", "15.5", "15 3/4"], De, Axis::Men, &[-1.905, -0.635, 0.0]);
    lie_at(&["85", "90", "95", "100"], Kr, Axis::Women, &[-0.75, 0.5, 1.75, 3.0]);
    lie_at(&["44", "55", "66", "77", "88"], Kr, Axis::Women, &[-2.0, -0.75, 0.5, 1.75, 3.0]);
    lie_at(&["95", "100", "105"], Kr, Axis::Men, &[-1.25, 0.0, 1.25]);
    lie_at(&["44", "46"], System::Ru, Axis::Women, &[0.0, 1.0]);
}

#[test]
fn cuts_halves_and_widths() {
    let petite =
        placed(&["Petite M", "M", "Petite S", "XL - Tall", "2XT"], Unspecified, Axis::Women);
    let found: Vec<_> = petite.iter().map(|p| (p.position.unwrap(), p.length)).collect();
    assert_eq!(found, [(0.0, -1.0), (0.0, 0.0), (-1.5, -1.0), (3.0, 1.0), (4.5, 1.0)]);
    let numbers = placed(&["Tall 12", "Petite 10"], Us, Axis::Women);
    let found: Vec<_> = numbers.iter().map(|p| (p.position.unwrap(), p.length)).collect();
    assert_eq!(found, [(2.0, 1.0), (1.0, -1.0)]);

    let five = placed(&["5"], Uk, Axis::ShoesWomen)[0].position.unwrap();
    lie_at(&["5", "5+", "6"], Uk, Axis::ShoesWomen, &[five, five + 0.635, five + 1.27]);
    let men = ["8 C", "8.5 C", "9.5 C", "10 D", "11 D", "10 AA", "9 F"];
    let eight = placed(&["8"], Us, Axis::ShoesMen)[0].position.unwrap();
    let at = |n: f64| eight + 1.27 * (n - 8.0);
    let want = [at(8.0), at(8.5), at(9.5), at(10.0), at(11.0), at(10.0), at(9.0)];
    lie_at(&men, Us, Axis::ShoesMen, &want);
    lie_at(
        &["8 D(M) US", "9.5 2E (W)", "Men's 14"],
        Us,
        Axis::ShoesMen,
        &[at(8.0), at(9.5), at(14.0)],
    );
    lie_at(&["5.5 K", "5.5"], Uk, Axis::ShoesWomen, &[five + 0.635; 2]);
    // Beside 3Y, 10C is a child's size.
    assert!(placed(&["10C", "3Y"], Us, Axis::ShoesWomen)[0].position < Some(-8.0));
    let jeans = placed(&["3432", "32/34", "W32/L30"], Unspecified, Axis::Waist);
    let found: Vec<_> = jeans.iter().map(|p| (p.position.unwrap(), p.length)).collect();
    assert_eq!(found, [(1.0, 0.0), (0.0, 1.0), (0.0, -1.0)]);
}

#[test]
fn ages_in_every_language() {
    for word in [
        "anos",
        "años",
        "ans",
        "anni",
        "Jahre",
        "jaar",
        "lat",
        "år",
        "let",
        "vuotta",
        "лет",
        "y",
        "years",
        "J.",
        "yrs",
        "歳",
        "χρονών",
        "godina",
        "metų",
        "سنوات",
        "שנים",
        "tuổi",
        "ปี",
    ] {
        let labels: Vec<String> = (2..=12).step_by(2).map(|n| format!("{n} {word}")).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let positions = [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0];
        lie_at(&labels, Unspecified, Axis::Children, &positions);
    }
    for word in
        ["months", "mois", "Monate", "mesi", "meses", "maanden", "mies.", "mån", "kuukautta", "мес"]
    {
        let labels = [format!("6 {word}"), format!("12-18 {word}")];
        lie_at(&[&labels[0], &labels[1]], Unspecified, Axis::Children, &[-8.0, -5.0]);
    }
    lie_at(
        &[
            "3 bis 4 Jahre",
            "3 a 4 años",
            "3-4 Jahre / 104",
            "104 (4 ans)",
            "4A",
            "5A",
            "4 Y",
            "Ages 3-4",
            "4Y/104",
            "Anni 4",
            "4 åringar",
        ],
        Unspecified,
        Axis::Children,
        &[-2.0, -2.0, -2.0, -2.0, -2.0, -1.0, -2.0, -2.0, -2.0, -2.0, -2.0],
    );
}

#[test]
fn numbers_mean_what_their_neighbours_show() {
    // Suits by chest, shirts by collar.
    lie_at(&["42", "44", "46", "48"], De, Axis::Men, &[-4.0, -3.0, -2.0, -1.0]);
    lie_at(
        &["38", "39", "43", "44", "48", "50"],
        De,
        Axis::Men,
        &[-2.0, -1.0, 3.0, -3.0, -1.0, 0.0],
    );
    lie_at(&["EU 42", "EU 46", "EU 50"], Unspecified, Axis::Men, &[-4.0, -2.0, 0.0]);
    lie_at(&["38", "40", "42", "44"], De, Axis::Men, &[-2.0, 0.0, 2.0, 4.0]);
    lie_at(&["38", "40", "42", "44"], Us, Axis::Men, &[-1.0, 0.0, 1.0, 2.0]);
    // Waists in inches, trousers by dress size, trousers by chest.
    lie_at(&["30", "36", "42", "44"], De, Axis::Waist, &[-1.0, 2.0, 5.0, 6.0]);
    lie_at(&["36", "38", "42", "44"], De, Axis::Waist, &[-2.29, -1.5, 0.07, 0.86]);
    lie_at(&["44", "48", "52"], De, Axis::Waist, &[-2.0, 0.0, 2.0]);
    lie_at(
        &["28 (DE 36)", "29 (DE 38)", "31 (DE 42)"],
        Unspecified,
        Axis::Waist,
        &[-2.0, -1.5, -0.5],
    );
    // Hats.
    lie_at(&["54/55", "56/57", "58-59"], De, Axis::Women, &[-2.5, -0.5, 1.5]);
    lie_at(&["6 7/8", "7", "7 1/8", "7 1/4"], Us, Axis::Women, &[-2.0, -1.0, 0.0, 1.0]);
    // Children by height without a system, and babies of Australia.
    lie_at(&["98", "104", "110/116"], Unspecified, Axis::Children, &[-3.0, -2.0, -0.5]);
    lie_at(
        &["0000", "000", "00", "0", "1"],
        System::Au,
        Axis::Children,
        &[-11.0, -9.0, -8.0, -7.0, -6.0],
    );
    // Children's shoes start again after 13.
    for (system, thirteen) in [(Uk, 1.75), (Us, 0.48)] {
        let steps = [-1.27, 0.0, 1.27, 2.54].map(|x| thirteen + x);
        lie_at(&["12", "13", "1", "2"], system, Axis::ShoesChildren, &steps);
    }
    let all: Vec<String> = (1..=13).map(|n| n.to_string()).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let shoes = placed(&all, Us, Axis::ShoesChildren);
    assert!(shoes[1].position > shoes[12].position && shoes[2].position < shoes[3].position);
}

#[test]
fn sizes_written_the_other_way_round() {
    lie_at(&["B75", "75-B", "75/B", "C80"], De, Axis::Bra, &[0.0, 0.0, 0.0, 1.75]);
    lie_at(&["1B", "3B", "4C"], System::It, Axis::Bra, &[-2.5, 0.0, 1.75]);
    lie_at(&["D 38", "F 40", "I 44", "D38"], Unspecified, Axis::Women, &[0.0; 4]);
    lie_at(&["K19", "N38", "38N", "38 *"], De, Axis::Women, &[0.0; 4]);
    lie_at(&["W7", "7"], Us, Axis::ShoesWomen, &[-0.9; 2]);
    lie_at(&["P38", "38 Weite H"], Fr, Axis::ShoesWomen, &[-1.0; 2]);
    lie_at(&["15.5/33", "16-34", "17/35"], Us, Axis::Men, &[-0.635, 0.635, 3.175]);
    lie_at(&["3Y/98cm", "4 Y / 104 cm"], Unspecified, Axis::Children, &[-3.0, -2.0]);
    lie_at(&["36 (EU) / 8 (UK)", "38 (EU) / 10 (UK)"], Unspecified, Axis::Women, &[-1.0, 0.0]);
    lie_at(&["XS=34", "M = 38/40", "L_40"], De, Axis::Women, &[-2.0, 0.5, 1.0]);
    lie_at(&["Plus 16", "Maternity 12", "12 maternity"], Uk, Axis::Women, &[2.0, 0.0, 0.0]);
    lie_at(&["Euro 38", "38 euro"], Unspecified, Axis::Women, &[0.0, 0.0]);
    lie_at(&["Junior 3", "UK Child 12"], Uk, Axis::ShoesChildren, &[5.56, 0.48]);
    lie_at(&["8 - Small", "14 - XLarge", "16 XL"], Uk, Axis::Women, &[-2.0, 1.0, 2.0]);
    lie_at(&["S (34-36)", "XL (46-48)"], Us, Axis::Men, &[-2.5, 3.5]);
    let petite = placed(&["PM", "S/P", "8/P", "P8", "14WP"], Us, Axis::Women);
    let found: Vec<_> = petite.iter().map(|p| (p.position.unwrap(), p.length)).collect();
    assert_eq!(found, [(0.0, -1.0), (-1.5, -1.0), (0.0, -1.0), (0.0, -1.0), (3.5, -1.0)]);
    // A spreadsheet has made dates of sizes.
    assert_eq!(placed(&["2024-12-10"], De, Axis::Women)[0].position, None);
}

#[test]
fn letters_of_more_countries() {
    let canada = ["TTP", "TP", "P", "M", "G", "TG", "TTG"];
    lie_at(&canada, System::Us, Axis::Women, &[-4.5, -3.0, -1.5, 0.0, 1.5, 3.0, 4.5]);
    lie_at(&["P", "M", "G", "GG", "XGG"], Br, Axis::Women, &[-1.5, 0.0, 1.5, 3.0, 4.5]);
    lie_at(&["P", "M", "G", "2G", "3G"], Br, Axis::Women, &[-1.5, 0.0, 1.5, 3.0, 4.5]);
    lie_at(&["2P", "P", "M", "2G"], Br, Axis::Women, &[-3.0, -1.5, 0.0, 3.0]);
    lie_at(&["G", "GG", "2G", "3G"], Br, Axis::Women, &[1.5, 3.0, 4.5, 6.0]);
    lie_at(&["GG", "EXG", "EXGG"], Br, Axis::Women, &[3.0, 4.5, 6.0]);
    lie_at(&["M", "L", "O", "XO"], Jp, Axis::Women, &[-1.5, 0.0, 1.5, 3.0]);
    lie_at(&["Sサイズ", "Mサイズ", "LLサイズ"], Jp, Axis::Women, &[-3.0, -1.5, 1.5]);
    lie_at(&["S码", "XL码", "特大"], System::Cn, Axis::Women, &[-3.0, 1.5, 1.5]);
    lie_at(&["PP", "GG", "XGG", "XXGG"], Br, Axis::Women, &[-3.0, 3.0, 4.5, 6.0]);
    lie_at(
        &["P", "GG", "XG", "XXG", "XXXG"],
        Unspecified,
        Axis::Women,
        &[-1.5, 3.0, 4.5, 6.0, 7.5],
    );
    lie_at(&["M", "G", "XG", "2XG", "3XG"], Mex, Axis::Women, &[0.0, 1.5, 3.0, 4.5, 6.0]);
    // Cyrillic and Greek letters that look like Latin ones.
    lie_at(&["ХS", "М", "ХXL", "Μ"], Unspecified, Axis::Women, &[-3.0, 0.0, 4.5, 0.0]);
    lie_at(&["Küçük", "Orta", "Çok büyük"], Unspecified, Axis::Women, &[-1.5, 0.0, 3.0]);
    // The width of shoes.
    let five = placed(&["5"], Uk, Axis::ShoesWomen)[0].position.unwrap();
    lie_at(&["5G", "4G"], Uk, Axis::ShoesWomen, &[five, five - 1.27]);
    lie_at(&["9AR", "11AR"], Jp, Axis::Women, &[-1.0, 0.0]);
}
