//! A row of the table: what the lecture claims, what was asked of it, and what came out.

use super::prose;
use regularization_playground::labs::find;
use regularization_playground::param::Settings;
use regularization_playground::sweep::run_cell;
use std::io::Write;

/// A lab's id and what measures its claims.
pub type Rows = (&'static str, fn(Effort) -> Vec<Claim>);

/// How much is spent on the measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effort {
    /// Few seeds: what the tests take.
    Quick,
    /// All of them: what the table takes.
    Full,
}

impl Effort {
    /// The one number or the other.
    pub fn of<T>(self, quick: T, full: T) -> T {
        if self == Effort::Quick { quick } else { full }
    }
}

/// One claim, measured.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What is claimed, in words.
    pub claim: String,
    /// What must come out.
    pub criterion: &'static str,
    /// What came out.
    pub measured: String,
    /// Whether it is what must come out.
    pub holds: bool,
}

/// Fails where a row does not hold, with few seeds.
///
/// # Panics
/// Where a row does not hold.
pub fn assert_all_hold(sections: &[Rows]) {
    for (lab, rows) in sections {
        for Claim { claim, criterion, measured, holds } in rows(Effort::Quick) {
            assert!(holds, "{lab}: {claim}: {measured} ({criterion})");
        }
    }
}

/// Prints the rows of a section with all its seeds.
///
/// # Panics
/// Where a row does not hold, after the last.
pub fn print_table(sections: &[Rows]) {
    let mut table = String::from("\n| lab | claim | criterion | measured | holds |\n");
    table.push_str("|---|---|---|---|---|\n");
    let mut failed = 0;
    for (lab, rows) in sections {
        for Claim { claim, criterion, measured, holds } in rows(Effort::Full) {
            let word = if holds { "yes" } else { "**no**" };
            table.push_str(&format!("| {lab} | {claim} | {criterion} | {measured} | {word} |\n"));
            failed += u32::from(!holds);
        }
    }
    // In one piece, since sections are measured side by side; and not by `println`, which tests hold back.
    std::io::stdout().write_all(table.as_bytes()).expect("a place to print to");
    assert!(failed == 0, "{failed} do not hold");
}

/// The metrics of one run to its planned end, in the order of the keys.
///
/// # Panics
/// Where the lab, a key or a setting does not exist, or the run diverges.
pub fn cell<const N: usize>(lab: &str, query: &str, keys: [&str; N]) -> [f64; N] {
    let spec = find(lab).unwrap();
    let settings = Settings::from_query(spec.parameters, query).unwrap();
    let metrics = run_cell(spec, settings, &keys.map(str::to_string)).unwrap();
    keys.map(|wanted| metrics.iter().find(|(key, _)| *key == wanted).unwrap().1)
}

/// The mean.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The root of the mean square.
pub fn rms(values: &[f64]) -> f64 {
    mean(&values.iter().map(|value| value * value).collect::<Vec<f64>>()).sqrt()
}

/// The largest absolute value; NaN where one of them is.
pub fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest: f64, value| {
        if value.is_nan() || value.abs() > largest { value.abs() } else { largest }
    })
}

/// A row that holds where the page prints all these figures in the section of this lab.
///
/// # Panics
/// Where the page has no such section.
pub fn on_the_page(lab: &str, figures: &[String]) -> Claim {
    let section = unmarked(&prose::section(lab));
    let missing = missing(&section, figures);
    Claim {
        claim: "the page prints these figures".into(),
        criterion: "each of them",
        measured: format!("{}; not printed: {missing:?}", figures.join(", ")),
        holds: missing.is_empty(),
    }
}

/// The words without the marks of what is printed in them.
fn unmarked(section: &str) -> String {
    let mut parts = section.split("<span data-metric=");
    let first = parts.next().unwrap_or_default().to_string();
    let words = parts
        .fold(first, |words, part| words + part.split_once('>').map_or(part, |(_, rest)| rest));
    words.replace("</span>", "")
}

#[test]
fn a_figure_is_found_with_the_words_on_both_sides_of_its_mark() {
    let words = unmarked(
        r#"goes up to <span data-metric="effective_rank" data-seeds="20">7.3</span> of 8."#,
    );
    assert_eq!(words, "goes up to 7.3 of 8.");
}

/// The same as [`on_the_page`]; none for few seeds, which come to other figures.
pub fn printed(effort: Effort, lab: &str, figures: &[String]) -> Option<Claim> {
    (effort == Effort::Full).then(|| on_the_page(lab, figures))
}

/// Those of the figures that are not printed in these words: 6.4 % is not in 16.4 %.
pub fn missing<'a>(words: &str, figures: &'a [String]) -> Vec<&'a String> {
    let stands = |figure: &String| {
        let number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        words.match_indices(figure.as_str()).any(|(at, _)| !words[..at].ends_with(number))
    };
    figures.iter().filter(|figure| !stands(figure)).collect()
}

/// A mean as a percentage: "16.4 %".
pub fn percent(shares: &[f64]) -> String {
    format!("{:.1} %", 100.0 * mean(shares))
}
