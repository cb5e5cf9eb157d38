//! Size systems, by the names that schema.org and Google Merchant give them.

/// The country's or region's convention that a size label is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum System {
    /// Not said.
    #[default]
    Unspecified,
    /// European (EN 13402); for clothing the same numbers as the German ones.
    Eu,
    /// German; also Dutch, Austrian, Scandinavian.
    De,
    /// French; also Spanish, Belgian, Portuguese.
    Fr,
    /// Italian.
    It,
    /// British.
    Uk,
    /// United States; also Canadian.
    Us,
    /// Australian; also New Zealand's.
    Au,
    /// Japanese (JIS).
    Jp,
    /// Chinese (GB/T 1335).
    Cn,
    /// Brazilian.
    Br,
    /// Mexican.
    Mex,
}

/// The system, its schema.org WearableSizeSystem name (where schema.org has none, one formed like the others), and
/// other words for it, in lower case. The index is the code in files.
const SYSTEMS: [(System, &str, &[&str]); 12] = [
    (System::Unspecified, "WearableSizeSystemUnspecified", &["unspecified", "none", "unknown"]),
    (System::Eu, "WearableSizeSystemEurope", &["eu", "eur", "europe", "european", "wearablesizesystemen13402"]),
    (System::De, "WearableSizeSystemDE", &["de", "ger", "germany", "german"]),
    (System::Fr, "WearableSizeSystemFR", &["fr", "fra", "france", "french"]),
    (System::It, "WearableSizeSystemIT", &["it", "ita", "italy", "italian"]),
    (System::Uk, "WearableSizeSystemUK", &["uk", "gb", "britain", "british", "unitedkingdom"]),
    (System::Us, "WearableSizeSystemUS", &["us", "usa", "unitedstates", "american"]),
    (System::Au, "WearableSizeSystemAU", &["au", "aus", "australia", "australian"]),
    (System::Jp, "WearableSizeSystemJP", &["jp", "jpn", "japan", "japanese"]),
    (System::Cn, "WearableSizeSystemCN", &["cn", "chn", "china", "chinese"]),
    (System::Br, "WearableSizeSystemBR", &["br", "bra", "brazil", "brazilian"]),
    (System::Mex, "WearableSizeSystemMEX", &["mex", "mx", "mexico", "mexican"]),
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
    /// Source: schema.org, WearableSizeSystemEnumeration. Its names that stand for no country's numbers (GS1,
    /// Continental) are not here.
    #[must_use]
    pub fn name(self) -> &'static str {
        SYSTEMS[usize::from(self.code())].1
    }

    /// The number that stands for it in a model file; never changes.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::Eu => 1,
            Self::De => 2,
            Self::Fr => 3,
            Self::It => 4,
            Self::Uk => 5,
            Self::Us => 6,
            Self::Au => 7,
            Self::Jp => 8,
            Self::Cn => 9,
            Self::Br => 10,
            Self::Mex => 11,
        }
    }

    /// The system of this [`System::code`].
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The system that this text names: a schema.org name (with or without its address), a Google Merchant
    /// `size_system` value (US, UK, EU, DE, FR, JP, CN, IT, BR, MEX, AU) or a plain word; case does not matter.
    /// `None` for any other text.
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
        let text = text.rsplit('/').next().unwrap_or(text);
        SYSTEMS
            .iter()
            .find(|(_, name, words)| {
                name.eq_ignore_ascii_case(text) || words.iter().any(|w| w.eq_ignore_ascii_case(text))
            })
            .map(|&(system, ..)| system)
    }
}
