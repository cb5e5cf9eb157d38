//! Size systems, and their names in schema.org and Google Merchant.

use super::letters::lists;

/// The convention of a country or region that a size label is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum System {
    /// Not given.
    #[default]
    Unspecified = 0,
    /// European (EN 13402); for clothing the same numbers as the German ones. Also Polish, Czech,
    /// Hungarian.
    Eu = 1,
    /// German; also Dutch, Austrian, Swiss, Danish, Swedish, Norwegian, Finnish.
    De = 2,
    /// French; also Spanish, Portuguese, Belgian.
    Fr = 3,
    /// Italian.
    It = 4,
    /// British; also Irish.
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
    /// Korean: 55 and 66 for women, or the chest in cm.
    Kr = 12,
    /// Russian: for women six above the German number.
    Ru = 13,
}

/// Each system with its schema.org name and other names: in lower case, with `_` for a space, and
/// separated by spaces. The index is the code in files.
///
/// schema.org has the names Continental and EN 13402 besides Europe for the same numbers. Its GS1
/// is a code list without numbers of its own. It has no names for Korea and Russia; these are
/// formed like the others.
const SYSTEMS: [(System, &str, &str); 14] = [
    (System::Unspecified, "WearableSizeSystemUnspecified", "unspecified wearablesizesystemgs1"),
    (
        System::Eu,
        "WearableSizeSystemEurope",
        "eu eur europe european wearablesizesystemen13402 wearablesizesystemcontinental",
    ),
    (System::De, "WearableSizeSystemDE", "de ger germany german"),
    (System::Fr, "WearableSizeSystemFR", "fr fra france french"),
    (System::It, "WearableSizeSystemIT", "it ita italy italian"),
    (System::Uk, "WearableSizeSystemUK", "uk gb britain british united_kingdom"),
    (System::Us, "WearableSizeSystemUS", "us usa united_states american"),
    (System::Au, "WearableSizeSystemAU", "au aus australia australian"),
    (System::Jp, "WearableSizeSystemJP", "jp jpn japan japanese"),
    (System::Cn, "WearableSizeSystemCN", "cn chn china chinese"),
    (System::Br, "WearableSizeSystemBR", "br brazil brazilian"),
    (System::Mex, "WearableSizeSystemMX", "mex mx mexico mexican"),
    (System::Kr, "WearableSizeSystemKR", "kr kor korea korean"),
    (System::Ru, "WearableSizeSystemRU", "ru rus russia russian"),
];

impl System {
    /// Every system, in the order of [`System::code`].
    pub const ALL: [Self; 14] = [
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
        Self::Kr,
        Self::Ru,
    ];

    /// The schema.org name: `WearableSizeSystemEurope` and so on.
    ///
    /// Source: schema.org, WearableSizeSystemEnumeration. Unspecified, KR and RU are not in it;
    /// Inseam forms their names like the others.
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

    /// The system that this word beside a size names.
    pub(super) fn in_label(word: &str) -> Option<Self> {
        let key = key(word);
        SYSTEMS
            .iter()
            .find(|(_, name, words)| lists(words, &key) || name.eq_ignore_ascii_case(word))
            .map(|&(system, ..)| system)
    }
}

/// A text as the tables of names write it.
fn key(text: &str) -> Vec<u8> {
    text.bytes().map(|b| if b == b' ' { b'_' } else { b.to_ascii_lowercase() }).collect()
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
        assert_eq!(System::from_code(14), None);
        assert_eq!(System::from_code(u8::MAX), None);
        // Codes in files and names on pages must never change.
        assert_eq!((System::Uk.code(), System::Uk.name()), (5, "WearableSizeSystemUK"));
        assert_eq!((System::Mex.code(), System::Mex.name()), (11, "WearableSizeSystemMX"));
    }
}
