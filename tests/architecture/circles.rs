//! No circles of files: what two files both need has a place of its own, below them.

use super::{code, files, source};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A path as it is written: its words, and the name under which a `use` makes it known.
type Written = (Vec<String>, Option<String>);

/// What the code of one file names: the paths it uses, and those that it passes on by `pub use`.
#[derive(Default)]
struct Named {
    used: Vec<Written>,
    passed_on: Vec<Written>,
}

/// Every file as a module by its path, and what it names.
type House = BTreeMap<Vec<String>, Named>;

/// A file uses another where it names a thing that is defined there. To declare a module or to pass
/// its things on (`mod`, `pub use`) is not to use it, and what is passed on is used where it is
/// defined: so a `mod.rs` may hold what its children use, or use its children, but not both. Methods
/// have no path: what one file adds to a type of another is not seen. What a lab shows is a part of
/// the lab that has a file of its own for its length (`figures`, `…_figures`): the two count as one.
#[test]
fn no_file_is_used_by_what_it_uses() {
    let circles = circles(&house());
    assert!(circles.is_empty(), "files in a circle, and what they use of it: {circles:#?}");
}

#[test]
fn a_circle_is_found_through_lists_and_what_is_passed_on_and_inline_paths() {
    let found = |files: &[(&str, &str)]| -> Vec<String> {
        let file = |(path, text): &(&str, &str)| (words(path), named(text));
        circles(&files.iter().map(file).collect()).into_keys().collect()
    };
    let parent = "mod a; mod b; pub use a::{self as c, A}; struct P;";
    let both = ["p::a", "p::b"];
    assert_eq!(
        found(&[("p", parent), ("p::a", "use super::{b::B};"), ("p::b", "use super::A;")]),
        both
    );
    let inline = [("p", parent), ("p::a", "fn f() { g!(super::b::f()) }"), ("p::b", "crate::p::A")];
    assert_eq!(found(&inline), both);
    assert_eq!(
        found(&[("p", parent), ("p::a", "use super::P;"), ("p::b", "use super::A;")]),
        [""; 0]
    );
    let uses_child = "mod a; fn f() { a::g(); } struct P;";
    assert_eq!(found(&[("p", uses_child), ("p::a", "use super::P as Q;")]), ["p", "p::a"]);
    let shown = [
        ("labs::p", uses_child),
        ("labs::p::a_figures", "use super::a::A;"),
        ("labs::p::a", "super::a_figures::f"),
    ];
    assert_eq!(found(&shown), [""; 0]);
    let visible = "pub(in crate::p) fn g() {}";
    assert_eq!(found(&[("p", uses_child), ("p::a", visible)]), [""; 0]);
}

fn words(path: &str) -> Vec<String> {
    path.split("::").map(str::to_string).collect()
}

fn house() -> House {
    let tests = |file: &Path| file.components().any(|part| part.as_os_str() == "tests");
    let own = files(&source()).into_iter();
    let own = own.filter(|file| !file.ends_with("tests.rs") && !file.ends_with("lib.rs"));
    own.filter(|file| !tests(file)).map(|file| (module(&file), named(&code(&file)))).collect()
}

/// A file's path as a module: `plot::chart` for `plot/chart/mod.rs`.
fn module(file: &Path) -> Vec<String> {
    let inner = file.strip_prefix(source()).unwrap().with_extension("");
    let words = inner.iter().map(|word| word.to_string_lossy().into_owned());
    words.filter(|word| word != "mod").collect()
}

fn named(text: &str) -> Named {
    let mut named = Named::default();
    collect(text.parse().expect("what compiles is made of tokens"), &mut named);
    named
}

/// Collects all paths of some code, whatever they stand in.
fn collect(code: TokenStream, named: &mut Named) {
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    let is = |i: usize, word: &str| tokens.get(i).is_some_and(|token| token.to_string() == word);
    let (mut i, mut public) = (0, false);
    while i < tokens.len() {
        match &tokens[i] {
            // What follows `pub` in parentheses says who may see it, and uses nothing.
            TokenTree::Ident(word) if word == "pub" => {
                let limited = matches!(tokens.get(i + 1), Some(TokenTree::Group(group))
                    if group.delimiter() == Delimiter::Parenthesis);
                i += usize::from(limited);
                public = true;
            }
            TokenTree::Ident(word) if word == "use" => {
                let end = (i..tokens.len()).find(|&j| is(j, ";")).unwrap_or(tokens.len());
                let tree = &tokens[i + 1..end];
                use_tree(tree, &[], if public { &mut named.passed_on } else { &mut named.used });
                (i, public) = (end, false);
            }
            TokenTree::Ident(word) => {
                let mut path = vec![word.to_string()];
                while is(i + 1, ":") && is(i + 2, ":") && i + 3 < tokens.len() {
                    let TokenTree::Ident(next) = &tokens[i + 3] else { break };
                    path.push(next.to_string());
                    i += 3;
                }
                if path.len() > 1 {
                    named.used.push((path, None));
                }
                public = false;
            }
            TokenTree::Group(group) => collect(group.stream(), named),
            _ => {}
        }
        i += 1;
    }
}

