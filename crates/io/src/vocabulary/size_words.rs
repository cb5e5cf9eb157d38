//! Words that name a size or a colour as a property of an article: the names of options.

use super::fold::{squeezed, words};

/// Words for a size, folded.
const SIZE: &str = "size sizes sz grosse groesse gr konfektionsgrosse schuhgrosse taille tailles pointure talla tallas \
                    tallaje taglia taglie misura misure maat maten schoenmaat rozmiar rozmiary storlek storlekar tamanho \
                    tam numeracao storrelse storrelser koko koot kenganumero dimensione talle velikost meret размер サイズ 尺码 尺寸 사이즈";
/// Words for a colour, folded.
const COLOUR: &str = "color colour colors colours farbe farben couleur couleurs coloris color colores colore colori kleur \
                      kleuren kolor kolory farg farger cor cores farve farver farge vari varit";
/// Words in the names of things that are sold but have no size, folded and without blanks.
const NO_GARMENT: [&str; 22] = [
    "giftcard",
    "giftvoucher",
    "giftcertificate",
    "egift",
    "gutschein",
    "geschenkkarte",
    "cartecadeau",
    "chequecadeau",
    "tarjetaregalo",
    "cartaregalo",
    "buonoregalo",
    "cadeaubon",
    "cadeaukaart",
    "kartaprezent",
    "presentkort",
    "gavekort",
    "lahjakortti",
    "valepresente",
    "cartaopresente",
    "shippingprotection",
    "shippinginsurance",
    "versandkosten",
];

/// Whether a text names the property size, as `Size`, `pa_size` and `Shoe size` do.
pub(crate) fn is_size_word(text: &str) -> bool {
    has_word(text, SIZE)
}

/// Whether a text names the property colour.
pub(crate) fn is_colour_word(text: &str) -> bool {
    has_word(text, COLOUR)
}

/// Whether the name of a line belongs to a gift card or another thing without sizes.
pub(crate) fn names_no_garment(name: &str) -> bool {
    squeezed(name).is_some_and(|name| NO_GARMENT.iter().any(|word| name.contains(word)))
}

fn has_word(text: &str, list: &str) -> bool {
    let words = words(text).unwrap_or_default();
    words.iter().any(|word| list.split(' ').any(|listed| listed == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_in_several_languages() {
        for text in ["Size", "pa_size", "Shoe size", "Größe", "Taille", "ROZMIAR"] {
            assert!(is_size_word(text) && !is_colour_word(text), "{text}");
        }
        for text in ["Color", "Farbe", "couleur"] {
            assert!(is_colour_word(text) && !is_size_word(text), "{text}");
        }
        assert!(names_no_garment("E-Gift Card - 25.00") && !names_no_garment("Linen Dress"));
    }
}
