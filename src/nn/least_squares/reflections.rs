//! Orthogonal factorization by Householder's reflections.

use super::sums::lane_dot;

/// A P = Q R: Q orthogonal, R upper triangular, P an order of the columns.
///
/// At every step the column is taken of which the largest share is its own, given those taken before:
/// so the order and the rank do not depend on any units. Rows are sorted, the largest first: then
/// rounding in large rows does not spoil small ones.
///
/// # Source
/// Golub and Van Loan, "Matrix computations", 4th edition, 5.2 and 5.4; Cox and Higham, "Stability of
/// Householder QR factorization for weighted least squares problems", 1998.
#[derive(Clone, Debug)]
pub struct Reflections {
    rows: usize,
    /// Column by column, in the order taken: R, and below its diagonal the reflections.
    values: Vec<f64>,
    factors: Vec<f64>,
    row_order: Vec<usize>,
    column_order: Vec<usize>,
}

impl Reflections {
    /// Factorizes a matrix (`rows` rows, column by column). It ends where at most `least` of every
    /// column that is left is its own: those depend on the ones taken.
    pub fn of(mut values: Vec<f64>, rows: usize, least: f64) -> Self {
        let row_order = sort_rows(&mut values, rows);
        let columns = values.len() / rows;
        let mut column_order: Vec<usize> = (0..columns).collect();
        let mut sizes: Vec<f64> = values.chunks_exact(rows).map(square).collect();
        let (mut left, mut factors) = (sizes.clone(), Vec::new());
        for k in 0..rows.min(columns) {
            let share = |j: usize| if sizes[j] > 0.0 { left[j] / sizes[j] } else { 0.0 };
            let most =
                (k + 1..columns).fold(k, |most, j| if share(j) > share(most) { j } else { most });
            if share(most) <= least * least {
                break;
            }
            swap_columns(&mut values, rows, k, most);
            column_order.swap(k, most);
            sizes.swap(k, most);
            left.swap(k, most);
            let (done, later) = values.split_at_mut((k + 1) * rows);
            let reflection = &mut done[k * rows + k..];
            let factor = reflect(reflection, left[k].sqrt());
            let others = later.chunks_exact_mut(rows).zip(&mut left[k + 1..]);
            for (column, left) in others {
                apply(&reflection[1..], factor, &mut column[k..]);
                *left = square(&column[k + 1..]);
            }
            factors.push(factor);
        }
        Reflections { rows, values, factors, row_order, column_order }
    }

    /// How many columns do not depend on each other.
    pub fn rank(&self) -> usize {
        self.factors.len()
    }

    /// Which column was taken at each step; those left stand last.
    pub fn column_order(&self) -> &[usize] {
        &self.column_order
    }

    /// An entry of R.
    pub fn upper(&self, row: usize, column: usize) -> f64 {
        self.values[column * self.rows + row]
    }

    /// Q' b.
    pub fn turned(&self, b: &[f64]) -> Vec<f64> {
        let mut turned: Vec<f64> = self.row_order.iter().map(|&row| b[row]).collect();
        for (k, &factor) in self.factors.iter().enumerate() {
            apply(self.reflection(k), factor, &mut turned[k..]);
        }
        turned
    }

    /// Q b; b may be short by zeros.
    pub fn turned_back(&self, b: &[f64]) -> Vec<f64> {
        let mut sorted = b.to_vec();
        sorted.resize(self.rows, 0.0);
        for (k, &factor) in self.factors.iter().enumerate().rev() {
            apply(self.reflection(k), factor, &mut sorted[k..]);
        }
        let mut back = vec![0.0; self.rows];
        self.row_order.iter().zip(sorted).for_each(|(&row, value)| back[row] = value);
        back
    }

    /// Solves R z = right for the columns taken, in place.
    pub fn solve(&self, right: &mut [f64]) {
        for k in (0..self.rank()).rev() {
            right[k] /= self.upper(k, k);
            let (above, solved) = (&self.values[k * self.rows..][..k], right[k]);
            right.iter_mut().zip(above).for_each(|(right, r)| *right -= solved * r);
        }
    }

    /// Solves R'z = right for the columns taken, in place.
    pub fn solve_transposed(&self, right: &mut [f64]) {
        for k in 0..self.rank() {
            let above = &self.values[k * self.rows..][..k];
            right[k] = (right[k] - lane_dot(above, &right[..k])) / self.upper(k, k);
        }
    }

