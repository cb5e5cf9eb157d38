//! What the name of a fit group says in several languages: Herrenschuhe, Calçados, Boot Cut Jeans.

use super::kinds::{BRA, CHILDREN, JEANS, Kinds, MEN, SHOES, TROUSERS};
use super::letters::{in_word, lists, lower};
use crate::text::joined;

/// What ends the compounds of several languages: Laufschuhe, barnskor, skinnyjeans.
const ENDINGS: &str = "schuhe schuh stiefel stiefeletten sandalen sneaker schoenen laarzen skor kengät støvler stövlar shoes boots \
    sneakers jeans";
/// What begins compounds of German, Dutch and the languages of Scandinavia whatever they end with.
const FRONTS: &str = "herren heren herre kinder mädchen madchen jungen jongens meisjes barn børn";
/// Two words that together are no garment for boys, no boots and no shoes.
const PHRASES: &str = "boot-cut boot-leg boy-short boy-shorts boy-friend girl-friend baby-doll waist-trainer waist-trainers";
/// Socks, which go by the sizes of shoes.
const SOCKS: &str = "sock socks socken sneakersocken kniestrümpfe kniestruempfe chaussette chaussettes calcetín calcetin \
    calcetines calzino calzini calzettoni sok sokken skarpeta skarpety skarpetki strumpor sokker sukat meia meias \
    peúgas peugas ponožky ponozky zokni șosete sosete çorap corap носки 靴下 ソックス 袜子 襪子 양말";
/// Garments beside which the name of a group has socks too, but which go by the sizes of clothes.
const BODY_STOCKINGS: &str = "tights hosiery underwear lingerie bra bras pantyhose stockings strumpfhose strumpfhosen \
    strümpfe wäsche unterwäsche collant collants panty pantys pantis medias calça calças meia-calça maillot \
    strumpbyxor rajstopy ondergoed panties sous-vêtements biancheria intimo bielizna undertøj underkläder alusvaatteet";
/// Garments of denim that are no trousers.
const UPPER: &str = "jacket jackets shirt shirts dress dresses skirt skirts vest vests top tops jacke jacken hemd hemden kleid \
    kleider rock röcke veste vestes chemise chemises robe robes jupe jupes camisa camisas vestido vestidos falda faldas giacca \
    giacche camicia camicie gonna gonne";

/// More words of the lists in `kinds.rs`.
mod more {
    pub(super) const CHILDREN: &str = "niños bambini criança infantil kinderen barn børn dzieci babykleidung babymode babybekleidung dziecięca dziecieca dziecięcy infantis chłopięca dziewczęca youth newborn newborns kinderbekleidung jungen jungs mädchen madchen fille filles garçon \
        garçons garcon garcons bébé bébés bebe bebes niño niña niñas nino ninos nina ninas bebé bebés infantiles bambino bambina \
        bambine bimbo bimba bimbi neonato neonati crianças crianca criancas menino meninos menina meninas bebê dziecko dziecięce \
        dzieciece chłopiec chłopięce dziewczynka dziewczęce niemowlęce jongens meisjes flickor pojkar flicka pojke barnkläder \
        børnetøj piger drenge pige dreng jenter gutter jente gutt lapset lasten pojat tytöt vauva děti dětské detske kluci \
        chlapci dívky holky miminka дети детская детские";
    pub(super) const MEN: &str = "hombres heren herr herre männer manner maenner masculino masculinos masculinas męskie masculine masculin uomini caballero caballeros homem homens masculina mężczyzna mężczyźni męski męska \
        meskie herrar herrer herrkläder herretøj mænd menn miehet miesten pánské pánská panske muži hemd hemden oberhemd oberhemden \
        overhemd overhemden sakko sakkos anzug anzüge jackett мужская мужские";
    pub(super) const SHOES: &str = "schuh stiefel sapatos calçados schoenen skor sko buty bootie booties slipper loafer heel pump mules clogs espadrilles moccasins ballerinas wellies baskets \
        sandale sandalen sandales stiefelette stiefeletten turnschuhe halbschuhe hausschuhe pantoffeln chaussure bottes bottines \
        escarpins mocassins scarpa stivali sandali calzature zapato zapatilla zapatillas botines sandalias calzado sapato \
        sapatilha sapatilhas sandálias chinelos calçado calcados calcado tênis tenis but obuwie kozaki botki trampki sandały \
        szpilki półbuty schoen laarzen sandaal støvler stövlar sandaler kengät kengat saappaat boty obuv kozačky обувь tennarit lenkkarit";
    pub(super) const JEANS: &str = "dżinsy dzinsy jeansy jeanshose jeanshosen rifle džíny dziny vaquero vaqueros tejanos farkut spijkerbroek spijkerbroeken";
    pub(super) const TROUSERS: &str = "hose hosen pantalon pantalons pantalones pantaloni calças calcas calça spodnie spodenki broek broeken byxor byxa bukser housut kalhoty bermudas \
        bermuda брюки";
    pub(super) const BRA: &str = "bh bhs soutien soutiens sujetador sujetadores reggiseno reggiseni sutiã sutiãs biustonosz biustonosze \
        behå podprsenka podprsenky rintaliivit";
}

