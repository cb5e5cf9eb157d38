//! Size systems, and their names in schema.org and Google Merchant.

/// The convention of a country or region that a size label is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum System {
    /// Not given.
    #[default]
    Unspecified = 0,
    /// European (EN 13402); for clothing the same numbers as the German ones.
    Eu = 1,
    /// German; also Dutch, Austrian, Scandinavian.
    De = 2,
    /// French; also Spanish, Belgian, Portuguese.
    Fr = 3,
    /// Italian.
    It = 4,
    /// British.
    Uk = 5,
    /// United States; also Canadian.
    Us = 6,
    /// Australian; also New Zealand's.
    Au = 7,
    /// Japanese (JIS).
    Jp = 8,
    /// Chinese (GB/T 1335).
    Cn = 9,
    /// Brazilian.
    Br = 10,
    /// Mexican.
    Mex = 11,
}

/// Each system with its schema.org name and other names in lower case. The index is the code in
/// files.
///
/// schema.org has the names Continental and EN 13402 besides Europe for the same numbers. Its GS1
/// is a code list without numbers of its own.
const SYSTEMS: [(System, &str, &[&str]); 12] = [
    (
        System::Unspecified,
        "WearableSizeSystemUnspecified",
        &["unspecified", "wearablesizesystemgs1"],
    ),
    (
        System::Eu,
        "WearableSizeSystemEurope",
        &[
            "eu",
            "eur",
            "europe",
            "european",
            "wearablesizesystemen13402",
            "wearablesizesystemcontinental",
        ],
    ),
    (System::De, "WearableSizeSystemDE", &["de", "ger", "germany", "german"]),
    (System::Fr, "WearableSizeSystemFR", &["fr", "fra", "france", "french"]),
    (System::It, "WearableSizeSystemIT", &["it", "ita", "italy", "italian"]),
    (System::Uk, "WearableSizeSystemUK", &["uk", "gb", "britain", "british", "united kingdom"]),
    (System::Us, "WearableSizeSystemUS", &["us", "usa", "united states", "american"]),
    (System::Au, "WearableSizeSystemAU", &["au", "aus", "australia", "australian"]),
    (System::Jp, "WearableSizeSystemJP", &["jp", "jpn", "japan", "japanese"]),
    (System::Cn, "WearableSizeSystemCN", &["cn", "chn", "china", "chinese"]),
    (System::Br, "WearableSizeSystemBR", &["br", "brazil", "brazilian"]),
    (System::Mex, "WearableSizeSystemMX", &["mex", "mx", "mexico", "mexican"]),
];

impl System {
    /// Every system, in the order of [`System::code`].
    pub const ALL: [Self; 12] = [
        Self::Unspecified,
        Self::Eu,
        Self::De,
        Self::Fr,
        Self::It,
        Self::Uk,
        Self::Us,
        Self::Au,
        Self::Jp,
        Self::Cn,
        Self::Br,
        Self::Mex,
    ];

    /// The schema.org name: `WearableSizeSystemEurope` and so on.
    ///
    /// Source: schema.org, WearableSizeSystemEnumeration. `WearableSizeSystemUnspecified` is not in
    /// it; Inseam forms it like the others.
    #[must_use]
    pub fn name(self) -> &'static str {
        SYSTEMS[usize::from(self.code())].1
    }

    /// Its code in a model file; must never change.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The abbreviation before a size: EU, UK, MX ...
    pub(super) fn short(self) -> &'static str {
        match self {
            Self::Eu => "EU",
            // The schema.org names end with it.
            _ => &self.name()["WearableSizeSystem".len()..],
        }
    }

    /// The system with this [`System::code`].
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The system that this text names: a schema.org name (with or without its address), a Google
    /// Merchant `size_system` value (US, UK, EU, DE, FR, JP, CN, IT, BR, MEX, AU) or a plain word;
    /// case does not matter. `None` for any other text.
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
        let text = text.bytes().rposition(|b| b == b'/').map_or(text, |at| &text[at + 1..]);
        SYSTEMS
            .iter()
            .find(|(_, name, words)| {
                name.eq_ignore_ascii_case(text)
                    || words.iter().any(|w| w.eq_ignore_ascii_case(text))
            })
            .map(|&(system, ..)| system)
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
    fn codes_and_names_come_back() {
        for (i, system) in System::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(system.code()), i);
            assert_eq!(System::from_code(system.code()), Some(system));
            assert_eq!(SYSTEMS[i].0, system);
            assert_eq!(System::parse(system.name()), Some(system));
        }
        assert_eq!(System::from_code(12), None);
        assert_eq!(System::from_code(u8::MAX), None);
        // Codes in files and names on pages must never change.
        assert_eq!((System::Uk.code(), System::Uk.name()), (5, "WearableSizeSystemUK"));
        assert_eq!((System::Mex.code(), System::Mex.name()), (11, "WearableSizeSystemMX"));
    }

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
        for other in ["", "/", "Mars", "none", "WearableSizeSystem", "U S"] {
            assert_eq!(System::parse(other), None, "{other}");
        }
    }
}
