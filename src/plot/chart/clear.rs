//! Labels kept off what is drawn: one that would hide a curve moves up or down to where it hides least.

use super::frame::Frame;
use super::series::{ACROSS, radius};
use crate::figure::{Chart, Mark, Series};
use crate::plot::clip;
use crate::plot::geometry::{Point, Rect};

/// How far a label may move from where it is best told whose it is, and by what steps.
const REACH: f64 = 40.0;
const STEP: f64 = 2.0;

/// A pixel of a hidden curve is as bad as this many pixels from where a label is best.
const HIDDEN: f64 = 2.0;

/// Curves and points as they are drawn, in CSS pixels.
pub(super) struct Ink {
    lines: Vec<Vec<Point>>,
    /// Discs: the place and the radius.
    discs: Vec<(Point, f64)>,
}

impl Ink {
    /// All that a chart's series are drawn with but bands and bars, on which words can be read.
    pub fn of(chart: &Chart, frame: &Frame) -> Self {
        let mut ink = Ink { lines: Vec::new(), discs: Vec::new() };
        for series in &chart.series {
            ink.add(series, frame);
        }
        ink
    }

    fn add(&mut self, series: &Series, frame: &Frame) {
        let points: Vec<Point> = frame.parts(&series.x, &series.y).collect();
        let mut draw = |points: &[Point]| {
            let drawn = clip::line(points).into_iter();
            self.lines.extend(drawn.map(|part| part.into_iter().map(|at| frame.at(at)).collect()));
        };
        match series.mark {
            Mark::Line | Mark::Joined => draw(&points),
            Mark::Levels => {
                for (&x, &y) in series.x.iter().zip(&series.y) {
                    draw(&[x - ACROSS, x + ACROSS].map(|x| (frame.x.part(x), frame.y.part(y))));
                }
            }
            Mark::Points | Mark::Spot | Mark::Ring | Mark::Bars => {}
        }
        if matches!(series.mark, Mark::Points | Mark::Joined | Mark::Spot | Mark::Ring) {
            let within = points.into_iter().filter(|&point| clip::contains(point));
            self.discs.extend(within.map(|point| (frame.at(point), radius(series))));
        }
    }

    /// What of it comes near a rectangle.
    fn near(&self, area: &Rect) -> Self {
        let beside = |a: &Point, b: &Point| {
            a.0.max(b.0) < area.left
                || a.0.min(b.0) > area.right
                || a.1.max(b.1) < area.top
                || a.1.min(b.1) > area.bottom
        };
        let pieces = self.lines.iter().flat_map(|line| line.windows(2));
        let lines =
            pieces.filter(|pair| !beside(&pair[0], &pair[1])).map(<[Point]>::to_vec).collect();
        let touches = |&&(at, radius): &&(Point, f64)| {
            Rect::around(at, 2.0 * radius, 2.0 * radius).overlap(area) > 0.0
        };
        Ink { lines, discs: self.discs.iter().filter(touches).copied().collect() }
    }

    /// How many pixels of it a rectangle hides.
    fn hidden(&self, area: &Rect) -> f64 {
        let part =
            |&(x, y): &Point| ((x - area.left) / area.width(), (y - area.top) / area.height());
        let length = |pair: &[Point]| {
            let (across, up) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            libm::hypot(across * area.width(), up * area.height())
        };
        let covered = |line: &Vec<Point>| -> f64 {
            let parts = clip::line(&line.iter().map(part).collect::<Vec<_>>());
            parts.iter().flat_map(|part| part.windows(2)).map(length).sum()
        };
        let discs = self.discs.iter().map(|&(at, radius)| {
            Rect::around(at, 2.0 * radius, 2.0 * radius).overlap(area) / (2.0 * radius)
        });
        self.lines.iter().map(covered).sum::<f64>() + discs.sum::<f64>()
    }
}

/// Moves labels that hide anything, none over another, all of them between two heights.
pub(super) fn move_off(labels: &mut [Option<Rect>], ink: &Ink, (top, bottom): (f64, f64)) {
    for i in 0..labels.len() {
        let Some(label) = labels[i] else { continue };
        let others = labels.iter().enumerate().filter(|&(other, _)| other != i);
        let others: Vec<Rect> = others.filter_map(|(_, label)| *label).collect();
        let reach = Rect { top: label.top - REACH, bottom: label.bottom + REACH, ..label };
        let near = ink.near(&reach);
        // Labels one over another stay in the order of what they name.
        let apart = |place: &Rect, other: &Rect| {
            let beside = other.right <= place.left || place.right <= other.left;
            let passed = (other.top < label.top) != (other.top < place.top);
            beside || !passed && other.overlap(place) < 1.0
        };
        let free = |place: &Rect| {
            let inside = place.top >= top && place.bottom <= bottom;
            inside && others.iter().all(|other| apart(place, other))
        };
        let worth = |by: f64| HIDDEN * near.hidden(&label.down(by)) + by.abs();
        let mut best = (worth(0.0), 0.0);
        for step in 1..=(REACH / STEP) as i32 {
            for by in [-STEP, STEP].map(|one| one * f64::from(step)) {
                if by.abs() < best.0 && free(&label.down(by)) && worth(by) < best.0 {
                    best = (worth(by), by);
                }
            }
        }
        labels[i] = Some(label.down(best.1));
    }
}
