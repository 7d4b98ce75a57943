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
