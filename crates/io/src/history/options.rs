//! Finds the option of a product that is its size. Shopify numbers the options of a product, and
//! the first may be its colour.

use crate::failure::{Failure, shown};
use crate::pipeline::find_header;
use crate::platforms::is_size;
use crate::table::{Batch, Source, WantedColumns};

/// Words for the size in the names of options, in lower case and with letters only.
const SIZE: &str = "size sizes größe grösse groesse taille pointure talla talle taglia misura tamanho maat \
     størrelse storlek koko rozmiar velikost méret размер サイズ 尺码 尺寸 사이즈";
/// How many values of an option are looked at.
const MAX_VALUES: usize = 1_000;

/// The column of the option that is the size, where the usual headers have found `column`. Fails if
/// it is one of several options and none or more than one of them looks like sizes.
pub(super) fn size_option(column: &str, source: &Source) -> Result<String, Failure> {
    let numbers = ["1", "2", "3"];
    let value =
        |n: &str| find_header(source, &format!("option{n}value lineitemoption{n}value option{n}"));
    let options: Vec<(&str, String)> =
        numbers.into_iter().filter_map(|n| Some((n, value(n)?))).collect();
    if !options.iter().any(|(_, name)| name == column) {
        return Ok(column.to_owned());
    }
    let names = |n: &str| find_header(source, &format!("option{n}name lineitemoption{n}name"));
    let mut wanted: Vec<String> = options.iter().map(|(_, name)| name.clone()).collect();
    wanted.extend(numbers.into_iter().filter_map(names));
    let Some(batch) = source.batches(WantedColumns::Named(&wanted)).next().transpose()? else {
        return Ok(column.to_owned());
    };
    let mut named = Vec::new();
    let mut like_sizes = Vec::new();
    for (n, value) in options {
        if let Some(name) = names(n)
            && values(&batch, &name)?.iter().any(|name| is_size_word(name))
        {
            named.push(value.clone());
        }
        let values = values(&batch, &value)?;
        let sizes = values.iter().filter(|value| is_size(value)).count();
        if 2 * sizes > values.len() {
            like_sizes.push(value);
        }
    }
    let mut found = if named.is_empty() { like_sizes } else { named };
    match (found.pop(), found.is_empty()) {
        (Some(column), true) => Ok(column),
        (last, _) => {
            let listed = found.iter().chain(&last).map(|name| shown(name)).collect::<Vec<_>>();
            let problem = match listed.len() {
                0 => "is an option of products, and no option looks like sizes".to_owned(),
                _ => format!("may be the size, and so may other options: {}", listed.join(", ")),
            };
            Err(Failure::new(problem)
                .in_file(source.first_file())
                .column(column)
                .remedy("name the column that has the sizes under [history.columns], as in size = \"Option2 Value\""))
        }
    }
}

/// The distinct values of a column.
fn values(batch: &Batch, column: &str) -> Result<Vec<String>, Failure> {
    let cells = batch.cells(column)?;
    let mut values = std::collections::BTreeSet::new();
    for i in 0..cells.len() {
        values.extend(cells.text(i).map(std::borrow::Cow::into_owned));
        if values.len() >= MAX_VALUES {
            break;
        }
    }
    Ok(values.into_iter().collect())
}

fn is_size_word(name: &str) -> bool {
    let word: String =
        name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    SIZE.split_ascii_whitespace().any(|size| size == word)
}
