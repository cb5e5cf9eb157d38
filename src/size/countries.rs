//! Names and codes of countries in the languages of shops, and the size system that each uses.
//!
//! Only a field that names the system is read with them, and only in training and the program.

use super::System;
use super::letters::{lists, without_accent};

/// Each system and its countries: codes of ISO 3166 with three letters, and names; in lower case,
/// without accents, with `_` for anything but letters.
const COUNTRIES: [(System, &str); 13] = [
    (
        System::De,
        "nl at ch dk se no fi deu nld aut che dnk swe nor fin isl deutschland deutsch allemagne alemania germania alemanha \
         niemcy duitsland tyskland saksa nemecko netherlands the_netherlands holland dutch \
         niederlande pays_bas paises_bajos paesi_bassi paises_baixos olanda holandia nederland \
         nederlanden alankomaat nizozemsko austria austrian osterreich autriche oostenrijk ostrig \
         osterrike itavalta rakousko switzerland swiss schweiz suisse suiza svizzera suica \
         szwajcaria zwitserland sveitsi svycarsko denmark danish danemark dinamarca danimarca dania \
         denemarken danmark tanska dansko sweden swedish schweden suede suecia svezia szwecja \
         zweden sverige ruotsi svedsko norway norwegian norwegen norvege noruega norvegia norwegia \
         noorwegen norge norja norsko finland finnish finnland finlande finlandia suomi finsko \
         scandinavia scandinavian nordic iceland is dach",
    ),
    (
        System::Fr,
        "es pt be esp prt bel lux frankreich francia franca francja frankrijk frankrig frankrike ranska \
         francie frans francais spain spanish spanien espana espagne spagna espanha hiszpania \
         spanje espanja spanelsko espanol portugal portuguese portugiesisch portogallo portugalia \
         portugali portugalsko belgium belgian belgien belgique belgica belgio belgia belgie \
         luxembourg luxemburg lu",
    ),
    (System::It, "italien italia italie wlochy italiaans italiano italian"),
    (
        System::Uk,
        "ie gbr irl ind zaf great_britain uk_ireland england english grossbritannien \
         großbritannien vereinigtes_konigreich grande_bretagne royaume_uni gran_bretana reino_unido \
         gran_bretagna regno_unito gra_bretanha wielka_brytania groot_brittannie \
         verenigd_koninkrijk storbritannien storbritannia iso_britannia velka_britanie ireland irish \
         irland irlande irlanda irlandia ierland irlanti irsko south_africa za india in",
    ),
    (
        System::Us,
        "ca can united_states_of_america america usa_canada us_canada vereinigte_staaten \
         etats_unis estados_unidos stati_uniti eeuu ee_uu eua stany_zjednoczone verenigde_staten \
         yhdysvallat canada canadian kanada",
    ),
    (
        System::Au,
        "nz nzl australien australie nova_zelandia new_zealand neuseeland nouvelle_zelande \
         nueva_zelanda nuova_zelanda nieuw_zeeland",
    ),
    (System::Jp, "japon giappone japao japonia japani japonsko 日本 jis"),
    (System::Cn, "chine cina chiny kina kiina cinsko prc 中国"),
    (System::Br, "bra brasil bresil brasilien brasile brazylia brazilie brasilia"),
    (System::Mex, "mexiko mexique messico meksyk meksiko"),
    (
        System::Kr,
        "south_korea republic_of_korea sudkorea coree coree_du_sud corea corea_del_sur corea_del_sud \
         coreia coreia_do_sul korea_poludniowa zuid_korea sydkorea 한국 ks",
    ),
    (
        System::Ru,
        "russland russie rusia rossiya rosja rusland ryssland venaja rusko россия russian_federation \
         ukr ua ukraine blr by belarus kaz kz kazakhstan",
    ),
    (
        System::Eu,
        "pl cz hu pol cze hun svk rou hrv svn grc bgr est lva ltu tur sk ro hr si gr bg ee lv lt tr europa \
         europaisch european_union continental poland polish polen pologne polonia polska puola \
         polsko czech czechia czech_republic tschechien tchequie chequia cechia czechy tsjechie \
         tjekkiet tjeckien tsekki cesko ceska_republika hungary hungarian ungarn hongrie hungria \
         ungheria wegry hongarije ungern unkari madarsko magyarorszag slovakia slowakei slovensko \
         romania rumanien croatia kroatien slovenia slowenien greece griechenland bulgaria turkey \
         turkiye turkei estonia latvia lithuania euro",
    ),
];

/// Words beside a system's name.
const SIZE_WORDS: &str = "size sizes sizing system groesse grosse große groessen taille tailles talla tallas taglia tamanho rozmiar maat storlek";

/// The system of one country, or of several that agree: "FR / ES", "US & Canada".
pub(super) fn system_of_countries(text: &str) -> Option<System> {
    if text.contains("//") {
        return None;
    }
    let mut system = None;
    for name in text.split(['/', '&', '+', ',', ';', '|', '(', ')']) {
        let key = key(name);
        if key.is_empty() {
            continue;
        }
        let one = COUNTRIES
            .iter()
            .find_map(|(system, names)| lists(names, key.as_bytes()).then_some(*system))
            .or_else(|| System::in_label(&key))?;
        match system {
            None => system = Some(one),
            Some(first) if agree(first, one) => {}
            Some(_) => return None,
        }
    }
    system
}

/// Whether two systems have the same numbers for most garments.
fn agree(a: System, b: System) -> bool {
    let german = |s| matches!(s, System::De | System::Eu);
    a == b || german(a) && german(b)
}

/// A name as the table writes it.
fn key(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter(|c| *c != '.')
        .map(|c| if c.is_alphanumeric() { without_accent(c) } else { ' ' })
        .collect();
    let words: Vec<&str> =
        plain.split_whitespace().filter(|word| !lists(SIZE_WORDS, word.as_bytes())).collect();
    words.join("_")
}
