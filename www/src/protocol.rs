//! The numbers of the protocol between JavaScript and the engine: which query it is, and which
//! variant of an enum a query or a reply means. `ts/engine/protocol.ts` lists the same names in the
//! same order; a test below compares the two.

use inseam::recommend::{Reason, Status};

/// Declares an enum whose variants have the numbers 0, 1, 2 ... of the protocol.
macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident: $($variant:ident),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) enum $name { $($variant),+ }

        impl $name {
            /// Every variant, in the order of its number.
            #[allow(dead_code)] // Replies write the numbers and never read them.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];
            #[cfg(test)]
            const NAMES: &[&str] = &[$(stringify!($variant)),+];
        }
    };
}

numbered! {
    /// What JavaScript can ask a model.
    ModelQuery: About, MissingBlocks, Article, Scales, KnowsSystem, Questions, Canonical
}

numbered! {
    /// What JavaScript can ask a shopper.
    ShopperQuery: Advise, Pick, Belief, Personas, Ignored
}

numbered! {
    /// What kind of value a body measurement has in a query.
    MeasureKind: Missing, Number, Word
}

numbered! {
    /// What advice takes as not known about the article.
    Unknown: Nothing, Article, Brand
}

numbered! {
    /// Whether advice names one size, two, or none.
    StatusKind: Advised, Between, Unsure, Both
}

numbered! {
    /// What one reason for advice is.
    ReasonKind: History, OtherGroups, Measurements, NoHistory, ArticleRuns, BrandRuns
}

numbered! {
    /// What a question to the shopper is about.
    QuestionKind: Measurement, Brand
}

/// The number of a status.
pub(crate) fn status(status: Status) -> usize {
    let kind = match status {
        Status::Advised => StatusKind::Advised,
        Status::Between => StatusKind::Between,
        Status::Unsure => StatusKind::Unsure,
        Status::Both => StatusKind::Both,
    };
    kind as usize
}

/// The number of a reason, and its value: purchases, steps, or 0 where it has none.
pub(crate) fn reason(reason: &Reason) -> (usize, f64) {
    let (kind, value) = match *reason {
        Reason::History { purchases } => (ReasonKind::History, purchases as f64),
        Reason::OtherGroups { purchases } => (ReasonKind::OtherGroups, purchases as f64),
        Reason::Measurements => (ReasonKind::Measurements, 0.0),
        Reason::NoHistory => (ReasonKind::NoHistory, 0.0),
        Reason::ArticleRuns { steps } => (ReasonKind::ArticleRuns, steps),
        Reason::BrandRuns { steps } => (ReasonKind::BrandRuns, steps),
    };
    (kind as usize, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::outcome::Outcome;

    /// The names in the enum or the array that `protocol.ts` exports under this name.
    fn typescript(constant: &str) -> Vec<&'static str> {
        let source = include_str!("../ts/engine/protocol.ts");
        let starts = [format!("export enum {constant} {{"), format!("export const {constant} = [")];
        let rest = starts.iter().find_map(|start| Some(source.split_once(start)?.1));
        let rest = rest.unwrap_or_else(|| panic!("protocol.ts does not export {constant}"));
        let (list, _) = rest.split_once([']', '}']).expect("the list ends");
        list.split(',')
            .map(|name| name.trim().trim_matches('\''))
            .filter(|n| !n.is_empty())
            .collect()
    }

    /// `OtherGroups` as TypeScript writes it: `otherGroups`.
    fn camel_case(variant: &str) -> String {
        let (first, rest) = variant.split_at(1);
        first.to_lowercase() + rest
    }

    #[test]
    fn typescript_has_the_same_numbers() {
        for (constant, names) in [
            ("ModelQuery", ModelQuery::NAMES),
            ("ShopperQuery", ShopperQuery::NAMES),
            ("MeasureKind", MeasureKind::NAMES),
            ("Unknown", Unknown::NAMES),
            ("STATUSES", StatusKind::NAMES),
            ("REASON_KINDS", ReasonKind::NAMES),
            ("QUESTION_KINDS", QuestionKind::NAMES),
        ] {
            let expected: Vec<String> = names.iter().map(|name| camel_case(name)).collect();
            assert_eq!(typescript(constant), expected, "{constant}");
        }
        assert_eq!(typescript("OUTCOMES"), Outcome::ALL.map(Outcome::name));
    }
}
