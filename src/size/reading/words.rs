//! Words of size labels in the languages of shops, and the plain English and letters that
//! `shape.rs` reads. Only training knows them: see [`plain`].

use crate::size::letters::{lists, without_accent};

/// Words and what replaces them. A word is in lower case; it is looked up as it is written, then
/// without its accents.
const WORDS: [(&str, &str); 25] = [
    (
        "Y",
        "y yr yrs year years old jahre jahr jahren jährig j ans an anos ano año años anni anno ani \
         jaar jaren jarig jarige jr lat lata latek letni let rok roku roky rokov leta år ar aar aars \
         ars års vuotta vuotias vuosi v ev eves yas yaş лет год года г річні ετων ετών 歳 才 세 岁 歲",
    ),
    (
        "M",
        "m mo mos mth mths mnth month months monate monat monaten mon mois meses mes mês mesi mese \
         mån manad månad manader månader maned måned maneder måneder mdr mnd mndr maand maanden \
         mies miesiac miesiąc miesiace miesięcy miesiecy mesic měsíc mesice mesicu mesiacov \
         kuukausi kuukautta kk honap honapos luni luna мес месяц месяца месяцев ay aylik ヶ月 か月 ヵ月 개월 个月 月",
    ),
    (
        "0 M",
        "newborn nb neonato neonata neugeborene nouveau-né naissance pasgeboren nyfødt nyfödd \
             noworodek",
    ),
    (
        "S",
        "small sm sml klein kleine pequeno pequena pequeño pequeña chico chica piccolo piccola \
           maly mala mały mała liten lille pieni petit 小",
    ),
    (
        "M",
        "medium med md mid mittel mittelgroß medio media médio média mediano mediana moyen moyenne \
           średni sredni srednia medel middel keskikoko stredni 中",
    ),
    ("L", "large lg lrg lge groß grand grande groot duzy duza duży duża stor velky velka 大"),
    ("XS", "xsm xsml xsmall ss"),
    ("XL", "xlg xlrg xlge xlarge"),
    ("XXL", "xxlg xxlrg xxlarge"),
    ("X", "extra extragross muy muito tres très sehr bardzo molto"),
    ("X", "double doble doppel duplo doppio"),
    ("X X", "triple"),
    ("X X X", "quadruple"),
    (
        "LONG",
        "long lng lang lange langgröße longue longo longa largo larga lungo lunga lång langt \
              długi dlugi dluga dlouhy pitkä pitka comprido",
    ),
    (
        "SHORT",
        "short shrt sht kurz kurze kurzgröße court courte corto corta kort krótki krotki \
               krotka kratky lyhyt curto curta",
    ),
    ("REGULAR", "regular reg rglr normal normale normallänge regolare standard std"),
    ("TALL", "tall extratall"),
    ("PETITE", "petite petites"),
    ("PLUS", "plus curve curvy"),
    ("W", "ww xw 2w weit wijd large-fit ancho"),
    ("CM", "cm cms см 센티 厘米"),
    ("MM", "mm мм"),
    (
        "IN",
        "in inch inches zoll pouce pouces pulgada pulgadas pollici polegadas tum duim cali palců",
    ),
    ("-", "bis hasta até ate tot"),
    // Words without meaning beside a size.
    (
        "",
        "size sz größe groesse grösse gr taille talla taglia tamanho tam tg rozmiar rozm storlek stl \
         størrelse storrelse str strl maat koko velikost vel размер разм р méret meret numero número \
         number nr no nº num pointure schuhgröße konfektionsgröße kragenweite kw bundweite chest \
         waist neck collar cuello sleeve adult adults men mens women womens ladies unisex damen \
         herren homme femme hombre mujer uomo donna approx about サイズ 号 號 码 호",
    ),
];

/// Labels of a garment that has no sizes, without what is no letter or digit.
const ONE_SIZE: &str = "unsized nosize ns osz 1sz one onesz onesizeonly free freesize f unisize unitalla \
    unitaille unigrosse universel universale universalny uniwersalny rozmiaruniwersalny univerzalni \
    onestorlek onestorrelse enstorrelse enstorlek ekakoko yksikoko einsize einheitlich einheit \
    eenmaat talleunico tallaunica misuraunica defaulttitle default standardsize nosizes u unico \
    フリー フリーサイズ ワンサイズ 均码 均一 프리 프리사이즈 единый безразмерный";

/// Whether the text says that the garment has one size only.
pub(super) fn is_one_size(text: &str) -> bool {
    let squeezed: String = text
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == 'ー')
        .map(without_accent)
        .collect();
    lists(ONE_SIZE, squeezed.as_bytes())
}

/// The text in the words that `shape::parse` reads: other languages' words for years, months,
/// letters and cuts are replaced, words without meaning are left out, full-width characters become
/// ASCII.
///
/// Only positions and families are read from it, never a label's canonical text. A page
/// canonicalises labels without these words, so with them it would find fewer of the model's
/// labels.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    // French shops write T38.
    let behind = text.trim_start().strip_prefix(['T', 't']).unwrap_or(text);
    let text = if behind.starts_with(|c: char| c.is_ascii_digit()) { behind } else { text };
    for c in text.chars().map(half_width).chain([' ']) {
        if c.is_alphabetic() || c == 'º' {
            word.push(c);
            continue;
        }
        // "Men's".
        if matches!(c, '\'' | '’') {
            continue;
        }
        if !word.is_empty() {
            match replaced(&word) {
                Some(plain) => out.push_str(plain),
                None => out.push_str(&word),
            }
            word.clear();
        }
        match c {
            '°' | '№' | '#' => {}
            '～' | '〜' | '~' => out.push('-'),
            '.' if !out.ends_with(|c: char| c.is_ascii_digit()) => {}
            c => out.push(c),
        }
    }
    // A hyphen beside a word that was left out: "EU-Größe 38".
    let hyphens = if text.trim_start().starts_with('-') { &[' '][..] } else { &[' ', '-'] };
    eighths(out.trim_matches(hyphens))
}

/// Replaces eighths of hats, which `shape.rs` does not read, by two decimals.
fn eighths(text: &str) -> String {
    let decimals = [(" 1/8", ".12"), (" 3/8", ".38"), (" 5/8", ".62"), (" 7/8", ".88")];
    decimals.iter().fold(text.to_owned(), |text, (fraction, decimal)| {
        text.replace(fraction, decimal).replace(&fraction.replace(' ', "-"), decimal)
    })
}

fn replaced(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let bare: String = lower.chars().map(without_accent).collect();
    let find = |word: &str| {
        WORDS.iter().find(|(_, words)| lists(words, word.as_bytes())).map(|(plain, _)| *plain)
    };
    find(&lower).or_else(|| find(&bare))
}

/// The ASCII character of a full-width one.
fn half_width(c: char) -> char {
    match u32::from(c) {
        0x3000 => ' ',
        code @ 0xFF01..=0xFF5D => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
