//! Cutting lines and areas at the frame, exactly where they cross it.
//!
//! All of it in the unit square: a chart's frame is 0 to 1 both ways. Differences are taken of quarters,
//! which are as exact and stay finite however far apart two points are.

use super::geometry::Point;

/// A side of the frame.
struct Side {
    /// The coordinate of a point that it bounds.
    of: fn(Point) -> f64,
    /// The point with another such coordinate.
    with: fn(f64, Point) -> Point,
    bound: f64,
    /// 1 where the frame is above the bound, -1 where it is below.
    sign: f64,
}

const fn across(bound: f64, sign: f64) -> Side {
    Side { of: |(x, _)| x, with: |x, (_, y)| (x, y), bound, sign }
}

const fn up(bound: f64, sign: f64) -> Side {
    Side { of: |(_, y)| y, with: |y, (x, _)| (x, y), bound, sign }
}

const SIDES: [Side; 4] = [across(0.0, 1.0), across(1.0, -1.0), up(0.0, 1.0), up(1.0, -1.0)];

impl Side {
    /// How far within a point lies; below 0 it is outside.
    fn within(&self, point: Point) -> f64 {
        self.sign * way(self.bound, (self.of)(point))
    }

    /// Where the way from a point on one side to one on the other crosses it.
    fn crossing(&self, from: Point, to: Point) -> Point {
        let (a, b) = (self.within(from), self.within(to));
        let part = a / (a - b);
        (self.with)(self.bound, (between(from.0, to.0, part), between(from.1, to.1, part)))
    }
}

/// A quarter of the way from one number to another.
fn way(from: f64, to: f64) -> f64 {
    0.25 * to - 0.25 * from
}

/// The number at a part of the way.
fn between(from: f64, to: f64, part: f64) -> f64 {
    (4.0 * (0.25 * from + part * way(from, to))).clamp(from.min(to), from.max(to))
}

/// The part of a segment within the unit square.
fn segment(mut from: Point, mut to: Point) -> Option<(Point, Point)> {
    for side in &SIDES {
        match (side.within(from) < 0.0, side.within(to) < 0.0) {
            (true, true) => return None,
            (true, false) => from = side.crossing(from, to),
            (false, true) => to = side.crossing(from, to),
            (false, false) => {}
        }
    }
    Some((from, to))
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
    SIDES.iter().fold(outline.to_vec(), |outline, side| half(&outline, side))
}

/// The part of an area on the frame's side of `side`.
fn half(outline: &[Point], side: &Side) -> Vec<Point> {
    let mut kept = Vec::with_capacity(outline.len() + 2);
    let before = outline.iter().cycle().skip(outline.len().saturating_sub(1));
    for (&from, &to) in before.zip(outline) {
        let outside = side.within(to) < 0.0;
        if (side.within(from) < 0.0) != outside {
            kept.push(side.crossing(from, to));
        }
        if !outside {
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

    #[test]
    fn points_too_far_apart_for_a_difference_are_cut_at_the_frame_too() {
        let far = f64::MAX;
        assert_eq!(line(&[(-far, 0.5), (far, 0.5)]), [[(0.0, 0.5), (1.0, 0.5)]]);
        let corners = line(&[(-far, -far), (far, far)]).concat();
        assert_eq!(corners.len(), 2);
        for ((x, y), corner) in corners.into_iter().zip([0.0, 1.0]) {
            assert!((x - corner).abs() < 1e-12 && (y - corner).abs() < 1e-12, "({x}, {y})");
        }
        let all = area(&[(-far, -far), (far, -far), (far, far), (-far, far)]);
        assert!(!all.is_empty() && all.iter().all(|&point| contains(point)), "{all:?}");
    }

    /// From the frame's own size to the ends of what numbers hold.
    fn anywhere() -> impl Strategy<Value = f64> {
        prop_oneof![
            -3.0..3.0_f64,
            -1e12..1e12_f64,
            -f64::MAX / 2.0..f64::MAX / 2.0,
            Just(f64::MAX),
            Just(f64::MIN)
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_drawn_stays_within(
            points in prop::collection::vec((anywhere(), anywhere()), 0..40)
        ) {
            let drawn = line(&points).concat();
            prop_assert!(drawn.iter().all(|&point| contains(point)));
            prop_assert!(area(&points).into_iter().all(contains));
        }
    }
}
