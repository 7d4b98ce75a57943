//! Decision maps: which class a network sees where in the plane, and which wrong labels it has learned
//! by heart.

use super::problem::Problem;
use crate::figure::contour;
use crate::figure::{Axis, Body, Chart, Map, Mark, Role, Series};
use crate::nn::{Network, most_likely};
use crate::numbers::counted;

/// Cells along a side of the map.
const MAP_CELLS: usize = 36;

/// The most points drawn; of more, the first.
pub(super) const MOST_POINTS: usize = 1500;

/// The plane as a network sees it, with the training set on it and a ring around every wrong label.
/// Where it agrees with one, an island of the wrong class lies around it.
pub(super) fn decision_map(network: &Network<f32>, problem: &Problem) -> Body {
    let members = member_outputs(network, &problem.seen(grid(problem.reach)));
    let boundary = |name, role, y_hat: &[f64]| boundary(name, role, &blue(y_hat, problem), problem);
    let mut series: Vec<Series> = Vec::new();
    if members.len() > 1 {
        let name = "boundary of a member";
        series.extend(members.iter().map(|one| boundary(name, Role::Member, one)));
    }
    let average = average(&members);
    series.push(boundary("boundary", Role::Average, &average));
    if !problem.wrong.is_empty() {
        series.push(wrong_labels(problem));
    }
    series.extend([(true, Role::Positive), (false, Role::Negative)].map(|of| points(problem, of)));
    let label = format!("probability of {}", blue_and_orange(problem)[0]);
    let (columns, rows, low, high) = (MAP_CELLS, MAP_CELLS, 0.0, 1.0);
    let map = Some(Map { columns, rows, label, low, high, values: blue(&average, problem) });
    let axis = |at: usize| {
        let (low, high) = problem.reach[at];
        Axis::linear(problem.names.inputs[at].clone(), low, high)
    };
    let (x, y) = (axis(0), axis(1));
    Body::Chart(Chart { x, y, map, series, events: Vec::new() })
}

/// How many of the wrong labels a network has learned by heart, in words.
pub(super) fn by_heart(network: &Network<f32>, problem: &Problem) -> String {
    let (train, wrong) = (&problem.split.train, &problem.wrong);
    if wrong.is_empty() {
        return "has no wrong labels to learn".to_string();
    }
    let x: Vec<f64> = wrong.iter().flat_map(|one| train.row(one.row)).copied().collect();
    let y_hat = network.predict(&x).expect("the lab's own examples");
    let answers = y_hat.chunks_exact(problem.outputs).map(most_likely);
    let agrees = answers.zip(wrong).filter(|&(answer, one)| answer as f64 == train.y[one.row]);
    format!("agrees with {} of {}", agrees.count(), counted(wrong.len() as u64, "wrong label"))
}

/// What the blue class is called, and the orange one or ones. Of two classes or more the second is blue.
pub(super) fn blue_and_orange(problem: &Problem) -> [String; 2] {
    match problem.names.classes.as_slice() {
        [orange, blue] => [blue.clone(), orange.clone()],
        [_, blue, ..] => [blue.clone(), "all others".to_string()],
        _ => ["blue".to_string(), "orange".to_string()],
    }
}

/// Rows of the training set at their places in the plane.
fn places(problem: &Problem, rows: impl Iterator<Item = usize>) -> (Vec<f64>, Vec<f64>) {
    let row = |row| problem.split.train.row(row);
    rows.take(MOST_POINTS)
        .map(|number| (problem.input(0, row(number)[0]), problem.input(1, row(number)[1])))
        .unzip()
}

/// A ring around every wrong label.
fn wrong_labels(problem: &Problem) -> Series {
    let (x, y) = places(problem, problem.wrong.iter().map(|one| one.row));
    Series::line("wrong label", Role::Average, x, y).with_mark(Mark::Ring)
}

/// The training points of the blue class, or of the others.
fn points(problem: &Problem, (is_blue, role): (bool, Role)) -> Series {
    let train = &problem.split.train;
    let rows = (0..train.y.len()).filter(|&row| (train.y[row] == 1.0) == is_blue);
    let (x, y) = places(problem, rows);
    let [blue, orange] = blue_and_orange(problem);
    Series::points(if is_blue { blue } else { orange }, role, x, y).unlabelled()
}

/// The centres of the map's cells.
fn grid(reach: [(f64, f64); 2]) -> Vec<f64> {
    let at = |(low, high): (f64, f64), i: usize| {
        let cell = (high - low) / MAP_CELLS as f64;
        low + (i as f64 + 0.5) * cell
    };
    let cells = 0..MAP_CELLS * MAP_CELLS;
    cells.flat_map(|i| [at(reach[0], i % MAP_CELLS), at(reach[1], i / MAP_CELLS)]).collect()
}

/// The probability of the blue class, of the outputs of all classes.
fn blue(y_hat: &[f64], problem: &Problem) -> Vec<f64> {
    y_hat.chunks_exact(problem.outputs).map(|p| p[1]).collect()
}

/// The line where the blue class is as likely as not.
fn boundary(name: &str, role: Role, blue: &[f64], problem: &Problem) -> Series {
    let (x, y) = contour(blue, MAP_CELLS, 0.5, problem.reach);
    Series::line(name, role, x, y).unlabelled()
}

/// What each member says on its own.
pub(super) fn member_outputs(network: &Network<f32>, x: &[f64]) -> Vec<Vec<f64>> {
    let members = 0..network.config().n_members;
    members.filter_map(|member| network.predict_member(member, x).ok()).collect()
}

/// The members' average.
pub(super) fn average(members: &[Vec<f64>]) -> Vec<f64> {
    let mut mean = vec![0.0; members.first().map_or(0, Vec::len)];
    for member in members {
        mean.iter_mut().zip(member).for_each(|(mean, y_hat)| *mean += y_hat / members.len() as f64);
    }
    mean
}
