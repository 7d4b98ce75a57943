//! Nothing is so long that it cannot be read at once.

use super::{code, files, source};
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::fs;

/// The most lines of a file, its tests included.
const FILE: usize = 350;

/// The most lines of a function, from its name to its last brace.
const FUNCTION: usize = 40;

#[test]
fn no_file_is_long() {
    let long = sources().filter(|(_, text)| text.lines().count() > FILE).map(|(name, _)| name);
    let long: Vec<_> = long.collect();
    assert!(long.is_empty(), "over {FILE} lines: {long:?}");
}

#[test]
fn no_function_is_long() {
    let mut long = Vec::new();
    for file in files(&source()) {
        let mut lengths = Vec::new();
        functions(code(&file).parse().expect("what compiles is made of tokens"), &mut lengths);
        let name = file.strip_prefix(source()).unwrap().display().to_string();
        let too_long = lengths.into_iter().filter(|(_, lines)| *lines > FUNCTION);
        long.extend(too_long.map(|(function, _)| format!("{name}: {function}")));
    }
    assert!(long.is_empty(), "over {FUNCTION} lines: {long:?}");
}

#[test]
fn a_function_is_measured_from_its_name_to_its_last_brace() {
    let mut lengths = Vec::new();
    let text = "trait T { fn a(); }\n/// Words.\nfn b(\n  x: fn(u8),\n) {\n  fn c() {}\n}";
    functions(text.parse().unwrap(), &mut lengths);
    assert_eq!(lengths, [("b".to_string(), 5), ("c".to_string(), 1)]);
}

fn sources() -> impl Iterator<Item = (String, String)> {
    files(&source()).into_iter().map(|file| {
        let name = file.strip_prefix(source()).unwrap().display().to_string();
        (name, fs::read_to_string(&file).unwrap())
    })
}

/// All functions with a body, and how many lines each has.
fn functions(code: TokenStream, found: &mut Vec<(String, usize)>) {
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    for (i, pair) in tokens.windows(2).enumerate() {
        let (TokenTree::Ident(word), TokenTree::Ident(name)) = (&pair[0], &pair[1]) else {
            continue;
        };
        if word != "fn" {
            continue;
        }
        let end = tokens[i..].iter().find(|token| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';' && punct.spacing() == Spacing::Alone,
            _ => false,
        });
        if let Some(TokenTree::Group(body)) = end {
            let lines = body.span_close().end().line + 1 - word.span().start().line;
            found.push((name.to_string(), lines));
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            functions(group.stream(), found);
        }
    }
}
