//! The line along which a map crosses a level: a decision boundary.

use std::collections::BTreeMap;

/// A side between two neighbouring grid points: the first one's row and column, and whether the
/// second one lies above it (otherwise to its right).
type Side = (usize, usize, bool);

/// The contour of a grid as lists of x and y, with NaN between its separate lines.
///
/// # Shapes
/// `values` (rows x columns), row 0 lowest, at the centres of cells that fill the ranges, that of x and
/// that of y.
///
/// # Source
/// Marching squares: Lorensen and Cline, 1987, in two dimensions.
pub fn contour(
    values: &[f64],
    columns: usize,
    level: f64,
    ranges: [(f64, f64); 2],
) -> (Vec<f64>, Vec<f64>) {
    let place = |(min, max): (f64, f64), cells: usize, at: f64| {
        let cell = (max - min) / cells as f64;
        min + (at + 0.5) * cell
    };
    let rows = values.len() / columns;
    let at = |row: usize, column: usize| values[row * columns + column] - level;
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for line in lines(neighbours(rows, columns, &at)) {
        for (row, column, up) in line {
            let other = if up { at(row + 1, column) } else { at(row, column + 1) };
            let share = at(row, column) / (at(row, column) - other);
            let (dx, dy) = if up { (0.0, share) } else { (share, 0.0) };
            x.push(place(ranges[0], columns, column as f64 + dx));
            y.push(place(ranges[1], rows, row as f64 + dy));
        }
        x.push(f64::NAN);
        y.push(f64::NAN);
    }
    (x, y)
}

/// For every side the contour crosses, the sides it goes on to: one or two.
fn neighbours(
    rows: usize,
    columns: usize,
    at: &impl Fn(usize, usize) -> f64,
) -> BTreeMap<Side, Vec<Side>> {
    let mut joined: BTreeMap<Side, Vec<Side>> = BTreeMap::new();
    for row in 0..rows.saturating_sub(1) {
        for column in 0..columns.saturating_sub(1) {
            let below = |row, column| at(row, column) < 0.0;
            let sides = [
                ((row, column, false), below(row, column) != below(row, column + 1)),
                ((row, column + 1, true), below(row, column + 1) != below(row + 1, column + 1)),
                ((row + 1, column, false), below(row + 1, column) != below(row + 1, column + 1)),
                ((row, column, true), below(row, column) != below(row + 1, column)),
            ];
            let crossed: Vec<Side> =
                sides.into_iter().filter(|(_, crossed)| *crossed).map(|(side, _)| side).collect();
            for pair in crossed.chunks_exact(2) {
                joined.entry(pair[0]).or_default().push(pair[1]);
                joined.entry(pair[1]).or_default().push(pair[0]);
            }
        }
    }
    joined
}

/// Follows the contour from side to side: open lines from an end, then what is left, closed ones.
fn lines(mut joined: BTreeMap<Side, Vec<Side>>) -> Vec<Vec<Side>> {
    let mut lines = Vec::new();
    for open in [true, false] {
        let starts: Vec<Side> = joined.keys().copied().collect();
        for start in starts {
            let ends = joined.get(&start).map_or(0, Vec::len);
            if ends == 0 || (open && ends != 1) {
                continue;
            }
            let mut line = vec![start];
            while let Some(next) = joined.get_mut(&line[line.len() - 1]).and_then(Vec::pop) {
                let last = line[line.len() - 1];
                joined.entry(next).or_default().retain(|&side| side != last);
                line.push(next);
            }
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finite(numbers: &[f64]) -> Vec<f64> {
        numbers.iter().copied().filter(|number| number.is_finite()).collect()
    }

    #[test]
    fn the_contour_of_a_slope_is_one_straight_line_where_it_should_be() {
        // values = x at the centres of 4 x 4 cells on (0, 1): crossing 0.3 at x = 0.3.
        let values: Vec<f64> = (0..16).map(|i| ((i % 4) as f64 + 0.5) / 4.0).collect();
        let (x, y) = contour(&values, 4, 0.3, [(0.0, 1.0); 2]);
        assert!(finite(&x).iter().all(|x| (x - 0.3).abs() < 1e-12));
        assert_eq!(finite(&y), [0.125, 0.375, 0.625, 0.875]);
        assert_eq!(y.len(), 5, "one line");
    }

    #[test]
    fn the_contour_of_a_hill_is_one_closed_line() {
        let values: Vec<f64> = (0..36)
            .map(|i| ((i % 6) as f64 - 2.5, (i / 6) as f64 - 2.5))
            .map(|(x, y)| x * x + y * y)
            .collect();
        let (x, y) = contour(&values, 6, 3.0, [(-3.0, 3.0); 2]);
        let (fx, fy) = (finite(&x), finite(&y));
        assert_eq!(x.iter().filter(|x| x.is_nan()).count(), 1, "one line");
        assert_eq!((fx[0], fy[0]), (fx[fx.len() - 1], fy[fy.len() - 1]), "closed");
        assert!(fx.iter().zip(&fy).all(|(x, y)| (x.hypot(*y) - 3f64.sqrt()).abs() < 0.2));
    }

    #[test]
    fn a_flat_map_has_no_contour() {
        assert!(contour(&[1.0; 9], 3, 0.5, [(-1.0, 1.0); 2]).0.is_empty());
    }
}
