//! `[charts]`: size charts of brands.

use super::fill::Fill;
use super::mapping::NamedColumns;
use super::tables::{OneOrMany, written};
use crate::table::{FileOptions, delimiter, encoding_name, header_row};
use crate::vocabulary::StandardColumn;
use encoding_rs::Encoding;
use inseam::body::Dimension;
use serde::Deserialize;

/// `[charts]`: one row for each brand, fit group and size, with the body that it is made for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartsTable {
    /// The files of the charts.
    #[serde(alias = "files")]
    pub(super) path: OneOrMany,
    /// The byte between two fields of delimited text; the reader finds it if it is not set.
    #[serde(deserialize_with = "delimiter", default)]
    delimiter: Option<u8>,
    /// The encoding of text files; the reader finds it if it is not set.
    #[serde(deserialize_with = "encoding_name", default)]
    encoding: Option<&'static Encoding>,
    /// The line of the header, from 1; the reader finds it if it is not set.
    #[serde(deserialize_with = "header_row", default)]
    header_row: Option<u64>,
    /// Whether delimited text has quoted fields; the reader finds out if it is not set.
    quoting: Option<bool>,
    /// Columns whose empty cells have the value of another row.
    pub fill: Option<Fill>,
    /// The unit of the girths.
    #[serde(default)]
    pub unit: ChartUnit,
    /// The names of the columns in the files.
    #[serde(default)]
    pub columns: ChartColumns,
}

impl ChartsTable {
    /// How the files are written, as far as the pipeline says so.
    pub fn file_options(&self) -> FileOptions {
        written(self.delimiter, self.encoding, self.header_row, self.quoting)
    }
}

/// The unit of a chart's girths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum ChartUnit {
    /// Centimetres.
    #[default]
    #[serde(rename = "cm")]
    Centimetres,
    /// Inches.
    #[serde(rename = "in", alias = "inch", alias = "inches")]
    Inches,
}

impl ChartUnit {
    /// How many cm it has.
    pub fn cm(self) -> f64 {
        match self {
            Self::Centimetres => 1.0,
            Self::Inches => 2.54,
        }
    }
}

/// `[charts.columns]`: the name of each column in the files of the charts. The reader looks for the
/// columns without a name by the usual headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChartColumns {
    /// The brand; a chart without this column is that of all brands.
    brand: Option<String>,
    /// The fit group; a chart without this column is that of all fit groups.
    group: Option<String>,
    /// The size system; a chart without this column has that of each brand's articles.
    size_system: Option<String>,
    /// The size label.
    size: Option<String>,
    /// Girth of the chest; women's bust.
    #[serde(alias = "bust")]
    chest: Option<String>,
    /// Girth of the waist.
    waist: Option<String>,
    /// Girth of the hips.
    #[serde(alias = "hips")]
    hip: Option<String>,
    /// Inside length of the leg.
    inseam: Option<String>,
    /// Length of the foot.
    foot: Option<String>,
    /// Height of the body.
    height: Option<String>,
}

impl ChartColumns {
    /// The names of the columns that are no girths, each with its standard column.
    pub fn by_standard_column(&self) -> NamedColumns<'_> {
        vec![
            (StandardColumn::Brand, self.brand.as_deref()),
            (StandardColumn::Group, self.group.as_deref()),
            (StandardColumn::SizeSystem, self.size_system.as_deref()),
            (StandardColumn::Size, self.size.as_deref()),
        ]
    }

    /// The dimensions, each with the name that the pipeline gives its column, and with the headers
    /// that it usually has, folded and without blanks.
    pub fn by_dimension(&self) -> [(Dimension, Option<&str>, &'static str); 6] {
        [
            (
                Dimension::Chest,
                self.chest.as_deref(),
                "chest bust chestcm bustcm chestgirth bustgirth brust brustumfang oberweite poitrine tourdepoitrine pecho busto \
                 petto torace borst borstomvang biust klatkapiersiowa brost brostvidd",
            ),
            (
                Dimension::Waist,
                self.waist.as_deref(),
                "waist waistcm waistgirth taille taillenumfang taillenweite bund bundweite tourdetaille cintura vita \
                 tailleomvang talia pas midja midjevidd",
            ),
            (
                Dimension::Hip,
                self.hip.as_deref(),
                "hip hips hipcm hipscm hipgirth hufte huftumfang huftweite hanche hanches tourdehanches cadera fianchi \
                 heup heupomvang biodra hofter hoftvidd",
            ),
            (
                Dimension::Inseam,
                self.inseam.as_deref(),
                "inseam insideleg innerleg inseamcm schrittlange innenbeinlange entrejambe entrepierna cavallo \
                 binnenbeenlengte dlugoscnogawki innerben innerbenslangd",
            ),
            (
                Dimension::Foot,
                self.foot.as_deref(),
                "foot footlength footcm footlengthcm fusslange longueurpied longueurdupied largopie piede lunghezzapiede \
                 voetlengte dlugoscstopy fotlangd",
            ),
            (
                Dimension::Height,
                self.height.as_deref(),
                "height heightcm bodyheight korpergrosse korperhohe stature estatura altura altezza statura lichaamslengte \
                 wzrost langd kroppslangd",
            ),
        ]
    }
}
