//! The map of every lab: with the settings as it opens and the runs of its own fill-in, the points bear
//! out exactly one of the guesses, and say so of each.

use super::claim::{Claim, Effort, Rows, assert_all_hold, print_table};
use regularization_playground::lab::{LabSpec, MainSpec};
use regularization_playground::labs::CATALOGUE;
use regularization_playground::param::{Setting, Settings};
use regularization_playground::sweep::{
    Judgement, MapRun, MapState, map_cells, map_verdict, run_cell,
};
use regularization_playground::value::Value;

/// The labs that have a map.
fn maps() -> impl Iterator<Item = (&'static LabSpec, &'static MainSpec)> {
    CATALOGUE.iter().filter_map(|lab| Some((lab, lab.main.as_ref()?)))
}

/// A finished run as the page hands it in.
fn finished(lab: &'static LabSpec, query: &str) -> MapRun {
    let settings = Settings::from_query(lab.parameters, query).unwrap();
    let value = |setting| match setting {
        Setting::Number(number) => Value::Number(number),
        Setting::Choice(choice) => Value::Text(choice.to_string()),
        Setting::Flag(flag) => Value::Flag(flag),
        Setting::Text(word) => Value::Text(word.as_str().to_string()),
    };
    let params = Value::record(settings.iter().map(|(key, set)| (key, value(set))).collect());
    let keys: Vec<String> = lab.metrics.iter().map(|metric| metric.key.to_string()).collect();
    let metrics = run_cell(lab, settings, &keys).unwrap().into_iter();
    let metrics = metrics.map(|(key, value)| (key, Value::Number(value))).collect();
    MapRun { params, metrics: Value::record(metrics), filled: true }
}

/// What the points of the fill-in say of every guess.
fn verdicts(
    lab: &'static LabSpec,
    main: &'static MainSpec,
    seeds: u32,
) -> Vec<(Judgement, String)> {
    let cells = map_cells(lab, &Settings::defaults(lab.parameters)).unwrap();
    let count = main.stops.len() * seeds.min(main.seeds) as usize;
    let runs: Vec<MapRun> = cells[..count].iter().map(|cell| finished(lab, &cell.query)).collect();
    let judged = |guess| {
        let state = MapState {
            lab: lab.id.to_string(),
            runs: runs.clone(),
            now: None,
            at: main.stops[0],
            guess: Some(guess),
            open: true,
        };
        let verdict = map_verdict(state).unwrap();
        (verdict.state, verdict.text)
    };
    (0..main.guesses.len()).map(judged).collect()
}

fn one_is_right(lab: &'static LabSpec, main: &'static MainSpec, seeds: u32) -> Claim {
    let verdicts = verdicts(lab, main, seeds);
    let count = |state| verdicts.iter().filter(|(found, _)| *found == state).count();
    let said = verdicts.iter().zip(main.guesses);
    let said: Vec<String> =
        said.map(|((_, text), guess)| format!("{}: {text}", guess.label)).collect();
    Claim {
        claim: format!("{}: one guess is right", lab.id),
        criterion: "one is right, the others are wrong",
        measured: said.join(" "),
        holds: count(Judgement::Right) == 1 && count(Judgement::Open) == 0,
    }
}

fn rows(effort: Effort) -> Vec<Claim> {
    // What separate weights do past the trained length differs much from seed to seed.
    let few = |lab: &LabSpec| if lab.id == "weight_sharing_rnn" { u32::MAX } else { 2 };
    maps().map(|(lab, main)| one_is_right(lab, main, effort.of(few(lab), u32::MAX))).collect()
}

const ROWS: &[Rows] = &[("the maps", rows)];

#[test]
fn few_seeds() {
    assert_all_hold(ROWS);
}

#[test]
#[ignore = "many seeds"]
fn table() {
    print_table(ROWS);
}
