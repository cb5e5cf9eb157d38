//! Reads the public file's header part by part, and checks each field with its offset.

use super::fields::Fields;
use super::limits::{
    BELOW_1, MAX_BRAND_TEXT, MAX_FEATURES, MAX_KNOTS, MAX_LEVELS, MAX_LOG, MAX_MEASUREMENTS,
    MAX_REACH, MAX_WEIGHT,
};
use crate::Error;
use crate::format::bytes::Cursor;
use crate::format::column;
use crate::format::fault::fault;
use crate::format::quantize::{BeliefCodes, Grid, MAX_CODE};
use crate::format::runs::{self, Run};
use crate::model::{
    AdviceRule, Brand, Choice, Features, Group, MAX_GROUPS, Measurement, MeasurementKind, Model,
    Others, OutcomeTerms, PurchaseTerms, Returns, Scale, ScaleLabel, SizePrior, TRAITS, Trend,
};
use crate::size::System;
use crate::text::joined;
use nalgebra::{Cholesky, DMatrix};

/// Reads the header, which fills the cursor's part. Returns a model without articles, and the size
/// runs in the head, ascending.
pub(in crate::format) fn read(cursor: Cursor<'_>) -> Result<(Model, Vec<Run>), Error> {
    let mut fields = Fields { cursor, fault: None };
    let measurements = fields.measurements();
    let features = Features::width(&measurements);
    let mut groups = fields.groups(features);
    let covariance = fields.covariance(groups.len());
    for (i, group) in groups.iter_mut().enumerate() {
        group.size.variance = covariance[(i, i)];
    }
    let traits = fields.traits(features);
    let trend = fields.trend();
    let scales = fields.scales(groups.len());
    let runs = fields.runs(&scales);
    let brands = fields.brands(&groups);
    let left = fields.cursor.left();
    if left > 0 {
        fields.refuse(fields.cursor.at(), joined![left, " bytes follow the end of the header"]);
    }
    match fields.fault {
        None => Ok((
            Model {
                groups,
                covariance,
                traits,
                trend,
                measurements,
                scales,
                brands,
                articles: Vec::new(),
            },
            runs,
        )),
        Some(fault) => Err(fault),
    }
}

