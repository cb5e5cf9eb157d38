//! Words of fit groups' names that every build knows.

#[cfg(not(feature = "train"))]
use super::letters::{in_word, lists};

pub(super) const CHILDREN: &str = "kid kids child children childrens boy boys girl girls baby babies toddler toddlers infant infants \
                                   kinder enfant enfants";
pub(super) const MEN: &str =
    "man men mens male menswear gents gentlemen herren homme hommes uomo hombre";
pub(super) const SHOES: &str = "shoe shoes footwear sneaker sneakers trainer trainers boot boots sandal sandals heels pumps loafers \
                                slippers schuhe chaussures scarpe zapatos";
pub(super) const JEANS: &str = "jeans jean denim chino chinos";
pub(super) const TROUSERS: &str = "bottoms trousers pants slacks shorts";
pub(super) const BRA: &str = "bra bras bralette bralettes brassiere brassieres";

/// Whom a fit group is for and what it is, by its name.
pub(super) struct Kinds {
    pub(super) children: bool,
    pub(super) men: bool,
    pub(super) shoes: bool,
    pub(super) bra: bool,
    pub(super) jeans: bool,
    pub(super) trousers: bool,
}

/// What the words of a name say.
#[cfg(not(feature = "train"))]
pub(super) fn kinds(group_name: &str) -> Kinds {
    let name = group_name.to_ascii_lowercase();
    let has =
        |list: &str| name.split(|c: char| !in_word(c)).any(|word| lists(list, word.as_bytes()));
    Kinds {
        children: has(CHILDREN),
        men: has(MEN),
        shoes: has(SHOES),
        bra: has(BRA),
        jeans: has(JEANS),
        trousers: has(TROUSERS),
    }
}
