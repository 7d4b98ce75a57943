//! How the house is built: who may know whom, what no file may use, and how long anything may be.
//! All of it is read from the source.
#![cfg(not(target_arch = "wasm32"))]

mod circles;
mod lengths;

use std::fs;
use std::path::{Path, PathBuf};

/// For every part of the crate, the parts it may know. Everything may know `error`,
/// `numbers` and `value`.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("numbers", &[]),
    ("value", &[]),
    ("nn", &[]),
    ("data", &["nn"]),
    ("param", &["data"]),
    ("figure", &[]),
    ("lab", &["param", "figure"]),
    ("labs", &["lab", "param", "figure", "nn", "data"]),
    ("sweep", &["param", "figure", "lab", "labs"]),
    ("plot", &["figure"]),
    // programs use the crate from outside
    ("bin", &[]),
    ("wasm", &["nn", "data", "param", "figure", "lab", "labs", "sweep", "plot"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    found.sort();
    found
}

/// The part of the crate a file belongs to: the first step of its path.
fn part_of(file: &Path) -> String {
    let inner = file.strip_prefix(source()).unwrap();
    let first = inner.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_string()
}

/// Every word that follows `crate::`, also within `use crate::{a, b}`.
fn parts_named(text: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for rest in text.split("crate::").skip(1) {
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (i, c) in list.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    c if start && c.is_alphabetic() => {
                        found.push(word(&list[i..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            found.push(word(rest));
        }
    }
    found
}

/// The code of a file without its tests, which may look wherever they need.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.split("#[cfg(test)]").next().unwrap().to_string()
}

#[test]
fn every_part_knows_only_those_before_it() {
    for file in files(&source()) {
        let part = part_of(&file);
        if part == "lib" {
            continue;
        }
        let (_, known) = MAY_KNOW
            .iter()
            .find(|(known, _)| *known == part)
            .unwrap_or_else(|| panic!("{}: a part nobody placed", file.display()));
        for named in parts_named(&code(&file)) {
            let allowed = named == part
                || ["error", "numbers", "value", "Error", "Result"].contains(&named.as_str())
                || known.contains(&named.as_str());
            assert!(allowed, "{} may not know {named}", file.display());
        }
    }
}

#[test]
fn the_reader_of_use_lines_sees_lists_too() {
    assert_eq!(parts_named("use crate::{labs, plot::svg, nn::{a, b}};"), ["labs", "plot", "nn"]);
    assert_eq!(parts_named("use crate::error::Result;"), ["error"]);
}

#[test]
fn only_the_bindings_and_the_canvas_know_the_browser() {
    for file in files(&source()) {
        let web = ["wasm_bindgen", "web_sys", "js_sys", "plotters_canvas"];
        if web.iter().any(|name| code(&file).contains(name)) {
            let name = file.strip_prefix(source()).unwrap().display().to_string();
            let allowed = name.starts_with("wasm/") || name == "plot/canvas.rs";
            assert!(allowed, "{name} may not know the browser");
        }
    }
}

/// The platform's own functions differ in the last digit between native code and browsers.
#[test]
fn the_mathematics_uses_no_function_that_differs_between_platforms() {
    let banned =
        [".sin()", ".cos()", ".powf(", ".ln()", ".log10()", ".log2()", "mul_add", "thread_rng"];
    for file in files(&source().join("nn")).into_iter().chain(files(&source().join("data"))) {
        let text = code(&file);
        for banned in banned {
            assert!(!text.contains(banned), "{}: {banned}", file.display());
        }
    }
}
