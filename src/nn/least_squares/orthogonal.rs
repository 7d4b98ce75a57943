//! The slow way, which squares no condition: orthogonal factorizations, refined in twice the digits.

use super::reflections::Reflections;
use super::scale::{scales, sizes};
use super::sums::Twofold;

/// A column depends on others where at most this share of its length is its own, whatever its unit.
const LEAST_SHARE: f64 = 1e-13;
/// The most corrections; a few are enough where any help.
const MOST_CORRECTIONS: usize = 20;

/// |X w - y|^2 + |roots w|^2, to be minimized.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// X (rows x columns), row major.
    pub x: &'a [f64],
    /// One number a row.
    pub y: &'a [f64],
    /// The roots of the penalties, one a column, at least 0; with fewer rows than columns all the same.
    pub roots: &'a [f64],
}

impl Rows<'_> {
    /// The w that minimizes it; of several the shortest.
    ///
    /// # Shapes
    /// `sizes` (columns): the largest absolute value of each column.
    pub fn minimum(self, sizes: &[f64]) -> Vec<f64> {
        // Penalties too small for any column to notice: what weights come to as they vanish. One that a
        // single column notices counts in all: without it in some this would be another problem.
        // Eight times what makes a column dependent: where the two meet neither would hold.
        let felt =
            self.roots.iter().zip(sizes).any(|(root, size)| *root > 8.0 * LEAST_SHARE * size);
        let none = vec![0.0; sizes.len()];
        let rows = Rows { roots: if felt { self.roots } else { &none }, ..self };
        let alike = felt && self.roots.iter().all(|root| *root == self.roots[0]);
        let shortest = if alike { rows.dependent(sizes) } else { None };
        shortest.unwrap_or_else(|| Stacked::new(rows, sizes).minimum())
    }

    /// Where columns depend on each other, with one penalty for all of them: X = Q T with fewer rows in
    /// T than columns, and with |X w - y| goes |T w - Q'y|. No penalty has to hold columns apart that its
    /// rounding could not.
    fn dependent(self, sizes: &[f64]) -> Option<Vec<f64>> {
        let (n, columns) = (self.y.len(), sizes.len());
        let scales = scales(sizes, &vec![0.0; columns]);
        let mut a = vec![0.0; n * columns];
        for (i, row) in self.x.chunks_exact(columns).enumerate() {
            (0..columns).for_each(|j| a[j * n + i] = row[j] * scales[j]);
        }
        let qr = Reflections::of(a, n, LEAST_SHARE);
        let rank = qr.rank();
        if rank == columns {
            return None;
        }
        let mut t = vec![0.0; rank * columns];
        for (place, &column) in qr.column_order().iter().enumerate() {
            for k in 0..rank.min(place + 1) {
                t[k * columns + column] = qr.upper(k, place) / scales[column];
            }
        }
        let c = qr.turned(self.y);
        Some(Rows { x: &t, y: &c[..rank], roots: self.roots }.of_few())
    }

    /// With fewer rows than columns: w lies in the span of the rows. X' = Q R, and w = Q u, as long as
    /// u, which minimizes |R'u - y|^2 + |root u|^2.
    fn of_few(self) -> Vec<f64> {
        let columns = self.roots.len();
        let lengths: Vec<f64> = self.x.chunks_exact(columns).map(largest).collect();
        let scales = scales(&lengths, &vec![0.0; lengths.len()]);
        let rows = self.x.chunks_exact(columns).zip(&scales);
        let transposed = rows.flat_map(|(row, scale)| row.iter().map(move |x| x * scale)).collect();
        let qr = Reflections::of(transposed, columns, 0.0);
        let rank = qr.rank();
        let mut lower = vec![0.0; self.y.len() * rank];
        for (place, &row) in qr.column_order().iter().enumerate() {
            for k in 0..rank.min(place + 1) {
                lower[row * rank + k] = qr.upper(k, place) / scales[row];
            }
        }
        let fewer = Rows { x: &lower, roots: &self.roots[..rank], ..self };
        let u = sizes(&lower, rank.max(1)).map_or(vec![f64::NAN], |sizes| match rank {
            0 => Vec::new(),
            _ => Stacked::new(fewer, &sizes).minimum(),
        });
        qr.turned_back(&u)
    }
}

/// The rows in scaled columns over the rows of the penalty: |A u - b|^2 with at least as many rows as
/// columns.
struct Stacked<'a> {
    rows: Rows<'a>,
    scales: Vec<f64>,
    /// Columns that have a row of their own below, and the number in it. One of zeros, without a
    /// penalty, has one too: it makes the weight 0, which is the shortest, and touches no other.
    own: Vec<(usize, f64)>,
}

impl<'a> Stacked<'a> {
    fn new(rows: Rows<'a>, sizes: &[f64]) -> Self {
        let scales = scales(sizes, rows.roots);
        let own = |(column, scale): (usize, &f64)| match (rows.roots[column], sizes[column]) {
            (0.0, 0.0) => Some((column, 1.0)),
            (0.0, _) => None,
            (root, _) => Some((column, root * scale)),
        };
        let own = scales.iter().enumerate().filter_map(own).collect();
        Stacked { rows, scales, own }
    }

    fn minimum(self) -> Vec<f64> {
        let (n, columns) = (self.rows.y.len(), self.scales.len());
        let height = n + self.own.len();
        let mut a = vec![0.0; height * columns];
        for (i, row) in self.rows.x.chunks_exact(columns).enumerate() {
            (0..columns).for_each(|j| a[j * height + i] = row[j] * self.scales[j]);
        }
        for (i, &(column, value)) in self.own.iter().enumerate() {
            a[column * height + n + i] = value;
        }
        let mut b = self.rows.y.to_vec();
        b.resize(height, 0.0);
        let qr = Reflections::of(a, height, LEAST_SHARE);
        let mut turned = qr.turned(&b);
        if qr.rank() < columns {
            return self.shortest(&qr, &turned[..qr.rank()]);
        }
        qr.solve(&mut turned);
        let mut u = in_place(&qr, &turned);
        self.refine(&qr, &mut u);
        u.iter().zip(&self.scales).map(|(u, scale)| u * scale).collect()
    }

