//! Everyday words for outcomes in Hungarian, Romanian, Greek, Slovak, Croatian, Slovenian,
//! Bulgarian and Ukrainian.
//!
//! Texts like "túl kicsi" and "prea mic" are not listed: `phrases` reads them.

use super::platforms::Reasons;
use inseam::outcome::Outcome::{Kept, OtherReason, SizeReason, TooLarge, TooSmall, UnknownReason};

const HUNGARIAN: Reasons = &[
    (Kept, "megtartva|megtartotta|jó a méret|megfelelő méret|tökéletes|nem küldte vissza"),
    (TooSmall, "kicsi|kicsi a méret|kicsi lett|szűk|kisebb a vártnál|nagyobb méret kell"),
    (TooLarge, "nagy|nagy a méret|nagy lett|nagyobb a vártnál|kisebb méret kell"),
    (
        SizeReason,
        "rossz méret|nem megfelelő méret|nem jó a méret|nem jó a mérete|mérethiba|méret|méretprobléma|méretcsere|\
         nem a megfelelő méret|hibás méret|szabás",
    ),
    (
        OtherReason,
        "nem tetszik|nem tetszett|szín|sérült|hibás|hibás termék|sérült termék|minőség|rossz minőség|\
         rossz termék|nem a rendelt termék|téves termék|meggondoltam magam|elállás|túl drága|késve érkezett|\
         túl későn érkezett|nincs rá szükségem|tévedésből rendeltem|ajándék|egyéb|egyéb ok|más ok|anyag|stílus|\
         nem felel meg a leírásnak|eltér a képtől",
    ),
    (
        UnknownReason,
        "visszaküldve|visszaküldött|visszaküldés|visszáru|visszatérítve|csere|indoklás nélkül|ismeretlen",
    ),
];

const ROMANIAN: Reasons = &[
    (Kept, "păstrat|se potrivește|mărime potrivită|mărime corectă|perfect|nereturnat"),
    (TooSmall, "mic|mică|strâmt|strâmtă|mărime mică|mai mic decât mă așteptam|vine mic"),
    (TooLarge, "mare|larg|largă|mărime mare|mai mare decât mă așteptam|vine mare"),
    (
        SizeReason,
        "mărime greșită|mărime nepotrivită|mărimea nu se potrivește|nu se potrivește|mărime|mărime incorectă|\
         nu mi se potrivește|nu mi se potrivește mărimea|schimb de mărime|croială",
    ),
    (
        OtherReason,
        "nu îmi place|nu mi-a plăcut|culoare|defect|produs defect|deteriorat|produs deteriorat|calitate|\
         calitate slabă|produs greșit|articol greșit|nu corespunde descrierii|diferit față de poză|prea scump|\
         livrare întârziată|a ajuns prea târziu|m-am răzgândit|nu mai am nevoie|comandat din greșeală|cadou|preț|\
         altul|altele|alt motiv|alte motive|stil|material|refuzat",
    ),
    (
        UnknownReason,
        "returnat|retur|retur produs|rambursat|schimbat|fără motiv|motiv necunoscut|necunoscut|nespecificat",
    ),
];

const GREEK: Reasons = &[
    (Kept, "κρατήθηκε|ταιριάζει|τέλεια εφαρμογή|σωστό μέγεθος|δεν επιστράφηκε"),
    (TooSmall, "μικρό|μικρός|μικρή|στενό|στενή|στενός|μικρό μέγεθος|μικρό νούμερο"),
    (TooLarge, "μεγάλο|μεγάλος|μεγάλη|φαρδύ|φαρδιά|μεγάλο μέγεθος|μεγάλο νούμερο"),
    (
        SizeReason,
        "λάθος μέγεθος|λάθος νούμερο|μέγεθος|δεν ταιριάζει|δεν μου κάνει|δεν μου ταιριάζει|δεν εφαρμόζει|εφαρμογή|\
         ακατάλληλο μέγεθος|αλλαγή μεγέθους",
    ),
    (
        OtherReason,
        "δεν μου αρέσει|δεν μου άρεσε|χρώμα|ελαττωματικό|ελαττωματικό προϊόν|κατεστραμμένο|ποιότητα|κακή ποιότητα|\
         λάθος προϊόν|δεν ανταποκρίνεται στην περιγραφή|διαφορετικό από τη φωτογραφία|πολύ ακριβό|\
         καθυστέρηση παράδοσης|άλλαξα γνώμη|δεν το χρειάζομαι|δώρο|τιμή|άλλο|άλλος λόγος|υλικό|ύφασμα",
    ),
    (
        UnknownReason,
        "επιστράφηκε|επιστροφή|επιστροφή χρημάτων|αλλαγή|χωρίς λόγο|άγνωστο|άγνωστος λόγος",
    ),
];

