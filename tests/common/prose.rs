//! The words of the page, as tests compare them with what is measured: the one place that knows
//! where they stand.
#![allow(dead_code)]

/// The section of one lab. A number and its percent sign, which the page keeps on one line, have a
/// plain space between them here.
///
/// # Panics
/// Where the lab has none.
pub fn section(lab: &str) -> String {
    let path = format!("{}/www/labs/{lab}.html", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let start = text.find("<section").unwrap_or_else(|| panic!("{path} has no section"));
    text[start..].split("</section>").next().unwrap().replace('\u{a0}', " ")
}

/// The part of a section that says what came out, against what the reader has guessed.
///
/// # Panics
/// Where the lab has none.
pub fn verdict(lab: &str) -> String {
    let section = section(lab);
    let verdict = section.split("class=\"verdict\"").nth(1).and_then(|v| v.split("</div>").next());
    verdict.unwrap_or_else(|| panic!("{lab} has no verdict")).to_string()
}
