//! Axes that the names of fit groups suggest.

use crate::size::Axis;

#[test]
fn axes_are_guessed_from_group_names() {
    for (name, axis) in [
        ("dresses", Axis::Women),
        ("", Axis::Women),
        ("bottoms", Axis::Women),
        ("Women's trousers", Axis::Women),
        ("womenswear", Axis::Women),
        ("mens tops", Axis::Men),
        ("Menswear", Axis::Men),
        ("men's trousers", Axis::Waist),
        ("mens_jeans", Axis::Waist),
        ("denim", Axis::Waist),
        ("Bras", Axis::Bra),
        ("footwear", Axis::ShoesWomen),
        ("Shoes / Men", Axis::ShoesMen),
        ("kids-shoes", Axis::ShoesChildren),
        ("Kids", Axis::Children),
        ("boys jeans", Axis::Children),
        ("🩳", Axis::Women),
    ] {
        assert_eq!(Axis::guess(name), axis, "{name}");
    }
}

#[cfg(feature = "train")]
#[test]
fn training_guesses_axes_of_compounds_and_misleading_names() {
    for (name, axis) in [
        // Compounds, and other languages.
        ("Herrenschuhe", Axis::ShoesMen),
        ("HERREN-SCHUHE", Axis::ShoesMen),
        ("Damenschuhe", Axis::ShoesWomen),
        ("Kinderschuhe", Axis::ShoesChildren),
        ("Laufschuhe", Axis::ShoesWomen),
        ("Herrenjeans", Axis::Waist),
        ("Herrenhosen", Axis::Waist),
        ("Herrenhemden", Axis::Men),
        ("Herenkleding", Axis::Men),
        ("Herrenmode", Axis::Men),
        ("Männer", Axis::Men),
        ("Roupas Masculinas", Axis::Men),
        ("Sapatos masculinos", Axis::ShoesMen),
        ("Calçados Infantis", Axis::ShoesChildren),
        ("Mädchenkleider", Axis::Children),
        ("Babykleidung", Axis::Children),
        ("Odzież dziecięca", Axis::Children),
        ("Jeanshosen", Axis::Waist),
        ("Baskets", Axis::ShoesWomen),
        ("Babyblue", Axis::Women),
        ("MensShoes", Axis::ShoesMen),
        ("mensshoes", Axis::ShoesMen),
        ("WomensJeans", Axis::Waist),
        ("Enfant", Axis::Children),
        ("Chaussures enfant", Axis::ShoesChildren),
        ("chaussures", Axis::ShoesWomen),
        ("CALÇADOS", Axis::ShoesWomen),
        ("Sapatos", Axis::ShoesWomen),
        ("zapatos hombre", Axis::ShoesMen),
        ("scarpe", Axis::ShoesWomen),
        ("buty męskie", Axis::ShoesMen),
        ("herrskor", Axis::ShoesMen),
        ("barnskor", Axis::ShoesChildren),
        ("herresko", Axis::ShoesMen),
        ("Schoenen", Axis::ShoesWomen),
        ("pantalons homme", Axis::Waist),
        ("Women > Shoes > Boots", Axis::ShoesWomen),
        ("Apparel & Accessories > Clothing > Pants", Axis::Women),
        ("Apparel & Accessories > Clothing > Underwear & Socks > Bras", Axis::Bra),
        // A word that means something else beside its neighbour or inside another word.
        ("Boot Cut Jeans", Axis::Waist),
        ("boot-cut jeans", Axis::Waist),
        ("Bootcut Jeans", Axis::Waist),
        ("Bootleg", Axis::Women),
        ("Boyfriend Jeans", Axis::Waist),
        ("Boy Shorts", Axis::Women),
        ("boyshorts", Axis::Women),
        ("Babydoll", Axis::Women),
        ("slip", Axis::Women),
        ("Slip Dresses", Axis::Women),
        ("Shirt dress", Axis::Women),
        ("Mantel", Axis::Women),
        ("Denim jackets", Axis::Women),
        ("mens denim shirts", Axis::Men),
        ("Waist trainers", Axis::Women),
        ("Strumpfhosen", Axis::Women),
    ] {
        assert_eq!(Axis::guess(name), axis, "{name}");
    }
}

#[cfg(feature = "train")]
#[test]
fn socks_go_by_the_sizes_of_shoes() {
    for (name, axis) in [
        ("socks", Axis::ShoesWomen),
        ("Men's socks", Axis::ShoesMen),
        ("Herrensocken", Axis::ShoesMen),
        ("Kids > Socks", Axis::ShoesChildren),
        ("Chaussettes homme", Axis::ShoesMen),
        ("calcetines", Axis::ShoesWomen),
        ("skarpety męskie", Axis::ShoesMen),
        // Tights and bras go by the sizes of clothes.
        ("Underwear & Socks", Axis::Women),
        ("Socks & tights", Axis::Women),
        ("meia-calça", Axis::Women),
        ("Strumpfhosen", Axis::Women),
    ] {
        assert_eq!(Axis::guess(name), axis, "{name}");
    }
}

#[cfg(feature = "train")]
#[test]
fn training_guesses_axes_in_more_languages() {
    for (name, axis) in [
        ("Calcados", Axis::ShoesWomen),
        ("Slipper", Axis::ShoesWomen),
        ("miesten kengät", Axis::ShoesMen),
        ("lasten kengät", Axis::ShoesChildren),
        ("dětské", Axis::Children),
        ("niñas", Axis::Children),
        ("Bambino", Axis::Children),
        ("Mädchen", Axis::Children),
        ("herenschoenen", Axis::ShoesMen),
        ("Hemden", Axis::Men),
        ("vaqueros mujer", Axis::Waist),
        ("spodnie męskie", Axis::Waist),
        ("Jeansjacke", Axis::Women),
        ("reggiseni", Axis::Bra),
        ("Winterstiefeletten", Axis::ShoesWomen),
    ] {
        assert_eq!(Axis::guess(name), axis, "{name}");
    }
}