impl Fields<'_> {
    fn measurements(&mut self) -> Vec<Measurement> {
        let count = self.count("measurements", MAX_MEASUREMENTS, 7);
        self.list(count, |fields, before: &[Measurement]| {
            let at = fields.cursor.at();
            let name = fields.text("a measurement's name");
            if before.iter().any(|m| m.name == name) {
                fields.refuse(at, joined!["two measurements are named \"", name, "\""]);
            }
            let kind_at = fields.cursor.at();
            let kind = match fields.varint("a measurement's kind") {
                0 => MeasurementKind::Numeric {
                    mean: fields.finite("a measurement's mean"),
                    sd: fields.positive("a measurement's sd"),
                },
                kind => {
                    if kind > 1 {
                        fields.refuse(
                            kind_at,
                            joined!["a measurement's kind is ", kind, "; it must be 0 or 1"],
                        );
                    }
                    MeasurementKind::Categorical { levels: fields.levels() }
                }
            };
            let missing = fields.not_negative("a missing measurement's widening");
            let next = Measurement { name, kind, missing };
            if Features::width(before.iter().chain([&next])) > MAX_FEATURES {
                fields.refuse(at, joined!["more than ", MAX_FEATURES, " measurement features"]);
            }
            next
        })
    }

    fn levels(&mut self) -> Vec<String> {
        let count = self.count("a measurement's levels", MAX_LEVELS, 1);
        self.list(count, |fields, before: &[String]| {
            let at = fields.cursor.at();
            let level = fields.text("a measurement's level");
            if before.last().is_some_and(|last| *last >= level) {
                fields.refuse(at, joined!["level \"", level, "\" is not in ascending order"]);
            }
            level
        })
    }

    #[inline(never)]
    fn coefficients(&mut self, features: usize) -> Vec<f64> {
        let at = self.cursor.at();
        let count = self.count("coefficients", MAX_FEATURES, 4);
        if count != features {
            self.refuse(
                at,
                joined![count, " coefficients for ", features, " measurement features"],
            );
        }
        self.list(count, |fields, _| fields.finite("a coefficient"))
    }

    fn traits(&mut self, features: usize) -> [SizePrior; TRAITS] {
        std::array::from_fn(|_| SizePrior {
            intercept: self.finite("a trait's intercept"),
            coefficients: self.coefficients(features),
            variance: self.positive("a trait's variance"),
        })
    }

    fn trend(&mut self) -> Trend {
        let count = self.count("knots of the trend", MAX_KNOTS, 9);
        let knots = self.list(count, |fields, before: &[(i32, [f64; 2])]| {
            let at = fields.cursor.at();
            // bincode stores the sign of a number in its lowest bit.
            let code = fields.varint("a day of the trend");
            let day = (code >> 1) as i64 ^ -((code & 1) as i64);
            if i32::try_from(day).is_err() {
                fields.refuse(at, "a day of the trend is not a 32-bit number");
            }
            if before.last().is_some_and(|last| i64::from(last.0) >= day) {
                fields.refuse(at, joined!["day ", day, " of the trend is not in ascending order"]);
            }
            (day as i32, fields.array("a value of the trend"))
        });
        let (days, values) = knots.into_iter().unzip();
        Trend { days, values }
    }

    fn groups(&mut self, features: usize) -> Vec<Group> {
        let at = self.cursor.at();
        let count = self.count("fit groups", MAX_GROUPS, 171);
        if count == 0 {
            self.refuse(at, "fit groups: at least one is needed");
        }
        self.list(count, |fields, before: &[Group]| fields.group(features, before))
    }

    fn group(&mut self, features: usize, before: &[Group]) -> Group {
        let at = self.cursor.at();
        let name = self.text("a fit group's name");
        if before.iter().any(|g| g.name == name) {
            self.refuse(at, joined!["two fit groups are named \"", name, "\""]);
        }
        // The fields of a literal are evaluated in the order written here, which is the file's
        // order.
        let size = SizePrior {
            intercept: self.finite("a fit group's intercept"),
            coefficients: self.coefficients(features),
            // The diagonal of the covariance, which comes later in the file.
            variance: 0.0,
        };
        let outcome = self.outcome();
        let purchase = self.purchase();
        let choice = Choice {
            scale: self.positive("a choice scale"),
            awareness: self.finite("a choice awareness"),
            others: Others {
                share: self.ranged("the share for others", "from 0 to below 1", (0.0, BELOW_1)),
                mean: self.finite("the mean of others"),
                variance: self.positive("the variance of others"),
            },
        };
        let advice = AdviceRule {
            weight: self.ranged(
                "the weight of P(fits) in advice",
                "from 0 to 64",
                (0.0, MAX_WEIGHT),
            ),
            reach: self.reach(),
        };
        let returns = Returns {
            intercept: self.finite("a return intercept"),
            article_variance: self.positive("a return variance"),
            unexplained: self.positive("the unexplained ratio"),
            bracketed: self.ranged("the share of bracketed sizes", "from 0 to 1", (0.0, 1.0)),
        };
        let offset_variance = self.variances("an offset variance").into();
        let grade_variance = self.positive("a grade variance");
        let spread_variance = self.variances("a spread variance").into();
        Group {
            name,
            size,
            outcome,
            purchase,
            choice,
            advice,
            returns,
            offset_variance,
            grade_variance,
            spread_variance,
        }
    }

    fn outcome(&mut self) -> OutcomeTerms {
        let terms = [self.array("an outcome term"), self.array("an outcome term")];
        let slope = self.not_negative("an outcome's slope");
        OutcomeTerms {
            terms,
            slope,
            chosen_slope: self.ranged(
                "a chosen slope",
                "between minus the slope and the slope",
                (-slope, slope),
            ),
            advised: self.array("what an advised size adds"),
        }
    }

    fn purchase(&mut self) -> PurchaseTerms {
        let terms = [self.array("a purchase term"), self.array("a purchase term")];
        let [lean, size, garment, fussiness, preference, spread] = self.array("a purchase term");
        PurchaseTerms { terms, lean, size, garment, fussiness, preference, spread }
    }

    fn reach(&mut self) -> u8 {
        let at = self.cursor.at();
        let reach = self.keep(|cursor| cursor.u8("the reach of advice"));
        if reach > MAX_REACH {
            self.refuse(at, joined!["the reach of advice must be at most ", MAX_REACH]);
        }
        reach
    }

    fn covariance(&mut self, groups: usize) -> DMatrix<f64> {
        let at = self.cursor.at();
        let count = self.count("covariances", MAX_GROUPS * (MAX_GROUPS + 1) / 2, 8);
        if count != groups * (groups + 1) / 2 {
            self.refuse(at, joined![count, " covariances for ", groups, " fit groups"]);
        }
        let mut out = DMatrix::zeros(groups, groups);
        for i in 0..groups {
            for j in 0..=i {
                let at = self.cursor.at();
                let x = self.keep(|cursor| cursor.u64("a covariance").map(f64::from_bits));
                if !x.is_finite() {
                    self.refuse(at, "a covariance is not finite");
                }
                (out[(i, j)], out[(j, i)]) = (x, x);
            }
        }
        if self.fault.is_none() && Cholesky::new(out.clone()).is_none() {
            self.refuse(at, "the covariance is not positive definite");
        }
        out
    }

    fn scales(&mut self, groups: usize) -> Vec<Scale> {
        let count = self.count("size scales", 1 << 16, 12);
        self.list(count, |fields, _| {
            let group = fields.index("a size scale's fit group", groups);
            let at = fields.cursor.at();
            let code = fields.keep(|cursor| cursor.u8("a size system"));
            let system = System::from_code(code);
            if system.is_none() {
                fields.refuse(at, joined![code, " is not the code of a size system of version 3"]);
            }
            let noise =
                fields.ranged("a size scale's noise", "between 1/16 and 16", (0.0625, 16.0));
            Scale {
                group,
                system: system.unwrap_or(System::Unspecified),
                noise,
                labels: fields.labels(),
            }
        })
    }

    fn labels(&mut self) -> Vec<ScaleLabel> {
        let at = self.cursor.at();
        let count = self.count("size labels", 1 << 16, 21);
        if count == 0 {
            self.refuse(at, "size labels: a scale needs at least one");
        }
        let out = self.list(count, |fields, before: &[ScaleLabel]| {
            let text = fields.text("a size label");
            let at = fields.cursor.at();
            let position = fields.finite("a size label's position");
            if before.last().is_some_and(|last| last.position > position) {
                fields
                    .refuse(at, joined!["size label \"", text, "\" lies below the one before it"]);
            }
            let at = fields.cursor.at();
            let (length, appeal) =
                (fields.finite("a size label's length"), fields.finite("a size label's appeal"));
            if length.abs() > MAX_LOG || appeal.abs() > MAX_LOG {
                fields.refuse(
                    at,
                    joined!["size label \"", text, "\" has a length or an appeal beyond +-64"],
                );
            }
            ScaleLabel {
                text,
                position,
                length,
                appeal,
                thresholds: fields.array("a size label's threshold"),
            }
        });
        let mut texts: Vec<&str> = out.iter().map(|label| label.text.as_str()).collect();
        texts.sort_unstable();
        if let Some(twice) = texts.windows(2).find(|pair| pair[0] == pair[1]) {
            self.refuse(at, joined!["a scale has two size labels \"", twice[0], "\""]);
        }
        out
    }

    fn runs(&mut self, scales: &[Scale]) -> Vec<Run> {
        let count = self.count("size runs", 1 << 16, 2);
        self.list(count, |fields, before: &[Run]| {
            let at = fields.cursor.at();
            let scale = fields.index("a size run's scale", scales.len());
            let labels = scales.get(usize::from(scale)).map_or(0, |scale| scale.labels.len());
            let bits =
                fields.keep(|cursor| column::read_flags(cursor, labels, "a size run's labels"));
            let run = runs::from_bits(scale, bits.into_iter());
            if run.is_none() {
                fields.refuse(
                    at,
                    joined!["a size run has no labels, or more than ", runs::MAX_SIZES],
                );
            }
            let run = run.unwrap_or(Run { scale, labels: Vec::new() });
            if before.last().is_some_and(|last| *last >= run) {
                fields.refuse(at, "a size run is not in ascending order");
            }
            run
        })
    }

    /// Brands as columns: names and categories as indices into a list of texts.
    fn brands(&mut self, groups: &[Group]) -> Vec<Brand> {
        let texts = self.count("texts of brands", 1 << 24, 1);
        let texts = self.list(texts, |fields, _| fields.text("a text of brands"));
        let at = self.cursor.at();
        let count = self.varint("brands");
        // Texts are stored once each. The bits of a brand's group bound the number of brands.
        if count / 4 > self.cursor.left() as u64 {
            self.refuse(
                at,
                joined!["brands: ", count, " of them do not fit into the remaining bytes"],
            );
        }
        self.keep(|cursor| brand_table(cursor, count as usize, &texts, groups))
    }
}

