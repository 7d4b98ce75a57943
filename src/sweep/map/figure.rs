//! A map as a chart.

use super::super::means::{Point, means};
use super::axes::{across, on, title, up};
use super::curves::{Curve, curves, means_of};
use super::state::{Map, MapState};
use super::words::{at, measured, note};
use crate::error::Result;
use crate::figure::{Axis, Body, Event, Figure, LineStyle, Mark, Role, Scale, Series};
use crate::lab::LevelSpec;
use crate::numbers::list;

/// The map as a chart: runs made by hand as open points, joined by a thin line through their means;
/// those of the fill-in as a band of a standard deviation about theirs; the run that is shown as a
/// large point; the guess, dotted; and what all are compared with.
///
/// # Errors
/// An unknown lab or one without a map, settings that the lab does not take, and a guess that it does
/// not offer.
pub fn map_figure(state: MapState) -> Result<Figure> {
    let map = Map::read(state)?;
    let curves = curves(&map);
    let levels = levels(&map);
    let (x, y) = (across(&map), up(&map, values(&map, &curves, &levels).into_iter()));
    let mut series: Vec<Series> = Vec::new();
    if map.open {
        for curve in &curves {
            series.extend(filled(&map, curve));
        }
        for level in &levels {
            series.extend(level_series(&map, level, &x));
        }
        for curve in &curves {
            series.extend(by_hand(&map, curve));
        }
        series.extend(map.guess.map(|guess| guessed(&map, guess, &x, &y)));
    }
    series.extend(spots(&map, &curves));
    let description = described(&map, &curves, &levels);
    let events = vec![Event { x: map.at, label: String::new() }];
    Ok(Figure {
        key: "map".to_string(),
        title: title(&map),
        note: noted(&map),
        description,
        body: Body::chart(x, y, series, events),
        handles: Vec::new(),
    })
}