/// Takes the paths out of what stands after `use`: `a::{b, c::d as e}`.
fn use_tree(tree: &[TokenTree], before: &[String], found: &mut Vec<Written>) {
    let mut path = before.to_vec();
    let mut name = None;
    for (i, token) in tree.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let branches = inner.split(|token| token.to_string() == ",");
                branches.for_each(|branch| use_tree(branch, &path, found));
                return;
            }
            TokenTree::Ident(word) if word == "as" => {
                name = tree.get(i + 1).map(TokenTree::to_string);
                break;
            }
            TokenTree::Ident(word) if word != "self" || path.is_empty() => {
                path.push(word.to_string())
            }
            _ => {}
        }
    }
    if !tree.is_empty() {
        name = name.or_else(|| path.last().cloned());
        found.push((path, name));
    }
}

/// The files that use each other in a circle, each with those of its circle that it uses.
fn circles(house: &House) -> BTreeMap<String, Vec<String>> {
    let mut uses = BTreeMap::<Vec<String>, BTreeSet<Vec<String>>>::new();
    for file in house.keys() {
        let whole = with_figures(file.clone());
        let used = homes(house, file).map(with_figures).filter(|home| *home != whole);
        uses.entry(whole.clone()).or_default().extend(used);
    }
    let reached = |from: &Vec<String>| {
        let (mut reached, mut open) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(file) = open.pop() {
            open.extend(uses[&file].iter().filter(|next| reached.insert((*next).clone())).cloned());
        }
        reached
    };
    let reached: BTreeMap<_, _> = uses.keys().map(|file| (file, reached(file))).collect();
    let in_circle = uses.keys().filter(|file| reached[file].contains(*file));
    let of_circle = |file: &&Vec<String>| -> Vec<String> {
        let next = uses[*file].iter().filter(|next| reached[*next].contains(*file));
        next.map(|next| next.join("::")).collect()
    };
    in_circle.map(|file| (file.join("::"), of_circle(&file))).collect()
}

/// The file that stands for a lab and what it shows.
fn with_figures(mut file: Vec<String>) -> Vec<String> {
    let word = file.pop().unwrap_or_default();
    let lab =
        word.strip_suffix("figures").filter(|_| file.first().is_some_and(|part| part == "labs"));
    file.extend(lab.map_or(Some(word.as_str()), |lab| lab.strip_suffix('_')).map(str::to_string));
    file
}

/// The files whose things a file uses.
fn homes<'a>(house: &'a House, file: &'a [String]) -> impl Iterator<Item = Vec<String>> + 'a {
    let homes = house[file].used.iter().filter_map(|(path, _)| home(house, file, path, 0));
    homes.filter(|home| house.contains_key(home))
}

/// The file in which a path's thing is defined, as far as it lies in the house; `passed` times it
/// has been passed on already.
fn home(house: &House, file: &[String], path: &[String], passed: usize) -> Option<Vec<String>> {
    let child = |module: &[String], word: &String| [module, std::slice::from_ref(word)].concat();
    let (mut module, mut rest) = match path.first()?.as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (file.to_vec(), &path[1..]),
        "super" => (file.to_vec(), path),
        _ if house.contains_key(&child(file, &path[0])) => (file.to_vec(), path),
        _ => return None,
    };
    while rest.first().is_some_and(|word| word == "super") {
        module.pop();
        rest = &rest[1..];
    }
    while let Some(next) = rest.first().map(|word| child(&module, word)) {
        if !house.contains_key(&next) {
            break;
        }
        (module, rest) = (next, &rest[1..]);
    }
    let (Some(word), Some(named)) = (rest.first(), house.get(&module)) else { return Some(module) };
    let mut all = named.passed_on.iter().chain(&named.used);
    let known_as = all.find(|(_, name)| name.as_ref() == Some(word)).filter(|_| passed < 9);
    let further = known_as.and_then(|(path, _)| home(house, &module, path, passed + 1));
    Some(further.unwrap_or(module))
}
