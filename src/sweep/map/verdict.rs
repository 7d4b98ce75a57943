//! Whether a guess is right, by what the points of the map say.

use super::evidence::{Finding, Found};
use super::finding::find;
use super::state::{Map, MapState};
use super::words::at;
use crate::error::Result;
use crate::lab::{Guess, Trend};
use crate::numbers::list;
use serde::Serialize;

/// What the points say of a guess.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// They bear it out.
    Right,
    /// They bear another one out, or none.
    Wrong,
    /// They are too few, or differ by no more than their spread.
    Open,
}

/// A judgement with its reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// What the points say of the guess.
    pub state: Judgement,
    /// The same in one sentence, with measured numbers.
    pub text: String,
}

/// What the points of a map say of the guess that was made.
///
/// # Errors
/// As [`map_figure`](super::map_figure).
pub fn map_verdict(state: MapState) -> Result<Verdict> {
    let map = Map::read(state)?;
    let open = |text: String| Verdict { state: Judgement::Open, text };
    let Some(guess) = map.guess.map(|guess| &map.main.guesses[guess]) else {
        return Ok(open("No guess yet.".to_string()));
    };
    let Finding { found, said } = match find(&map) {
        Ok(finding) => finding,
        Err(wanting) => return Ok(open(wanted(&map, &wanting))),
    };
    Ok(match found.bears_out(guess.answer) {
        None => open(format!("Not clear yet: {said}, too close to call.")),
        Some(true) => Verdict { state: Judgement::Right, text: format!("Right: {said}.") },
        Some(false) => {
            let instead = instead(&map, found).map_or("No".to_string(), |it| format!("No, {it}"));
            Verdict { state: Judgement::Wrong, text: format!("{instead}: {said}.") }
        }
    })
}

/// What it does instead of what was guessed.
fn instead(map: &Map, found: Found) -> Option<&'static str> {
    match found {
        Found::Trend(trend) => Some(trend.map_or("it goes up and down", Trend::says)),
        _ => {
            let right = |guess: &&Guess| found.bears_out(guess.answer) == Some(true);
            map.main.guesses.iter().find(right).map(|guess| guess.says)
        }
    }
}

/// Where runs are wanting.
fn wanted(map: &Map, places: &[f64]) -> String {
    let mut places: Vec<String> = places.iter().map(|&x| at(map.parameter(), x)).collect();
    places.dedup();
    match &places[..] {
        [] => "Not clear yet: it takes runs at three places, some way apart.".to_string(),
        [one] => format!("Not clear yet: it takes a run at {one}."),
        some => format!("Not clear yet: it takes runs at {}.", list(some)),
    }
}