    /// The shortest w with T w = c for T = R P' in its own units: T' = V S gives w = V (S')^-1 c, which is
    /// corrected by the errors of T w in twice the digits.
    fn shortest(&self, qr: &Reflections, c: &[f64]) -> Vec<f64> {
        let columns = self.scales.len();
        // In units of the largest column, so that none grows beyond 64 bits.
        let unit = self.scales.iter().copied().fold(f64::INFINITY, f64::min);
        let mut lines = vec![0.0; columns * c.len()];
        for (place, &column) in qr.column_order().iter().enumerate() {
            for k in 0..c.len().min(place + 1) {
                lines[k * columns + column] = qr.upper(k, place) * (unit / self.scales[column]);
            }
        }
        let across = Reflections::of(lines.clone(), columns, 0.0);
        let error = |k: usize, w: &[f64]| {
            let line = lines[k * columns..].iter().zip(w);
            let sum = Twofold::new(c[k] * unit);
            line.fold(sum, |sum, (t, w)| sum.plus_product(-t, *w)).rounded()
        };
        let (mut w, mut before) = (vec![0.0; columns], f64::INFINITY);
        for _ in 0..MOST_CORRECTIONS {
            let taken = across.column_order().iter().take(across.rank());
            let mut step: Vec<f64> = taken.map(|&k| error(k, &w)).collect();
            across.solve_transposed(&mut step);
            let step = across.turned_back(&step);
            let now = largest(&step);
            if has_stopped_shrinking(now, before) {
                break;
            }
            w.iter_mut().zip(&step).for_each(|(w, step)| *w += step);
            if now <= f64::EPSILON / 4.0 * largest(&w) {
                break;
            }
            before = now;
        }
        w
    }

    /// Corrects u by the errors of both equations, r + A u = b and A'r = 0, in twice the digits, as
    /// long as the corrections shrink.
    ///
    /// # Source
    /// Björck, "Iterative refinement of linear least squares solutions I", 1967.
    fn refine(&self, qr: &Reflections, u: &mut [f64]) {
        let mut r = self.errors(u, &vec![0.0; self.rows.y.len() + self.own.len()]);
        // The first solution may be mostly error, and the first correction as large.
        let mut before = f64::INFINITY;
        for _ in 0..MOST_CORRECTIONS {
            let mut turned = qr.turned(&self.errors(u, &r));
            let pull = self.pull(&r);
            let mut h: Vec<f64> = qr.column_order().iter().map(|&column| pull[column]).collect();
            qr.solve_transposed(&mut h);
            let mut step: Vec<f64> = turned.iter().zip(&h).map(|(error, h)| error - h).collect();
            qr.solve(&mut step);
            let step = in_place(qr, &step);
            let now = largest(&step);
            if has_stopped_shrinking(now, before) {
                break;
            }
            turned[..h.len()].copy_from_slice(&h);
            u.iter_mut().zip(&step).for_each(|(u, step)| *u += step);
            r.iter_mut().zip(qr.turned_back(&turned)).for_each(|(r, step)| *r += step);
            if now <= f64::EPSILON / 4.0 * largest(u) {
                break;
            }
            before = now;
        }
    }

    /// b - r - A u.
    fn errors(&self, u: &[f64], r: &[f64]) -> Vec<f64> {
        let n = self.rows.y.len();
        let mut errors = Vec::with_capacity(r.len());
        let rows = self.rows.x.chunks_exact(u.len()).zip(self.rows.y).zip(r);
        for ((row, &y), &r) in rows {
            let mut sum = Twofold::new(y).plus_product(-1.0, r);
            for ((x, scale), u) in row.iter().zip(&self.scales).zip(u) {
                sum = sum.plus_product(-x * scale, *u);
            }
            errors.push(sum.rounded());
        }
        for (&(column, value), r) in self.own.iter().zip(&r[n..]) {
            errors.push(Twofold::new(-r).plus_product(-value, u[column]).rounded());
        }
        errors
    }

    /// -A'r.
    fn pull(&self, r: &[f64]) -> Vec<f64> {
        let n = self.rows.y.len();
        let mut sums = vec![Twofold::default(); self.scales.len()];
        for (row, &r) in self.rows.x.chunks_exact(sums.len()).zip(r) {
            for ((sum, x), scale) in sums.iter_mut().zip(row).zip(&self.scales) {
                *sum = sum.plus_product(-x * scale, r);
            }
        }
        for (&(column, value), &r) in self.own.iter().zip(&r[n..]) {
            sums[column] = sums[column].plus_product(-value, r);
        }
        sums.into_iter().map(Twofold::rounded).collect()
    }
}

/// A correction is worth making where it is at most half of the one before; NaN is not.
fn has_stopped_shrinking(now: f64, before: f64) -> bool {
    now.is_nan() || now > before / 2.0
}

/// What was solved for the columns in the order taken, in their own order.
fn in_place(qr: &Reflections, solved: &[f64]) -> Vec<f64> {
    let mut u = vec![0.0; qr.column_order().len()];
    qr.column_order().iter().zip(solved).for_each(|(&column, &value)| u[column] = value);
    u
}

fn largest(numbers: &[f64]) -> f64 {
    numbers.iter().fold(0.0, |most: f64, number| most.max(number.abs()))
}