    fn reflection(&self, k: usize) -> &[f64] {
        &self.values[k * self.rows + k + 1..(k + 1) * self.rows]
    }
}

fn square(values: &[f64]) -> f64 {
    lane_dot(values, values)
}

/// Sorts the rows by their largest numbers, and hands back where each one stood.
fn sort_rows(values: &mut [f64], rows: usize) -> Vec<usize> {
    let mut largest = vec![0.0f64; rows];
    for column in values.chunks_exact(rows) {
        largest.iter_mut().zip(column).for_each(|(most, value)| *most = most.max(value.abs()));
    }
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_by(|&a, &b| largest[b].total_cmp(&largest[a]));
    let mut sorted = vec![0.0; rows];
    for column in values.chunks_exact_mut(rows) {
        sorted.iter_mut().zip(&order).for_each(|(to, &row)| *to = column[row]);
        column.copy_from_slice(&sorted);
    }
    order
}

fn swap_columns(values: &mut [f64], rows: usize, left: usize, right: usize) {
    if left < right {
        let (before, after) = values.split_at_mut(right * rows);
        before[left * rows..(left + 1) * rows].swap_with_slice(&mut after[..rows]);
    }
}

/// Makes of a column, whose norm this is, the reflection that turns it onto its first entry: that entry
/// becomes what it is turned to, the others the reflection's, whose first is 1. Hands back its factor.
fn reflect(column: &mut [f64], norm: f64) -> f64 {
    let first = column[0];
    let turned = if first > 0.0 { -norm } else { norm };
    column[1..].iter_mut().for_each(|value| *value /= first - turned);
    column[0] = turned;
    (turned - first) / turned
}

/// Reflects a column.
fn apply(reflection: &[f64], factor: f64, column: &mut [f64]) {
    let (first, rest) = column.split_at_mut(1);
    let distance = factor * (first[0] + lane_dot(reflection, rest));
    first[0] -= distance;
    rest.iter_mut().zip(reflection).for_each(|(value, v)| *value -= distance * v);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 5 x 3; the third column is the sum of the others, in another unit.
    fn dependent() -> Vec<f64> {
        let (a, b) = ([1.0, 2.0, 0.0, -1.0, 3.0], [0.5, -1.0, 4.0, 2.0, 0.0]);
        let sum = |(a, b): (&f64, &f64)| 1e9 * (a + b);
        [a.to_vec(), b.to_vec(), a.iter().zip(&b).map(sum).collect()].concat()
    }

    #[test]
    fn multiplied_out_it_is_the_matrix() {
        let a = dependent();
        let qr = Reflections::of(a.clone(), 5, 1e-13);
        assert_eq!(qr.rank(), 2);
        for (place, &column) in qr.column_order().iter().enumerate() {
            let r: Vec<f64> = (0..=place.min(1)).map(|row| qr.upper(row, place)).collect();
            let (got, want) = (qr.turned_back(&r), &a[column * 5..(column + 1) * 5]);
            let size = square(want).sqrt();
            assert!(got.iter().zip(want).all(|(g, w)| (g - w).abs() < 1e-15 * size), "{got:?}");
        }
    }

    #[test]
    fn turning_keeps_lengths_and_comes_back() {
        let qr = Reflections::of(dependent(), 5, 1e-13);
        let b = [3.0, -1.0, 2.0, 0.5, 7.0];
        let turned = qr.turned(&b);
        assert!((square(&turned) - square(&b)).abs() < 1e-13);
        assert!(qr.turned_back(&turned).iter().zip(b).all(|(got, b)| (got - b).abs() < 1e-14));
    }

    #[test]
    fn triangular_systems_are_solved() {
        let qr = Reflections::of(vec![2.0, 1.0, -1.0, 0.0, 3.0, 1.0], 3, 0.0);
        let r = |row, column| qr.upper(row, column);
        let mut z = [r(0, 0) + 2.0 * r(0, 1), 2.0 * r(1, 1)];
        qr.solve(&mut z);
        assert!((z[0] - 1.0).abs() + (z[1] - 2.0).abs() < 1e-15, "{z:?}");
        let mut z = [r(0, 0), r(0, 1) + 2.0 * r(1, 1)];
        qr.solve_transposed(&mut z);
        assert!((z[0] - 1.0).abs() + (z[1] - 2.0).abs() < 1e-15, "{z:?}");
    }
}
