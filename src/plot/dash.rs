//! A line cut into dashes: no backend of plotters can dash.

use super::geometry::Point;

/// The most dashes of one line: beyond that it is finer than any picture shows.
const MOST: usize = 5_000;

/// The dashes of a line, measured along it from its first point, so that they stay where they
/// are while the line grows.
pub(super) fn dashes(points: &[Point], dash: f64, gap: f64) -> Vec<Vec<Point>> {
    let mut dashes = Vec::new();
    let mut drawing = points.first().map(|&point| vec![point]);
    let mut left = dash;
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut distance = distance(from, to);
        while distance > left && dashes.len() < MOST {
            from = towards(from, to, left / distance);
            distance -= left;
            drawing = match drawing {
                Some(mut piece) => {
                    piece.push(from);
                    dashes.push(piece);
                    left = gap;
                    None
                }
                None => {
                    left = dash;
                    Some(vec![from])
                }
            };
        }
        left -= distance;
        if let Some(piece) = &mut drawing {
            piece.push(to);
        }
    }
    dashes.extend(drawing);
    dashes
}

fn distance(from: Point, to: Point) -> f64 {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    (x * x + y * y).sqrt()
}

fn towards(from: Point, to: Point, part: f64) -> Point {
    (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_and_gaps_add_up_to_the_line() {
        let cut = dashes(&[(0.0, 0.0), (3.0, 0.0), (12.0, 0.0)], 5.0, 2.0);
        let want = vec![vec![(0.0, 0.0), (3.0, 0.0), (5.0, 0.0)], vec![(7.0, 0.0), (12.0, 0.0)]];
        assert_eq!(cut, want);
    }

    #[test]
    fn a_growing_line_keeps_its_dashes() {
        let line: Vec<Point> = (0..40).map(|i| (f64::from(i) * 3.0, f64::from(i % 5))).collect();
        let (short, long) = (dashes(&line[..20], 6.0, 4.0), dashes(&line, 6.0, 4.0));
        assert_eq!(short[..short.len() - 1], long[..short.len() - 1]);
    }

    #[test]
    fn no_line_has_no_dashes() {
        assert!(dashes(&[], 6.0, 4.0).is_empty());
        assert_eq!(dashes(&[(1.0, 1.0)], 6.0, 4.0), [[(1.0, 1.0)]]);
        assert!(dashes(&[(0.0, 0.0), (1e9, 0.0)], 6.0, 4.0).len() <= MOST + 1);
    }
}