/// What a curve of the map is compared with, as measured.
type Levels = Vec<(&'static LevelSpec, Vec<Point>)>;

fn levels(map: &Map) -> Levels {
    let shown =
        map.main.levels.iter().filter(|level| level.of.is_none_or(|of| Some(of) == map.by()));
    shown.map(|level| (level, means_of(map, level.metric))).collect()
}

/// All that must have its place on the vertical axis.
fn values(map: &Map, curves: &[Curve], levels: &Levels) -> Vec<f64> {
    let runs = || map.runs.iter().chain(&map.now);
    let measured = curves.iter().flat_map(|curve| curve.points(runs()));
    let compared = levels.iter().flat_map(|(_, points)| points.iter().map(|point| point.mean));
    let reach = map.main.curves.iter().map(|curve| curve.reach).filter(|&reach| reach > 0.0);
    measured.map(|(_, value)| value).chain(compared).chain(reach).collect()
}

/// A mean as a line joins it: place, mean and deviation, not a number where there is none.
type Joint = (f64, f64, f64);

/// The means that a line joins, from left to right. On an axis of ratios none leads to exactly 0, which
/// stands apart.
fn joined(map: &Map, points: &[Point]) -> Vec<Joint> {
    let apart = |point: &Point| map.main.scale_x == Scale::Log && point.x == 0.0;
    let joint = |point: &Point| (point.x, point.mean, point.deviation.unwrap_or(f64::NAN));
    let gap = |point: &Point| apart(point).then_some((point.x, f64::NAN, f64::NAN));
    points.iter().flat_map(|point| [Some(joint(point)), gap(point)]).flatten().collect()
}

fn columns(points: &[Point]) -> (Vec<f64>, Vec<f64>) {
    points.iter().map(|point| (point.x, point.mean)).unzip()
}

/// The band of the fill-in.
fn filled(map: &Map, curve: &Curve) -> Option<Series> {
    let points = means(curve.points(map.runs.iter().filter(|run| run.filled)));
    let joints = joined(map, &points);
    let of = |value: fn(&Joint) -> f64| joints.iter().map(value).collect::<Vec<f64>>();
    let (x, y) = (of(|joint| joint.0), of(|joint| joint.1));
    let (low, high) = (of(|joint| joint.1 - joint.2), of(|joint| joint.1 + joint.2));
    let name = format!("{}, filled in", curve.called(map));
    let line = Series::line(name, curve.role, x, y).with_line(curve.run).labelled(&curve.name);
    // The runs made by hand bear the name where there are any.
    let line = if made_by_hand(map, curve).is_empty() { line } else { line.unlabelled() };
    (!points.is_empty()).then_some(Series { low, high, faint: true, ..line })
}

/// The points of the runs made by hand, from left to right.
fn made_by_hand(map: &Map, curve: &Curve) -> Vec<(f64, f64)> {
    let mut points = curve.points(map.runs.iter().filter(|run| !run.filled));
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
}

/// The points of the runs made by hand, and the line through their means.
fn by_hand(map: &Map, curve: &Curve) -> Vec<Series> {
    let points = made_by_hand(map, curve);
    if points.is_empty() {
        return Vec::new();
    }
    let joints = joined(map, &means(points.clone()));
    let (name, (x, y)) = (curve.called(map), joints.into_iter().map(|(x, y, _)| (x, y)).unzip());
    let line = Series::line(format!("{name}, mean of your runs"), curve.role, x, y);
    let (x, y) = points.into_iter().unzip();
    let dots = Series::points(format!("{name}, your runs"), curve.role, x, y);
    let line = line.with_line(curve.run).unlabelled();
    vec![Series { faint: true, ..line }, dots.dashed().labelled(&curve.name)]
}

/// What the curves are compared with: one number across the map, or a line.
fn level_series(map: &Map, (level, points): &(&LevelSpec, Vec<Point>), x: &Axis) -> Option<Series> {
    if points.is_empty() {
        return None;
    }
    let series = if level.flat {
        let mean = mean(points);
        let label = format!("{} {}", level.name, measured(map.metric(level.metric), mean));
        Series::level(level.name, level.role, [x.min, x.max], mean).labelled(label)
    } else {
        let (x, y) = columns(points);
        Series::line(level.name, level.role, x, y)
    };
    Some(if level.role == Role::Theory { series } else { series.dashed() })
}

/// The mean over all runs of these points.
fn mean(points: &[Point]) -> f64 {
    let sum: f64 = points.iter().map(|point| point.mean * point.count as f64).sum();
    sum / points.iter().map(|point| point.count as f64).sum::<f64>()
}

fn guessed(map: &Map, guess: usize, x: &Axis, y: &Axis) -> Series {
    let shape = map.main.guesses[guess].shape.iter();
    let (across, up) = shape.map(|&point| on(x, y, point)).unzip();
    Series::line("your guess", Role::Neutral, across, up).with_line(LineStyle::Dotted)
}

/// The run that is shown: a large point on each of its curves, the first with the place in its name.
fn spots(map: &Map, curves: &[Curve]) -> Vec<Series> {
    let Some(now) = &map.now else { return Vec::new() };
    let several = curves.iter().filter(|curve| curve.own).count() > 1;
    let own = curves.iter().filter(|curve| curve.own && curve.holds(now));
    let values = own.filter_map(|curve| Some((curve, now.value(curve.metric)?)));
    let spot = |(i, (curve, value)): (usize, (&Curve, f64))| {
        let said = measured(map.metric(curve.metric), value);
        // Curves that stand alone have no end to bear their name.
        let said = if map.open || !several { said } else { format!("{} {said}", curve.name) };
        let label = if i == 0 { format!("{}: {said}", at(map.parameter(), now.x)) } else { said };
        let spot = Series::line(curve.called(map), curve.role, vec![now.x], vec![value]);
        spot.with_mark(Mark::Spot).labelled(label)
    };
    values.enumerate().map(spot).collect()
}

fn noted(map: &Map) -> String {
    let open = map.runs.iter().filter(|run| map.open && !run.beside);
    let alone = map.now.iter().filter(|_| !map.open);
    let runs = || open.clone().chain(alone.clone());
    let count = |filled: bool| runs().filter(|run| run.filled == filled).count();
    note(count(false), count(true), runs().map(|run| run.seed).collect())
}

/// The same in sentences.
fn described(map: &Map, curves: &[Curve], levels: &Levels) -> String {
    let mut said = Vec::new();
    if let Some(now) = &map.now {
        let told = |curve: &Curve| {
            let value = measured(map.metric(curve.metric), now.value(curve.metric)?);
            Some(format!("{} {value}", curve.called(map)))
        };
        let own = curves.iter().filter(|curve| curve.own && curve.holds(now));
        let own: Vec<String> = own.filter_map(told).collect();
        said.push(format!("The run shown, {}: {}.", at(map.parameter(), now.x), list(&own)));
    }
    if map.open {
        let curve =
            |curve: &Curve| listed(map, curve.metric, &curve.called(map), &curve.means(map));
        said.extend(curves.iter().filter_map(curve));
        for (level, points) in levels {
            said.extend(match points.is_empty() || !level.flat {
                true => listed(map, level.metric, level.name, points),
                false => {
                    let mean = measured(map.metric(level.metric), mean(points));
                    Some(format!("Compared with {}: {mean}.", level.name))
                }
            });
        }
        let label = |guess: usize| format!("Your guess: {}.", map.main.guesses[guess].label);
        said.extend(map.guess.map(label));
    }
    if said.is_empty() { "No run has come to its end yet.".to_string() } else { said.join(" ") }
}

/// The means of a metric at all places, in one sentence.
fn listed(map: &Map, metric: &str, name: &str, points: &[Point]) -> Option<String> {
    let one = |point: &Point| {
        let value = measured(map.metric(metric), point.mean);
        format!("{value} at {}", at(map.parameter(), point.x))
    };
    let all: Vec<String> = points.iter().map(one).collect();
    (!all.is_empty()).then(|| format!("All runs, {name}: {}.", list(&all)))
}
