//! Axes: the types of garments for which conversion tables differ, guessed from a fit group's name.

use super::letters::{in_word, lists};

/// The public conversion table that places a fit group's labels. Each axis has its own origin;
/// positions on different axes cannot be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Axis {
    /// Women's clothing by dress size: EU 38 = 0, one step an EU size (4 cm of bust).
    #[default]
    Women,
    /// Men's clothing by chest: EU 50 = US 40 = 0, one step an EU size (4 cm of chest).
    Men,
    /// Children's clothing by height: 116 cm = 0, one step 6 cm, an EU size.
    Children,
    /// Trousers by waist in inches: W32 = 0, one step 2 inches. The inseam does not matter.
    Waist,
    /// Bras by bust girth: EU 75B = 0, one step 4 cm; a band is 1.25 steps and a cup half a step.
    Bra,
    /// Women's footwear: EU 39 = 0, one step an EU size (two thirds of a centimetre).
    ShoesWomen,
    /// Men's footwear: EU 42 = 0, one step an EU size.
    ShoesMen,
    /// Children's footwear: EU 30 = 0, one step an EU size.
    ShoesChildren,
}

const CHILDREN: &str = "kid kids child children childrens boy boys girl girls baby babies toddler toddlers infant infants kinder";
const MEN: &str = "man men mens male menswear gents gentlemen herren homme hommes uomo hombre";
const SHOES: &str = "shoe shoes footwear sneaker sneakers trainer trainers boot boots sandal sandals heels pumps loafers \
                     slippers schuhe chaussures scarpe zapatos";
const JEANS: &str = "jeans jean denim chino chinos";
const TROUSERS: &str = "bottoms trousers pants slacks shorts";
const BRA: &str = "bra bras bralette bralettes brassiere brassieres";

impl Axis {
    /// The axis that a fit group's name suggests: "Footwear", "mens jeans", "Kids' tops" ...
    /// [`Axis::Women`] if the name suggests nothing else, because most of online fashion is for
    /// women.
    ///
    /// ```
    /// use inseam::size::Axis;
    /// assert_eq!(Axis::guess("mens_footwear"), Axis::ShoesMen);
    /// assert_eq!(Axis::guess("Dresses"), Axis::Women);
    /// ```
    #[must_use]
    pub fn guess(group_name: &str) -> Self {
        let name = group_name.to_ascii_lowercase();
        let contains =
            |list: &str| name.split(|c: char| !in_word(c)).any(|word| lists(list, word.as_bytes()));
        let (children, men) = (contains(CHILDREN), contains(MEN));
        if contains(SHOES) {
            return if children {
                Self::ShoesChildren
            } else if men {
                Self::ShoesMen
            } else {
                Self::ShoesWomen
            };
        }
        if children {
            Self::Children
        } else if contains(BRA) {
            Self::Bra
        } else if contains(JEANS) || men && contains(TROUSERS) {
            Self::Waist
        } else if men {
            Self::Men
        } else {
            Self::Women
        }
    }

    /// Whether it is an axis of children's sizes.
    #[must_use]
    pub fn is_for_children(self) -> bool {
        matches!(self, Self::Children | Self::ShoesChildren)
    }
}
