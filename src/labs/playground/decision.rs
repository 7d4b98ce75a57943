//! Decision maps: which class a network sees where in the plane, and which wrong labels it has learned
//! by heart.

use super::problem::Problem;
use crate::figure::contour;
use crate::figure::{Axis, Body, Chart, Map, Mark, Role, Series};
use crate::nn::{Network, most_likely};
use crate::numbers::counted;

/// Cells along a side of the map.
const MAP_CELLS: usize = 36;

/// The plane shown, in both directions.
const PLANE: (f64, f64) = (-1.3, 1.3);

/// The plane as a network sees it, with the training set on it and a ring around every wrong label.
/// Where it agrees with one, an island of the wrong class lies around it.
pub(super) fn decision_map(network: &Network<f32>, problem: &Problem) -> Body {
    let members = member_outputs(network, &grid());
    let mut series: Vec<Series> = Vec::new();
    if members.len() > 1 {
        let name = "boundary of a member";
        series.extend(members.iter().map(|one| boundary(name, Role::Member, &blue(one))));
    }
    let values = blue(&average(&members));
    series.push(boundary("boundary", Role::Average, &values));
    series.push(wrong_labels(problem));
    let classes = [(1.0, "blue class", Role::Positive), (0.0, "orange class", Role::Negative)];
    series.extend(classes.map(|of| points(problem, of)));
    let label = "probability of blue".to_string();
    let (columns, rows, low, high) = (MAP_CELLS, MAP_CELLS, 0.0, 1.0);
    let map = Some(Map { columns, rows, label, low, high, values });
    let (x, y) = (Axis::linear("x1", PLANE.0, PLANE.1), Axis::linear("x2", PLANE.0, PLANE.1));
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

/// A ring around every wrong label.
fn wrong_labels(problem: &Problem) -> Series {
    let rows = problem.wrong.iter().map(|one| problem.split.train.row(one.row));
    let (x, y) = rows.map(|row| (row[0], row[1])).unzip();
    Series::line("wrong label", Role::Average, x, y).with_mark(Mark::Ring)
}

/// The training points of one class.
fn points(problem: &Problem, (class, name, role): (f64, &str, Role)) -> Series {
    let train = &problem.split.train;
    let rows = (0..train.y.len()).filter(|&row| train.y[row] == class).map(|row| train.row(row));
    let (x, y) = rows.map(|row| (row[0], row[1])).unzip();
    Series::points(name, role, x, y).unlabelled()
}

/// The centres of the map's cells.
fn grid() -> Vec<f64> {
    let cell = (PLANE.1 - PLANE.0) / MAP_CELLS as f64;
    let at = |i: usize| PLANE.0 + (i as f64 + 0.5) * cell;
    (0..MAP_CELLS * MAP_CELLS).flat_map(|i| [at(i % MAP_CELLS), at(i / MAP_CELLS)]).collect()
}

/// The probability of the blue class, of the outputs of two classes.
fn blue(y_hat: &[f64]) -> Vec<f64> {
    y_hat.chunks_exact(2).map(|p| p[1]).collect()
}

/// The line where both classes are as likely.
fn boundary(name: &str, role: Role, blue: &[f64]) -> Series {
    let (x, y) = contour(blue, MAP_CELLS, 0.5, PLANE);
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