const SLOVAK: Reasons = &[
    (Kept, "sedia|dobre sedí|ponechané|správna veľkosť"),
    (TooSmall, "príliš malé|príliš malý|príliš malá|malá veľkosť|tesné|tesný|úzke"),
    (TooLarge, "príliš veľké|príliš veľký|príliš veľká|veľká veľkosť|veľké|veľký|voľné"),
    (
        SizeReason,
        "zlá veľkosť|nesprávna veľkosť|nevhodná veľkosť|veľkosť|veľkosť nesedí|nesedí veľkosť|výmena veľkosti",
    ),
    (
        OtherReason,
        "nepáči sa|nepáči sa mi|poškodené|poškodený tovar|chybný tovar|chybný produkt|iný dôvod|iné|\
         odstúpenie od zmluvy|nezodpovedá popisu|zlá kvalita|zmena názoru|rozmyslel som si to|farba",
    ),
    (UnknownReason, "vrátené|vrátenie|bez udania dôvodu|neuvedené"),
];

/// Croatian and Slovenian, with the words that Serbian and Bosnian share.
const SOUTH_SLAVIC: Reasons = &[
    (Kept, "odgovara|pristaje|zadržano|prava veličina|prava velikost|ustreza"),
    (
        TooSmall,
        "premalo|premali|premala|premalen|premalena|preusko|preuzak|mala veličina|majhno|pretesno|preozko|prekratko|prekratak|prekratka",
    ),
    (
        TooLarge,
        "preveliko|prevelik|prevelika|preširoko|preširok|predugo|predug|preduga|predugačko|predolgo|velika veličina",
    ),
    (
        SizeReason,
        "pogrešna veličina|kriva veličina|neodgovarajuća veličina|veličina|ne odgovara veličina|ne pristaje|\
         veličina ne odgovara|napačna velikost|neustrezna velikost|ne ustreza velikost|zamjena veličine",
    ),
    (
        OtherReason,
        "ne sviđa mi se|ne sviđa se|oštećeno|oštećen proizvod|neispravno|neispravan proizvod|pogrešan proizvod|\
         krivi proizvod|kvaliteta|loša kvaliteta|predomislio sam se|predomislila sam se|ostalo|drugi razlog|\
         ni mi všeč|poškodovano|napačen izdelek|drugo|drug razlog|premislil sem si|odstop od pogodbe",
    ),
    (UnknownReason, "vraćeno|povrat|vrnjeno|vračilo|bez razloga|nepoznato|neznano"),
];

const BULGARIAN: Reasons = &[
    (TooSmall, "малко|малък размер|тясно|умалява"),
    (TooLarge, "голямо|голям размер|широко"),
    (SizeReason, "грешен размер|неподходящ размер|не става|размерът не е подходящ"),
    (
        OtherReason,
        "не ми харесва|дефект|дефектен продукт|повредено|грешен продукт|лошо качество|размислих|друго|друга причина",
    ),
    (UnknownReason, "върнато|връщане|без причина|неизвестно"),
];

const UKRAINIAN: Reasons = &[
    (Kept, "підійшло|підійшов розмір"),
    (TooSmall, "малий|мале|малий розмір|замалий|замале|вузьке"),
    (TooLarge, "великий|велике|великий розмір|завеликий|завелике"),
    (SizeReason, "не підійшов розмір|не той розмір|не підійшло|неправильний розмір"),
    (
        OtherReason,
        "не сподобалось|не сподобалося|брак|пошкоджено|не відповідає опису|передумав|передумала|інше",
    ),
    (UnknownReason, "повернення|повернено|без причини"),
];

/// Every list.
pub(super) const ALL: [Reasons; 7] =
    [HUNGARIAN, ROMANIAN, GREEK, SLOVAK, SOUTH_SLAVIC, BULGARIAN, UKRAINIAN];
