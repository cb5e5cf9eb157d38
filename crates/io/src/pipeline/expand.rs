//! Replaces `$NAME` and `${NAME}` in paths by environment variables.

use crate::failure::{Failure, shown};

/// Replaces the variables of a text by their values; `$$` stands for a dollar sign.
pub(super) fn expand_variables(
    text: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<String, Failure> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let (name, after) = if let Some(after) = after.strip_prefix('$') {
            out.push('$');
            rest = after;
            continue;
        } else if let Some(braced) = after.strip_prefix('{') {
            braced
                .split_once('}')
                .ok_or_else(|| Failure::new("has ${ without a closing }").value(text))?
        } else {
            let end =
                after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
            after.split_at(end)
        };
        if name.is_empty() {
            return Err(Failure::new("has $ without a name")
                .value(text)
                .remedy("write $$ for a dollar sign"));
        }
        let value = variable(name).ok_or_else(|| {
            Failure::new(format!(
                "needs the environment variable {}, which is not set",
                shown(name)
            ))
            .value(text)
            .remedy(format!("for example: {}=/path/to/tables inseam train ...", shown(name)))
        })?;
        out.push_str(&value);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(name: &str) -> Option<String> {
        (name == "DATA").then(|| "/data".into())
    }

    #[test]
    fn variables_are_replaced() {
        for (text, expanded) in [
            ("$DATA/a.csv", "/data/a.csv"),
            ("${DATA}b/$$5", "/datab/$5"),
            ("plain", "plain"),
            ("x-$DATA.csv", "x-/data.csv"),
        ] {
            assert_eq!(expand_variables(text, variables).unwrap(), expanded);
        }
    }

    #[test]
    fn a_missing_variable_is_named() {
        let text = expand_variables("$NOWHERE/a.csv", variables).unwrap_err().to_string();
        assert!(
            text.contains("\"$NOWHERE/a.csv\" needs the environment variable NOWHERE"),
            "{text}"
        );
        assert!(expand_variables("${DATA", variables).is_err());
        assert!(expand_variables("100$", variables).is_err());
    }
}
