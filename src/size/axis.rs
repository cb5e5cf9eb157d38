//! Axes: the types of garments for which conversion tables differ, guessed from a fit group's name.

#[cfg(feature = "train")]
use super::group_names::kinds;
use super::kinds::Kinds;
#[cfg(not(feature = "train"))]
use super::kinds::kinds;

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

impl Axis {
    /// The axis that a fit group's name suggests: "Footwear", "mens jeans", "Kids' tops",
    /// "Herrenschuhe", "Women > Shoes > Boots" ... [`Axis::Women`] if the name suggests nothing
    /// else, because most of online fashion is for women.
    ///
    /// With the feature `train` it knows words of more languages, compounds and misleading phrases.
    /// A page does without them: it needs the axis only for a size that no scale of the model has,
    /// and to tell children from adults in an account that several persons share.
    ///
    /// ```
    /// use inseam::size::Axis;
    /// assert_eq!(Axis::guess("mens_footwear"), Axis::ShoesMen);
    /// assert_eq!(Axis::guess("Dresses"), Axis::Women);
    /// ```
    #[must_use]
    pub fn guess(group_name: &str) -> Self {
        let Kinds { children, men, shoes, bra, jeans, trousers } = kinds(group_name);
        if shoes {
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
        } else if bra {
            Self::Bra
        } else if jeans || men && trousers {
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
