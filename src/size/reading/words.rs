//! Words of size labels in the languages of shops, and the plain English and letters that
//! `shape.rs` reads. Only training knows them: see [`plain`].

use crate::size::letters::{lists, without_accent};

/// Words and what replaces them. A word is in lower case; it is looked up as it is written, then
/// without its accents.
const WORDS: [(&str, &str); 26] = [
    (
        "Y",
        "y yr yrs year years old jahre jahr jahren jährig j ans an anos ano año años anni anno ani \
         jaar jaren jarig jarige jr lat lata latek letni let rok roku roky rokov leta år ar aar aars \
         ars års vuotta vuotias vuosi v ev eves yas yaş лет год года г річні ετων ετών χρονων χρονών godina godine godini години година metu metų metai gads gadi gadiem urte åring åringar vuotiaat letnie л ани junior youth \
         aasta aastat سنة سنوات שנה שנים tuoi tuổi ปี ขวบ tahun 歳 才 세 岁 歲",
    ),
    (
        "M",
        "m mo mos mth mths mnth month months monate monat monats monaten mon mois meses mes mês mesi mese \
         mån manad månad manader månader maned måned maneder måneder mdr mnd mndr maand maanden \
         mies miesiac miesiąc miesiace miesięcy miesiecy mesic měsíc mesice mesicu mesiacov \
         kuukausi kuukautta kk ho honap honapos meseca meseci mjeseci месеца месеци menesiu mėnesių mėn menesi mēneši kuud μηνων μηνών μηνες μήνες \
         شهر أشهر חודשים thang tháng เดือน bulan luni luna мес месяц месяца месяцев ay aylik ヶ月 か月 ヵ月 개월 个月 月",
    ),
    (
        "0 M",
        "newborn nb neonato neonata neugeborene nouveau-né naissance pasgeboren nyfødt nyfödd \
             noworodek",
    ),
    (
        "S",
        "small sm sml klein kleine pequeno pequena pequeño pequeña chico chica piccolo piccola \
           maly mala mały mała liten lille pieni petit kicsi \
           mic kucuk küçük маленький малый μικρο μικρό 小 소",
    ),
    (
        "M",
        "medium med md mid mittel mittelgroß medio media médio média mediano mediana moyen moyenne \
           średni sredni srednia medel middel keskikoko stredni közepes kozepes mediu orta средний μεσαίο μεσαιο 中 중",
    ),
    (
        "L",
        "large lg lrg lge groß grand grande groot duzy duza duży duża stor velky velka nagy mare buyuk büyük большой μεγάλο μεγαλο suuri 大 대",
    ),
    ("XS", "xsm xsml xsmall ss 特小 加小"),
    ("XL", "xlg xlrg xlge xlarge 特大 加大 특대"),
    ("XXL", "xxlg xxlrg xxlarge"),
    ("X", "extra extragross muy muito tres très sehr bardzo molto cok çok очень"),
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
    (
        "CM",
        "cm cms см ㎝ 센티 厘米 centimeter centimeters centimetre centimetres centimètre centimètres centimetri \
         centimetros centímetros zentimeter",
    ),
    ("MM", "mm мм"),
    (
        "IN",
        "in inch inches zoll pouce pouces pulgada pulgadas pollici polegadas tum duim cali palců",
    ),
    ("-", "bis hasta até ate tot"),
    ("AGE", "ages alter âge edad età leeftijd wiek ålder alder idade возраст"),
    // Words without meaning beside a size.
    (
        "",
        "size sz größe groesse grösse gr taille talla taglia tamanho tam tg rozmiar rozm storlek stl \
         størrelse storrelse str strl maat koko velikost vel размер разм р méret meret numero número \
         number nr no nº num pointure schuhgröße konfektionsgröße kragenweite kw bundweite chest \
         fit slim tailored relaxed weite width breite largeur kid kids child toddler infant \
         baby boys girls maternity umstand slimfit husky waist neck collar cuello sleeve adult adults men mens women womens ladies unisex damen \
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
    let text = between_ages(text);
    for c in text.chars().map(half_width).chain([' ']) {
        if c.is_alphabetic() || c == 'º' {
            // "Mサイズ" and "M码": a letter and a word.
            if c >= FIRST_OF_EAST_ASIA && word.ends_with(|c: char| c.is_ascii()) {
                flush(&mut word, &mut out);
            }
            word.push(c);
            continue;
        }
        // "Men's".
        if matches!(c, '\'' | '’') {
            continue;
        }
        flush(&mut word, &mut out);
        match c {
            '°' | '№' | '#' => {}
            '～' | '〜' | '~' => out.push('-'),
            '.' if !out.ends_with(|c: char| c.is_ascii_digit()) => {}
            c => out.push(c),
        }
    }
    // A hyphen beside a word that was left out: "EU-Größe 38".
    let hyphens =
        if text.trim_start().starts_with('-') { &[' ', '*'][..] } else { &[' ', '*', '-'] };
    eighths(out.trim_matches(hyphens))
}

/// The first character of the scripts of China, Japan and Korea.
const FIRST_OF_EAST_ASIA: char = '\u{3040}';

/// Moves a word to the end of a text, or what replaces it.
fn flush(word: &mut String, out: &mut String) {
    if word.is_empty() {
        return;
    }
    match replaced(word) {
        Some(plain) => out.push_str(plain),
        None => out.extend(word.chars().map(latin)),
    }
    word.clear();
}

/// Writes "3 a 4 años" and "3 à 4 ans" with a hyphen.
fn between_ages(text: &str) -> String {
    for between in [" a ", " à "] {
        if let Some((low, high)) = text.split_once(between)
            && low.ends_with(|c: char| c.is_ascii_digit())
            && high.starts_with(|c: char| c.is_ascii_digit())
        {
            return format!("{low}-{high}");
        }
    }
    text.to_owned()
}

/// The Latin capital that looks like a Cyrillic or Greek one, which keyboards put into "ХL" and
/// "М".
fn latin(c: char) -> char {
    match c {
        'А' | 'Α' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' | 'Μ' => 'M',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'Х' | 'Χ' => 'X',
        c => c,
    }
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
