//! Every number that the labs' texts print beside a link: what that link shows.
//!
//! A measured number is marked with the metric it is of, `<span data-metric="test_error">16.8 %</span>`,
//! and is that of the link before it in its paragraph, with the link's seed; `data-seeds="10"` is the
//! mean over seeds 0 to 9, `data-with="n_labels=5"` puts a setting in place of the link's.

use super::prose;
use regularization_playground::lab::LabSpec;
use regularization_playground::labs::{CATALOGUE, find};
use regularization_playground::param::Settings;
use regularization_playground::sweep::run_cell;

/// A number of a text, and what it is said to be.
#[derive(Debug)]
struct Printed {
    /// "16.8 %"
    words: String,
    lab: String,
    metric: String,
    query: String,
    /// How many seeds it is averaged over; the link's own where there are none.
    seeds: Option<u32>,
}

/// Of every lab the numbers of one run, and the first that is averaged.
#[test]
fn few_seeds() {
    let few = |all: Vec<Printed>| -> Vec<Printed> {
        let (averaged, single): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|printed| printed.seeds.is_some());
        single.into_iter().chain(averaged.into_iter().take(1)).collect()
    };
    let count = check(few);
    assert!(count >= 8, "only {count} numbers were compared");
}

#[test]
#[ignore = "many seeds"]
fn table() {
    check(|all| all);
}

#[test]
fn no_number_beside_a_link_goes_unmeasured() {
    let of_lab = |lab: &LabSpec| {
        let blocks = blocks(&prose::section(lab.id)).into_iter();
        let unmarked = blocks.map(|block| (unmarked(&block), block));
        unmarked
            .filter(|(numbers, _)| !numbers.is_empty())
            .map(|(numbers, block)| format!("{}: {numbers:?} in {block}", lab.id))
            .collect::<Vec<String>>()
    };
    let found: Vec<String> = CATALOGUE.iter().flat_map(of_lab).collect();
    assert!(found.is_empty(), "{} blocks:\n{}", found.len(), found.join("\n"));
}

