//! Reads the name of a size system in a field of its own.

use super::System;
#[cfg(feature = "train")]
use super::countries;

impl System {
    /// The system that this text names: a schema.org name (with or without its address), a Google
    /// Merchant `size_system` value (US, UK, EU, DE, FR, JP, CN, IT, BR, MEX, AU), a country's code
    /// or a plain word; case does not matter. `None` for any other text.
    ///
    /// With the feature `train` also the codes of countries that use another's system (ES, PT and
    /// BE are French, NL, AT, CH, DK, SE, NO and FI German, CA is US, NZ is AU, IE is UK, PL, CZ
    /// and HU are European), other codes, such as DEU and GBR, and countries' names in several
    /// languages. A page gets the systems of the model's scales, which have none of these names.
    ///
    /// ```
    /// use inseam::size::System;
    /// assert_eq!(System::parse("https://schema.org/WearableSizeSystemUK"), Some(System::Uk));
    /// assert_eq!(System::parse("MEX"), Some(System::Mex));
    /// assert_eq!(System::parse("Mars"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        #[cfg(feature = "train")]
        if !text.contains("//") && !text.contains("schema.org") {
            return countries::system_of_countries(text);
        }
        let text = text.bytes().rposition(|b| b == b'/').map_or(text, |at| &text[at + 1..]);
        Self::in_label(text.trim_start())
    }
}

/// As its schema.org [name](System::name).
#[cfg(feature = "serde")]
impl serde::Serialize for System {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// From any text that [`System::parse`] understands.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for System {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "{text:?} is not a size system; it should be like EU or WearableSizeSystemEurope"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_org_and_merchant_name() {
        for name in [
            "AU",
            "BR",
            "CN",
            "Continental",
            "DE",
            "EN13402",
            "Europe",
            "FR",
            "GS1",
            "IT",
            "JP",
            "MX",
            "UK",
            "US",
        ] {
            for prefix in [
                "WearableSizeSystem",
                "https://schema.org/WearableSizeSystem",
                "http://schema.org/wearablesizesystem",
            ] {
                assert!(System::parse(&format!("{prefix}{name}")).is_some(), "{prefix}{name}");
            }
        }
        for (name, system) in
            ["US", "UK", "EU", "DE", "FR", "JP", "CN", "IT", "BR", "MEX", "AU"].iter().zip([
                System::Us,
                System::Uk,
                System::Eu,
                System::De,
                System::Fr,
                System::Jp,
                System::Cn,
                System::It,
                System::Br,
                System::Mex,
                System::Au,
            ])
        {
            assert_eq!(System::parse(name), Some(system));
            assert_eq!(System::parse(&format!(" {} ", name.to_lowercase())), Some(system));
        }
        assert_eq!(System::parse("United Kingdom"), Some(System::Uk));
        assert_eq!(System::parse("schema.org/WearableSizeSystemKR"), Some(System::Kr));
        for other in ["", "/", "Mars", "none", "WearableSizeSystem", "U S"] {
            assert_eq!(System::parse(other), None, "{other}");
        }
    }

    #[cfg(feature = "train")]
    #[test]
    fn countries_that_use_the_system_of_another() {
        for (codes, system) in [
            ("NL AT CH DK SE NO FI", System::De),
            ("es pt be", System::Fr),
            ("CA", System::Us),
            ("NZ", System::Au),
            ("IE", System::Uk),
            ("PL CZ HU", System::Eu),
            ("KR", System::Kr),
            ("RU", System::Ru),
        ] {
            for code in codes.split(' ') {
                assert_eq!(System::parse(code), Some(system), "{code}");
            }
        }
    }

    #[cfg(feature = "train")]
    #[test]
    fn names_of_countries_in_several_languages() {
        for (names, system) in [
            (
                "DEU,Deutschland,Allemagne,Österreich,Schweiz,Pays-Bas,SVERIGE,Dänemark,swe",
                System::De,
            ),
            ("España,Spanien,ESP,Portugal,Belgique,België,Frankreich,FR / ES", System::Fr),
            ("GBR,Great Britain,Großbritannien,Royaume-Uni,Ireland,UK size", System::Uk),
            ("U.S.A.,Estados Unidos,EE. UU.,Kanada,US & Canada", System::Us),
            ("Polska,Česko,Magyarország,EU-Größe,Europa,POL", System::Eu),
            ("New Zealand,NZL,Australien", System::Au),
            ("KOR,South Korea,Corée,한국", System::Kr),
            ("Россия,Russland,RUS", System::Ru),
            ("México,MEX", System::Mex),
            ("Brasil,BRA", System::Br),
            ("Italia,ITA,włochy", System::It),
        ] {
            for name in names.split(',') {
                assert_eq!(System::parse(name), Some(system), "{name}");
            }
        }
        // Systems that differ are no system.
        for other in ["UK / EU", "FR / IT", "XX", "US / Mars", "( )", "numeric", "alpha"] {
            assert_eq!(System::parse(other), None, "{other}");
        }
        assert_eq!(System::parse("DE/EU"), Some(System::De));
    }
}