/// The table of brands: columns of indices into `texts`, of groups and of belief codes.
fn brand_table(
    cursor: &mut Cursor<'_>,
    count: usize,
    texts: &[String],
    groups: &[Group],
) -> Result<Vec<Brand>, Error> {
    let at = cursor.at();
    let max = texts.len() as i64 - 1;
    let names = column::read(cursor, count, (0, max), "a brand's name")?;
    let categories = column::read(cursor, count, (0, max), "a brand's category")?;
    let of_group =
        column::read(cursor, count, (0, groups.len() as i64 - 1), "a brand's fit group")?;
    let mut codes = |min, field| column::read(cursor, count, (min, MAX_CODE), field);
    let (offsets, offset_sds) =
        (codes(-MAX_CODE, "a brand's offset")?, codes(1, "a brand's offset")?);
    let (spreads, spread_sds) =
        (codes(-MAX_CODE, "a brand's spread")?, codes(1, "a brand's spread")?);
    let bytes = |i: usize| texts[names[i] as usize].len() + texts[categories[i] as usize].len();
    if (0..count).fold(0_usize, |sum, i| sum.saturating_add(bytes(i))) > MAX_BRAND_TEXT {
        return Err(fault(
            at,
            joined!["the brands' names have more than ", MAX_BRAND_TEXT, " bytes in total"],
        ));
    }
    let brand = |i: usize| {
        let group = of_group[i] as u16;
        let grid = Grid::for_offsets(&groups[usize::from(group)]).for_brands();
        Brand {
            name: texts[names[i] as usize].clone(),
            category: texts[categories[i] as usize].clone(),
            group,
            offset: grid.decode(BeliefCodes { mean: offsets[i], sd: offset_sds[i] }),
            spread: Grid::SPREAD
                .for_brands()
                .decode(BeliefCodes { mean: spreads[i], sd: spread_sds[i] }),
        }
    };
    Ok((0..count).map(brand).collect())
}
