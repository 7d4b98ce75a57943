//! Input that nobody meant, of every kind that is read natively: it is taken or refused by name, nothing
//! panics, and no memory is left behind. What is held of each kind stands in `fuzz/src`, for cargo-fuzz too.
//!
//! The first test takes the files in `fuzz/corpus` and some thousands made of them. A million are taken by
//! `cargo test --test hostile -- --ignored --nocapture`, which prints how long the longest took.
#![allow(unsafe_code)]

#[path = "../../fuzz/src/lib.rs"]
mod cases;
#[path = "../common/counting.rs"]
mod counting;

use cases::mutate::{Chance, mutated};
use cases::{KINDS, Kind};
use counting::HELD;
use regularization_playground::labs::find;
use regularization_playground::param::Settings;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// After so many cases whatever is made once is there.
const WARM: usize = 500;

/// What came of many cases.
struct Held {
    longest: Duration,
    slow: usize,
    failed: usize,
}

/// So many that fail are printed.
const MOST_FAILED: usize = 20;

/// A case that takes longer is counted; it decides nothing.
const SLOW: Duration = Duration::from_millis(50);

fn corpus(kind: &Kind) -> Vec<Vec<u8>> {
    let folder = format!("{}/fuzz/corpus/{}", env!("CARGO_MANIFEST_DIR"), kind.name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Takes one case; where it fails it is printed, so that it can be kept in the corpus.
fn take(kind: &Kind, input: &[u8], held: &mut Held) {
    let start = Instant::now();
    if catch_unwind(AssertUnwindSafe(|| (kind.check)(input))).is_err() {
        held.failed += 1;
        eprintln!("{}: b\"{}\"", kind.name, input.escape_ascii());
        assert!(held.failed < MOST_FAILED, "{}: and perhaps more", kind.name);
    }
    let mut took = start.elapsed();
    // a busy machine makes many a case slow once, and none again and again
    for _ in 0..3 {
        if took > SLOW {
            let again = Instant::now();
            let _ = catch_unwind(AssertUnwindSafe(|| (kind.check)(input)));
            took = took.min(again.elapsed());
        }
    }
    held.longest = held.longest.max(took);
    if took > SLOW {
        held.slow += 1;
        eprintln!("{}: {took:?} for b\"{}\"", kind.name, input.escape_ascii());
    }
}

/// Takes the files of a kind, and so many cases made of them.
fn hold(kind: &Kind, count: usize) -> Held {
    let files = corpus(kind);
    let mut held = Held { longest: Duration::ZERO, slow: 0, failed: 0 };
    files.iter().for_each(|file| take(kind, file, &mut held));
    let mut chance = Chance(kind.name.len() as u64);
    let mut some = |count: usize, held: &mut Held| {
        for _ in 0..count {
            take(kind, &mutated(kind.form, &files, &mut chance), held);
        }
        HELD.get()
    };
    let warm = some(WARM, &mut held);
    let end = some(count - WARM, &mut held);
    assert_eq!(held.failed, 0, "{}: inputs failed", kind.name);
    assert_eq!(end, warm, "{}: bytes were left behind", kind.name);
    held
}

#[test]
fn every_input_is_taken_or_refused_by_name_and_leaves_no_memory_behind() {
    for kind in &KINDS {
        hold(kind, 2_000);
    }
}

/// What is cheap to read is read more often.
const MILLION: [(&str, usize); 7] = [
    ("link", 250_000),
    ("configuration", 250_000),
    ("arrays", 150_000),
    ("csv", 150_000),
    ("idx", 100_000),
    ("experiment", 60_000),
    ("figure", 40_000),
];

#[test]
#[ignore = "takes minutes"]
fn a_million() {
    assert_eq!(MILLION.iter().map(|(_, count)| count).sum::<usize>(), 1_000_000);
    for (name, count) in MILLION {
        let kind = KINDS.iter().find(|kind| kind.name == name).unwrap();
        let start = Instant::now();
        let Held { longest, slow, .. } = hold(kind, count);
        let (took, longest) = (start.elapsed().as_secs_f64(), longest.as_secs_f64() * 1e3);
        println!(
            "{name}: {count} cases in {took:.1} s, the longest {longest:.1} ms, {slow} above 50 ms"
        );
    }
}

#[test]
fn of_a_link_that_is_wrong_all_over_the_first_faults_are_told_and_all_counted() {
    let specs = find("playground").unwrap().parameters;
    let link = "a=1&".repeat(10_000) + &"units=3&".repeat(10_000);
    let (_, problems) = Settings::understood(specs, &link);
    assert_eq!(problems.len(), 19_999);
    assert!(
        problems[19].starts_with("a: unknown key, the nearest known key is "),
        "{}",
        problems[19]
    );
    assert_eq!(problems[20], "a: unknown key");
    let message = Settings::from_query(specs, &link).unwrap_err().to_string();
    assert!(message.ends_with("; and 19,899 more") && message.len() < 10_000, "{message}");
    let message = Settings::from_query(specs, "=1").unwrap_err().to_string();
    assert!(message.starts_with("\"\": unknown key, the nearest"), "{message}");
}
