//! The line along which a map crosses a level: a decision boundary.

/// Segments of the contour of a grid, joined by x and y lists with NaN between segments.
///
/// # Shapes
/// `values` (rows x columns), row 0 lowest, at the centres of cells that fill the square from
/// `min` to `max` in both directions.
///
/// # Source
/// Marching squares: Lorensen and Cline, 1987, in two dimensions.
pub fn contour(
    values: &[f64],
    columns: usize,
    level: f64,
    (min, max): (f64, f64),
) -> (Vec<f64>, Vec<f64>) {
    let rows = values.len() / columns;
    let cell = (max - min) / columns as f64;
    let place = |at: f64| min + (at + 0.5) * cell;
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for row in 0..rows.saturating_sub(1) {
        for column in 0..columns - 1 {
            let at = |r: usize, c: usize| values[(row + r) * columns + column + c] - level;
            let corners = [at(0, 0), at(0, 1), at(1, 1), at(1, 0)];
            for ends in segments(corners) {
                for (dx, dy) in ends {
                    x.push(place(column as f64 + dx));
                    y.push(place(row as f64 + dy));
                }
                x.push(f64::NAN);
                y.push(f64::NAN);
            }
        }
    }
    (x, y)
}

/// Zero or more segments across a unit square, from its corners' values (counter-clockwise from the
/// lower left).
fn segments(corners: [f64; 4]) -> Vec<[(f64, f64); 2]> {
    const PLACES: [(f64, f64); 4] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    let mut crossings = Vec::new();
    for side in 0..4 {
        let next = (side + 1) % 4;
        let (a, b) = (corners[side], corners[next]);
        if (a < 0.0) != (b < 0.0) {
            let share = a / (a - b);
            let ((ax, ay), (bx, by)) = (PLACES[side], PLACES[next]);
            crossings.push((ax + share * (bx - ax), ay + share * (by - ay)));
        }
    }
    crossings.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contour_of_a_slope_is_a_straight_line_where_it_should_be() {
        // values = x at the centres of 4 x 4 cells on (0, 1): crossing 0.3 at x = 0.3.
        let values: Vec<f64> = (0..16).map(|i| ((i % 4) as f64 + 0.5) / 4.0).collect();
        let (x, y) = contour(&values, 4, 0.3, (0.0, 1.0));
        let finite: Vec<f64> = x.into_iter().filter(|x| x.is_finite()).collect();
        assert_eq!(finite.len(), 6);
        assert!(finite.iter().all(|x| (x - 0.3).abs() < 1e-12));
        assert_eq!(y.iter().filter(|y| y.is_nan()).count(), 3);
    }

    #[test]
    fn a_flat_map_has_no_contour() {
        assert!(contour(&[1.0; 9], 3, 0.5, (-1.0, 1.0)).0.is_empty());
    }
}
