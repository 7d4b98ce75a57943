//! The words of the page, as tests compare them with what is measured: the one place that knows
//! where they stand.
#![allow(dead_code)]

/// Every lab's id and its section of the page, in the page's order. A number and its percent sign,
/// which the page keeps on one line, have a plain space between them here.
pub fn sections() -> Vec<(String, String)> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/www/index.html"))
        .expect("the page")
        .replace('\u{a0}', " ");
    let sections = page.split("<section").filter_map(|rest| {
        let section = rest.split("</section>").next()?;
        let id = section.split("data-lab=\"").nth(1)?.split('"').next()?;
        Some((id.to_string(), section.to_string()))
    });
    sections.collect()
}

/// The section of one lab.
///
/// # Panics
/// Where the page has none.
pub fn section(lab: &str) -> String {
    let found = sections().into_iter().find(|(id, _)| id == lab);
    found.unwrap_or_else(|| panic!("{lab} has no section")).1
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