/// Women, and garments that are for women where nothing else is said.
const WOMEN: &str = "woman women womens womenswear lady ladies female damen dame damenmode frau frauen femme femmes féminin donna donne mujer mujeres dames kvinna kvinnor dam \
    kobieta kobiety damskie damska mulher mulheres feminino dress dresses gown gowns skirt skirts blouse blouses kleid kleider rock röcke bluse blusen robe robes \
    jupe jupes vestido vestidos falda faldas blusa blusas abito abiti gonna gonne jurk jurken rok rokken sukienka sukienki spódnica klänning klänningar kjol kjolar";

/// Whom the clothes of a fit group are for, as far as its name tells: women, men, or `None`.
pub(crate) fn is_for_women(group_name: &str) -> Option<bool> {
    let words = words(group_name);
    let has = |list: &str| words.iter().any(|word| lists(list, word.as_bytes()));
    let Kinds { children, men, bra, .. } = kinds(group_name);
    if children {
        None
    } else if men {
        Some(false)
    } else {
        let compound = words.iter().any(|word| word.starts_with("damen"));
        (bra || compound || has(WOMEN)).then_some(true)
    }
}

/// Whether the name says that a fit group covers the lower body: trousers, jeans or skirts.
pub(crate) fn is_lower_body(group_name: &str) -> bool {
    const SKIRTS: &str = "skirt skirts rock röcke jupe jupes falda faldas gonna gonne rok rokken kjol kjolar spódnica";
    let Kinds { jeans, trousers, .. } = kinds(group_name);
    jeans || trousers || words(group_name).iter().any(|word| lists(SKIRTS, word.as_bytes()))
}

/// What the words of a name say.
pub(super) fn kinds(group_name: &str) -> Kinds {
    let words = words(group_name);
    let has = |list: [&str; 2]| words.iter().any(|word| in_either(list, word));
    // A denim jacket is no pair of jeans.
    let trousers_of_denim = has(["jeans", ""]) || !has([UPPER, ""]);
    Kinds {
        children: has([CHILDREN, more::CHILDREN]),
        men: has([MEN, more::MEN]),
        shoes: has([SHOES, more::SHOES]) || has([SOCKS, ""]) && !has([BODY_STOCKINGS, ""]),
        bra: has([BRA, more::BRA]),
        jeans: has([JEANS, more::JEANS]) && trousers_of_denim,
        trousers: has([TROUSERS, more::TROUSERS]),
    }
}

/// The words of a name in lower case, and the parts of compounds such as Herrenschuhe, MensShoes
/// and Laufschuhe; without the words of [`PHRASES`].
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small_before = false;
    for c in name.chars() {
        let small = lower(c);
        if !in_word(c) || small_before && small != c {
            words.push(String::new());
        }
        if in_word(c) {
            words[..].last_mut().expect("one word at least").push(small);
        }
        small_before = in_word(c) && small == c;
    }
    words.retain(|word| !word.is_empty());
    let phrase = |i: usize| {
        let pair = words.get(i..i + 2).map(|pair| joined![pair[0], "-", pair[1]]);
        pair.is_some_and(|pair| lists(PHRASES, pair.as_bytes()))
    };
    let kept = (0..words.len()).filter(|&i| !phrase(i) && (i == 0 || !phrase(i - 1)));
    let mut found = Vec::new();
    for word in kept.map(|i| &words[i]) {
        found.push(word.clone());
        for (at, _) in word.char_indices().skip(3) {
            let (front, end) = word.split_at(at);
            let person =
                in_either([CHILDREN, more::CHILDREN], front) || in_either([MEN, more::MEN], front);
            let garment = in_either([SHOES, more::SHOES], end)
                || in_either([JEANS, more::JEANS], end)
                || in_either([TROUSERS, more::TROUSERS], end)
                || end == "wear";
            let phrase = lists(PHRASES, joined![front, "-", end].as_bytes());
            let german = end.chars().count() > 3 && lists(FRONTS, front.as_bytes());
            if person && !phrase && (garment || german) {
                found.extend([front.to_owned(), end.to_owned()]);
            }
            if lists(ENDINGS, end.as_bytes()) {
                found.push(end.to_owned());
            }
        }
    }
    found
}

fn in_either(lists_of_words: [&str; 2], word: &str) -> bool {
    lists_of_words.iter().any(|list| lists(list, word.as_bytes()))
}
