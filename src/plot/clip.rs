//! Cutting lines and areas at the frame, exactly where they cross it.
//!
//! All of it in the unit square: a chart's frame is 0 to 1 both ways.

use super::geometry::Point;

/// The part of a segment within the unit square (Liang and Barsky's method).
fn segment(from: Point, to: Point) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, room) in [(-dx, from.0), (dx, 1.0 - from.0), (-dy, from.1), (dy, 1.0 - from.1)] {
        if step == 0.0 && room < 0.0 {
            return None;
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else if step > 0.0 {
            leave = leave.min(room / step);
        }
    }
    let at = |part: f64| within((from.0 + part * dx, from.1 + part * dy));
    let start = if enter > 0.0 { at(enter) } else { from };
    let end = if leave < 1.0 { at(leave) } else { to };
    (enter <= leave).then_some((start, end))
}

/// The point, on the frame where rounding has put it beside.
fn within((x, y): Point) -> Point {
    (x.clamp(0.0, 1.0), y.clamp(0.0, 1.0))
}

/// Whether a point is in the unit square.
pub(super) fn contains((x, y): Point) -> bool {
    (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y)
}

/// The parts of a line within the unit square, broken also where a point is not finite. A point
/// with no neighbour to be joined to is a part of its own.
pub(super) fn line(points: &[Point]) -> Vec<Vec<Point>> {
    let finite = |point: &Point| point.0.is_finite() && point.1.is_finite();
    let mut parts = Vec::new();
    for run in points.split(|point| !finite(point)) {
        match run {
            [] => {}
            [alone] => parts.extend(contains(*alone).then(|| vec![*alone])),
            run => extend_with_run(&mut parts, run),
        }
    }
    parts
}

fn extend_with_run(parts: &mut Vec<Vec<Point>>, run: &[Point]) {
    let first_of_run = parts.len();
    for pair in run.windows(2) {
        let Some((start, end)) = segment(pair[0], pair[1]) else { continue };
        match parts[first_of_run..].last_mut() {
            Some(part) if part.last() == Some(&start) => part.push(end),
            _ => parts.push(vec![start, end]),
        }
    }
}

/// The part of an area within the unit square (Sutherland and Hodgman's method).
pub(super) fn area(outline: &[Point]) -> Vec<Point> {
    let sides: [fn(Point) -> f64; 4] = [|p| p.0, |p| 1.0 - p.0, |p| p.1, |p| 1.0 - p.1];
    sides.iter().fold(outline.to_vec(), |outline, side| half(&outline, side))
}

/// The part of an area where `side` is not negative.
fn half(outline: &[Point], side: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(outline.len() + 2);
    let before = outline.iter().cycle().skip(outline.len().saturating_sub(1));
    for (&from, &to) in before.zip(outline) {
        let (a, b) = (side(from), side(to));
        if (a < 0.0) != (b < 0.0) {
            let part = a / (a - b);
            kept.push((from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1)));
        }
        if b >= 0.0 {
            kept.push(to);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_ends_exactly_on_the_frame() {
        assert_eq!(line(&[(0.5, 0.5), (1.0, 2.5)]), [[(0.5, 0.5), (0.625, 1.0)]]);
        assert_eq!(line(&[(-1.0, 0.5), (2.0, 0.5)]), [[(0.0, 0.5), (1.0, 0.5)]]);
    }

    #[test]
    fn a_line_outside_is_gone_and_comes_back() {
        let there_and_back = [(0.0, 0.5), (0.25, 1.5), (0.5, 1.5), (0.75, 0.5)];
        let want = [[(0.0, 0.5), (0.125, 1.0)], [(0.625, 1.0), (0.75, 0.5)]];
        assert_eq!(line(&there_and_back), want);
        assert!(line(&[(0.0, 2.0), (1.0, 3.0)]).is_empty());
    }

    #[test]
    fn what_is_not_finite_breaks_a_line() {
        let points = [(0.0, 0.0), (0.1, 0.1), (0.2, f64::NAN), (0.3, 0.3), (f64::INFINITY, 0.3)];
        assert_eq!(line(&points), [vec![(0.0, 0.0), (0.1, 0.1)], vec![(0.3, 0.3)]]);
        assert!(line(&[]).is_empty());
    }

    #[test]
    fn an_area_is_cut_at_the_frame() {
        let outline = [(0.25, 0.5), (0.75, 0.5), (0.75, 3.0), (0.25, 3.0)];
        assert_eq!(area(&outline), [(0.25, 1.0), (0.25, 0.5), (0.75, 0.5), (0.75, 1.0)]);
        assert!(area(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_drawn_stays_within(
            points in prop::collection::vec((-3.0..3.0_f64, -1e12..1e12_f64), 0..40)
        ) {
            let drawn = line(&points).concat();
            prop_assert!(drawn.iter().all(|&point| contains(point)));
        }
    }
}
