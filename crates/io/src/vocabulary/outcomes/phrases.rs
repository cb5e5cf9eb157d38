//! Reads texts that say in words of their own that something is too small or too large: "Waist too
//! tight", "Ärmel zu lang", "trop serré à la poitrine".

use inseam::outcome::Outcome;

/// The longest text that counts as a phrase, in words. Longer texts are comments.
const MAX_WORDS: usize = 8;

/// The words of one language: those for "too", for small and for large. All are folded.
struct Language {
    too: &'static str,
    small: &'static str,
    large: &'static str,
}

/// English, German, French, Spanish, Italian, Dutch, Polish, Swedish, Portuguese, Danish and
/// Norwegian, Finnish, Hungarian, Romanian, Greek, Czech and Slovak, Bulgarian, Russian and
/// Ukrainian, Turkish.
const LANGUAGES: [Language; 18] = [
    Language {
        too: "too",
        small: "small smaller tight narrow short snug little",
        large: "big bigger large larger loose wide long baggy roomy",
    },
    Language {
        too: "zu",
        small: "klein kleine eng kurz schmal knapp",
        large: "gross weit lang breit locker",
    },
    Language {
        too: "trop",
        small: "petit petite petits petites serre serree serres serrees etroit etroite etroits etroites court courte \
                courts courtes juste",
        large: "grand grande grands grandes large larges ample amples long longue longs longues",
    },
    Language {
        too: "demasiado demasiada muy",
        small: "pequeno pequena pequenos estrecho estrecha ajustado ajustada corto corta apretado apretada justo justa \
                chico chica",
        large: "grande grandes ancho ancha holgado holgada largo larga suelto suelta amplio amplia",
    },
    Language {
        too: "troppo troppa",
        small: "piccolo piccola piccoli piccole stretto stretta stretti strette corto corta corti corte",
        large: "grande grandi largo larga larghi larghe lungo lunga lunghi lunghe ampio ampia",
    },
    Language {
        too: "te",
        small: "klein strak nauw krap kort smal",
        large: "groot wijd lang ruim breed los",
    },
    Language {
        too: "za zbyt",
        small: "maly mala male ciasny ciasna ciasne krotki krotka krotkie waski waska waskie",
        large: "duzy duza duze luzny luzna luzne dlugi dluga dlugie szeroki szeroka szerokie obszerny",
    },
    Language {
        too: "for alltfor",
        small: "liten litet sma trang trangt tranga kort korta smal smala tajt",
        large: "stor stort stora vid vitt vida lang langt langa los lost bred breda",
    },
    Language {
        too: "muito muita demasiado demasiada",
        small: "pequeno pequena apertado apertada curto curta estreito estreita justo justa",
        large: "grande grandes largo larga comprido comprida folgado folgada",
    },
    Language {
        too: "for alt",
        small: "lille lite liten litet sma smal stram trang snaever kort korte",
        large: "stor stort store vid vidt lang langt lange los lost bred brede",
    },
    Language {
        too: "liian",
        small: "pieni pienet pienia tiukka tiukat ahdas ahtaat lyhyt lyhyet kapea kapeat kirea",
        large: "suuri suuret iso isot loysa loysat pitka pitkat levea leveat valja",
    },
    Language {
        too: "tul",
        small: "kicsi kicsik szuk szukek rovid rovidek keskeny",
        large: "nagy nagyok bo bok hosszu hosszuak szeles tag",
    },
    Language {
        too: "prea",
        small: "mic mica mici stramt stramta stramti stramte scurt scurta scurti scurte ingust ingusta",
        large: "mare mari larg larga largi lung lunga lungi lat lata",
    },
    Language {
        too: "πολυ",
        small: "μικρο μικροσ μικρη μικρα στενο στενοσ στενη στενα κοντο κοντοσ κοντη κοντα",
        large: "μεγαλο μεγαλοσ μεγαλη μεγαλα φαρδυ φαρδυσ φαρδια μακρυ μακρυσ μακρια",
    },
    Language {
        too: "prilis moc",
        small: "male maly mala tesne tesny tesna kratke kratky kratka uzke uzky uzka",
        large: "velke velky velka volne volny volna dlouhe dlouhy dlouha dlhe dlhy dlha siroke siroky siroka",
    },
    Language {
        too: "твърде прекалено",
        small: "малък малка малко малки тесен тясна тясно тесни къс къса късо къси",
        large: "голям голяма голямо големи широк широка широко широки дълъг дълга дълго дълги",
    },
    Language {
        too: "слишком очень занадто надто дуже",
        small: "маленький маленькая маленькое маленькие узкий узкая узкое узкие узко короткий короткая короткое малий \
                мала мале малі вузький вузька вузьке короткі",
        large: "большой большая большое большие широкий широкая широкое широкие длинный длинная длинное великий велика \
                велике великі довгий довга довге",
    },
    Language {
        too: "cok fazla asiri",
        small: "kucuk dar kisa siki",
        large: "buyuk bol uzun genis",
    },
];

/// Words that deny what follows them.
const NOT: &str =
    "not isnt wasnt nicht kein pas no non niet nie inte ikke ei nao nem nu δεν neni nije ni не";

/// The beginnings of words about the delivery and the price. What is too long or too large about
/// them is not the garment.
const NOT_THE_GARMENT: [&str; 20] = [
    "deliver",
    "ship",
    "wait",
    "lead",
    "liefer",
    "versand",
    "wart",
    "livraison",
    "delai",
    "entrega",
    "envio",
    "consegna",
    "spedizione",
    "lever",
    "bezorg",
    "dostaw",
    "toimitus",
    "frete",
    "price",
    "preis",
];

/// The outcome that a text says with words like "too small", by its folded words. Both directions
/// in one text are a [size reason](Outcome::SizeReason). `None` for other texts.
pub(super) fn direction(words: &[String]) -> Option<Outcome> {
    if words.len() > MAX_WORDS {
        return None;
    }
    let (mut small, mut large) = (false, false);
    for language in &LANGUAGES {
        let is = |list: &str, word: &str| list.split(' ').any(|listed| listed == word);
        for at in 0..words.len() {
            let word = &words[at];
            let too = at > 0 && is(language.too, &words[at - 1]);
            let next = words.get(at + 1).map(String::as_str);
            // Turkish denies with a word behind: "çok büyük değil".
            let denied = (at > 1 && is(NOT, &words[at - 2])) || next == Some("degil");
            // Portuguese also says "pequeno demais".
            let after = next == Some("demais");
            if (too && !denied) || after {
                small |= is(language.small, word);
                large |= is(language.large, word);
            }
        }
    }
    let about_delivery =
        words.iter().any(|word| NOT_THE_GARMENT.iter().any(|start| word.starts_with(start)));
    match (small, large) {
        (false, false) => None,
        _ if about_delivery => Some(Outcome::OtherReason),
        (true, false) => Some(Outcome::TooSmall),
        (false, true) => Some(Outcome::TooLarge),
        (true, true) => Some(Outcome::SizeReason),
    }
}