/// Compares the chosen ones of every lab's numbers with what is measured; gives how many.
fn check(choose: impl Fn(Vec<Printed>) -> Vec<Printed>) -> usize {
    let (mut count, mut wrong) = (0, Vec::new());
    for lab in CATALOGUE {
        let printed = blocks(&prose::section(lab.id)).into_iter().flat_map(|block| marked(&block));
        for printed in choose(printed.collect()) {
            let (value, stated) = (measured(&printed), number(&printed.words));
            let decimals = printed.words.split('.').nth(1).map_or(0, |rest| digits(rest).len());
            let of_hundred = ["%", "point"].iter().any(|unit| printed.words.contains(unit));
            let value = if of_hundred { 100.0 * value } else { value };
            let rounded = format!("{value:.decimals$}");
            count += 1;
            if rounded.parse() != Ok(stated) {
                wrong.push(format!("{}: {value} is measured, {printed:?}", lab.id));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "of {count} numbers {} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    count
}

fn measured(printed: &Printed) -> f64 {
    let spec = find(&printed.lab).unwrap();
    let run = |query: &str| {
        let settings = Settings::from_query(spec.parameters, query)
            .unwrap_or_else(|error| panic!("{printed:?}: {error}"));
        run_cell(spec, settings, std::slice::from_ref(&printed.metric)).unwrap()[0].1
    };
    match printed.seeds {
        None => run(&printed.query),
        Some(seeds) => {
            let with = |seed: u32| run(&replaced(&printed.query, &format!("seed={seed}")));
            (0..seeds).map(with).sum::<f64>() / f64::from(seeds)
        }
    }
}

/// Paragraphs and items of lists, without what they are marked up for the eye with.
fn blocks(section: &str) -> Vec<String> {
    let starts = section.match_indices('<').filter(|&(at, _)| {
        let tag = section[at + 1..].split(['>', ' ']).next().unwrap();
        matches!(tag, "p" | "li" | "td")
    });
    let block = |(at, _): (usize, &str)| {
        let rest = &section[at..];
        let end = ["</p>", "</li>", "</td>"].iter().filter_map(|end| rest.find(end)).min().unwrap();
        rest[..end].replace("&amp;", "&")
    };
    starts.map(block).collect()
}

/// The marked numbers of a block, each with the link before it, or the first where none is before.
fn marked(block: &str) -> Vec<Printed> {
    let links: Vec<(usize, &str)> = block
        .match_indices("index.html#")
        .map(|(at, mark)| (at, block[at + mark.len()..].split('"').next().unwrap()))
        .collect();
    let spans = block.match_indices("<span data-metric=");
    let printed = |(at, _): (usize, &str)| {
        let tag = block[at..].split('>').next().unwrap();
        let words = block[at + tag.len() + 1..].split('<').next().unwrap().to_string();
        let before = links.iter().rev().find(|(link, _)| *link < at).or(links.first());
        let (_, link) = before.unwrap_or_else(|| panic!("no link beside {words} in {block}"));
        let (lab, query) = link.split_once('?').unwrap_or((link, ""));
        let with = attribute(tag, "data-with").unwrap_or_default();
        let seeds = attribute(tag, "data-seeds").map(|seeds| seeds.parse().unwrap());
        let metric = attribute(tag, "data-metric").unwrap();
        Printed { words, lab: lab.to_string(), metric, query: replaced(query, &with), seeds }
    };
    spans.map(printed).collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next().map(str::to_string)
}

/// A link's settings with others in place of its own.
fn replaced(query: &str, with: &str) -> String {
    let key = |pair: &str| pair.split('=').next().unwrap().to_string();
    let keys: Vec<String> = with.split('&').map(key).collect();
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !keys.contains(&key(pair)));
    kept.chain(with.split('&').filter(|pair| !pair.is_empty())).collect::<Vec<&str>>().join("&")
}

/// Numbers with a percent sign or a decimal point in a block with a link to settings that are neither
/// marked nor live, nor part of a formula or of the link's own words.
fn unmarked(block: &str) -> Vec<String> {
    if !block.contains("index.html#") {
        return Vec::new();
    }
    let mut rest = block.to_string();
    for (open, close) in [("<math", "</math>"), ("<span data-", "</span>"), ("<a ", "</a>")] {
        while let Some(at) = rest.find(open) {
            let end = rest[at..].find(close).map_or(rest.len(), |end| at + end + close.len());
            rest.replace_range(at..end, "·");
        }
    }
    let plain: String =
        rest.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let words: Vec<&str> =
        plain.split(|c: char| c.is_whitespace() || c == '(' || c == ')').collect();
    let is_number =
        |word: &str| word.trim_start_matches(['−', '-']).starts_with(|c: char| c.is_ascii_digit());
    let measured = |(i, word): (usize, &&str)| {
        let decimal = word.trim_end_matches(['.', ',', ';', ':']).contains('.');
        let share =
            word.contains('%') || words.get(i + 1).is_some_and(|next| next.starts_with('%'));
        (is_number(word) && (decimal || share)).then(|| word.to_string())
    };
    words.iter().enumerate().filter_map(measured).collect()
}

fn digits(text: &str) -> String {
    text.chars().take_while(char::is_ascii_digit).collect()
}

/// "1,024.5 %" is 1024.5.
fn number(words: &str) -> f64 {
    let plain = words.replace(',', "").replace('−', "-");
    let plain: String =
        plain.chars().take_while(|&c| c == '-' || c == '.' || c.is_ascii_digit()).collect();
    plain.parse().unwrap_or_else(|_| panic!("{words:?} is no number"))
}

#[test]
fn what_is_printed_is_read_as_it_is_meant() {
    let block = "<p><a href=\"../index.html#ensembles?n_members=3&seed=4\">Three</a>: 7.1 % and \
                 <span data-metric=\"test_error\" data-with=\"seed=5\">6.4 %</span>, at p = 0.5";
    let [printed] = &marked(block)[..] else { panic!("one number") };
    assert_eq!((printed.lab.as_str(), printed.query.as_str()), ("ensembles", "n_members=3&seed=5"));
    assert_eq!((number(&printed.words), number("−1,024.5")), (6.4, -1024.5));
    assert_eq!(unmarked(block), ["7.1", "0.5"]);
}
