//! What a body is like of which only height, weight, age and sex are known: a prior, learned once
//! from a public survey; and the bodies that sizes are made for by public standards
//! (`model/README.md`, section 13).

pub mod children;
mod distribution;
mod standard;
mod survey;

pub use distribution::{
    BodyDistribution, BodyPrior, Dimension, Entered, ExpectedBody, PossibleSex, Sex,
};
pub use standard::{GirthLine, shared_mens_chest, standard_girth};
pub use survey::SURVEY;
