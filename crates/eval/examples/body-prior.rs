//! Learns the body prior of `src/body/survey.rs` from a survey, and measures the coverage of its
//! intervals on bodies that it has not seen.
//!
//! ```text
//! cargo run --release -p inseam-eval --example body-prior -- ansur2.csv
//! ```
//!
//! The survey has one row for each person, with the columns `gender` (m or f), `age`, `stature_cm`,
//! `weight_kg`, `chest_cm`, `waist_cm`, `hip_cm`, `foot_length_cm` and `crotch_height_cm`. Source:
//! the Anthropometric Survey of US Army Personnel of 2012 (ANSUR II), approved for public release.

use inseam::body::{BodyDistribution, BodyPrior, Dimension, Entered, Sex};
use inseam_io::failure::Failure;
use inseam_io::table::{Source, WantedColumns};
use std::path::PathBuf;

/// The survey's name of each dimension, in the order of `Dimension::ALL`.
const COLUMNS: [&str; Dimension::COUNT] = [
    "stature_cm",
    "weight_kg",
    "age",
    "chest_cm",
    "waist_cm",
    "hip_cm",
    "foot_length_cm",
    "crotch_height_cm",
];
/// A Gaussian interval of 90 %, in sds to either side.
const NINETY: f64 = 1.6448536269514722;
/// Every fifth person is held out.
const FOLDS: usize = 5;

/// One person of the survey.
struct Person {
    sex: Sex,
    dimensions: [f64; Dimension::COUNT],
}

fn read(path: PathBuf) -> Result<Vec<Person>, Failure> {
    let source = Source::open(&[path])?;
    let mut names: Vec<String> = COLUMNS.iter().map(ToString::to_string).collect();
    names.push("gender".to_owned());
    source.require_in_every_file(&names)?;
    let mut people = Vec::new();
    for batch in source.batches(WantedColumns::Named(&names)) {
        let batch = batch?.require_readable()?;
        let gender = batch.cells("gender")?;
        let columns = COLUMNS.iter().map(|name| batch.cells(name));
        let columns: Vec<_> = columns.collect::<Result<_, _>>()?;
        for row in 0..batch.rows.num_rows() {
            let sex = match gender.text(row).as_deref() {
                Some("f") => Sex::Female,
                Some("m") => Sex::Male,
                _ => return Err(batch.failure(row, "is neither m nor f").column("gender")),
            };
            let mut dimensions = [0.0; Dimension::COUNT];
            for ((dimension, cells), name) in dimensions.iter_mut().zip(&columns).zip(COLUMNS) {
                let number = cells.number(row).ok().flatten().filter(|x| *x > 0.0);
                *dimension = number
                    .ok_or_else(|| batch.failure(row, "is not a number above 0").column(name))?;
            }
            people.push(Person { sex, dimensions });
        }
    }
    Ok(people)
}

fn learn<'p>(people: impl Iterator<Item = &'p Person> + Clone) -> BodyPrior {
    let of_sex = |sex: Sex| {
        let bodies: Vec<_> =
            people.clone().filter(|p| p.sex == sex).map(|p| p.dimensions).collect();
        BodyDistribution::of_bodies(&bodies)
    };
    BodyPrior { female: of_sex(Sex::Female), male: of_sex(Sex::Male) }
}

/// What a person enters of themselves: one bit each for height, weight, age and sex.
fn entered(person: &Person, subset: usize) -> Entered {
    let value = |bit: usize, x: f64| (subset >> bit & 1 == 1).then_some(x);
    Entered {
        height: value(0, person.dimensions[Dimension::Height as usize]),
        weight: value(1, person.dimensions[Dimension::Weight as usize]),
        age: value(2, person.dimensions[Dimension::Age as usize]),
        sex: (subset >> 3 & 1 == 1).then_some(person.sex),
    }
}

fn subset_name(subset: usize) -> String {
    let names = ["height", "weight", "age", "sex"];
    let given: Vec<&str> = (0..4).filter(|bit| subset >> bit & 1 == 1).map(|b| names[b]).collect();
    if given.is_empty() { "nothing".to_owned() } else { given.join(", ") }
}

fn print_coverage(people: &[Person]) {
    let women = people.iter().filter(|p| p.sex == Sex::Female).count() as f64;
    let share = women / people.len() as f64;
    let priors: Vec<BodyPrior> = (0..FOLDS)
        .map(|fold| {
            let rest = people.iter().enumerate().filter(move |(i, _)| i % FOLDS != fold);
            learn(rest.map(|(_, person)| person))
        })
        .collect();
    println!("Share of held-out bodies within the 90 % interval; error, %, of the mean (sd)");
    for subset in 0..16 {
        let mut inside = [[0.0; Dimension::COUNT]; FOLDS];
        let mut square = [0.0; Dimension::COUNT];
        let mut count = [0.0; FOLDS];
        for (i, person) in people.iter().enumerate() {
            let fold = i % FOLDS;
            let entered = entered(person, subset);
            count[fold] += 1.0;
            for sized in Dimension::SIZED {
                let moments = priors[fold].log_dimension(sized, &entered, share);
                let dimension = sized as usize;
                let error = libm::log(person.dimensions[dimension]) - moments.mean;
                square[dimension] += error * error;
                inside[fold][dimension] +=
                    f64::from(error.abs() <= NINETY * moments.variance.sqrt());
            }
        }
        let all: f64 = count.iter().sum();
        let cells = Dimension::SIZED.map(|d| {
            let d = d as usize;
            let total: f64 = inside.iter().map(|fold| fold[d]).sum();
            let folds: Vec<f64> = inside.iter().zip(count).map(|(fold, n)| fold[d] / n).collect();
            let low = folds.iter().copied().fold(1.0, f64::min);
            let high = folds.iter().copied().fold(0.0, f64::max);
            format!(
                "{:.3} [{low:.3}, {high:.3}] {:.1}",
                total / all,
                100.0 * (square[d] / all).sqrt()
            )
        });
        println!("| {} | {} |", subset_name(subset), cells.join(" | "));
    }
}

fn print_distribution(name: &str, distribution: &BodyDistribution) {
    println!("    {name}: BodyDistribution {{\n        mean: [");
    distribution.mean.iter().for_each(|x| println!("            {x:.6},"));
    println!("        ],\n        covariance: [");
    for (i, row) in distribution.covariance.iter().enumerate() {
        let cells = row
            .iter()
            .enumerate()
            .map(|(j, x)| if j > i { "0.0".to_owned() } else { format!("{x:.7}") });
        println!("            [{}],", cells.collect::<Vec<_>>().join(", "));
    }
    println!("        ],\n    }},");
}

fn main() -> Result<(), Failure> {
    let path = std::env::args_os().nth(1).map(PathBuf::from);
    let path = path.ok_or_else(|| Failure::new("needs the path of the survey"))?;
    let people = read(path)?;
    let prior = learn(people.iter());
    print_distribution("female", &prior.female);
    print_distribution("male", &prior.male);
    print_coverage(&people);
    Ok(())
}
