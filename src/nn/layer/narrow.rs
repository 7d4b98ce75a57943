//! Dense layers of few inputs and few outputs: each row's sums stay in registers from the first term
//! to the last, without strips, packing or calls, which would take most of such a layer's time.
//!
//! Every sum has its terms in the order of [`gemm`](crate::nn::gemm), and so the same bits.

use crate::nn::Real;

/// The most inputs, and outputs, of a layer that is computed here.
pub const MOST: usize = 16;

/// Rows that go side by side: their sums do not wait for each other.
const ROWS: usize = 4;

/// Calls `$function` with the least of the widths 4, 8 and 16 that `$count` numbers fit.
macro_rules! with_width {
    ($count:expr, $function:ident($($argument:expr),*)) => {
        match $count {
            0..=4 => $function::<T, 4>($($argument),*),
            5..=8 => $function::<T, 8>($($argument),*),
            _ => $function::<T, MOST>($($argument),*),
        }
    };
}

/// h = x W' + b.
///
/// # Shapes
/// `w` (units x inputs), `b` (units), `x` (rows x inputs), `h` (rows x units).
pub fn forward<T: Real>(w: &[T], b: &[T], x: &[T], h: &mut [T]) {
    with_width!(b.len(), forward_in(w, b, x, h));
}

#[inline(always)]
fn forward_in<T: Real, const W: usize>(w: &[T], b: &[T], x: &[T], h: &mut [T]) {
    let (units, inputs) = (b.len(), w.len() / b.len());
    let mut columns = [[T::ZERO; W]; MOST];
    for (unit, row) in w.chunks_exact(inputs).enumerate() {
        columns.iter_mut().zip(row).for_each(|(column, &w)| column[unit] = w);
    }
    products(&columns[..inputs], filled(b), x, units, h);
}

/// dX = G W.
///
/// # Shapes
/// `w` (units x inputs), `g` (rows x units), `dx` (rows x inputs).
pub fn input_gradient<T: Real>(w: &[T], units: usize, g: &[T], dx: &mut [T]) {
    with_width!(w.len() / units, input_gradient_in(w, units, g, dx));
}

#[inline(always)]
fn input_gradient_in<T: Real, const W: usize>(w: &[T], units: usize, g: &[T], dx: &mut [T]) {
    let inputs = w.len() / units;
    let mut rows = [[T::ZERO; W]; MOST];
    rows.iter_mut().zip(w.chunks_exact(inputs)).for_each(|(to, from)| *to = filled(from));
    products(&rows[..units], [T::ZERO; W], g, inputs, dx);
}

/// start + A B, for the rows of B in registers.
///
/// # Shapes
/// `a` (rows x terms), `b` (terms x W) with `width` columns that count, `c` (rows x width).
#[inline(always)]
fn products<T: Real, const W: usize>(
    b: &[[T; W]],
    start: [T; W],
    a: &[T],
    width: usize,
    c: &mut [T],
) {
    let terms = b.len();
    let (mut blocks, mut results) =
        (a.chunks_exact(ROWS * terms), c.chunks_exact_mut(ROWS * width));
    for (a, c) in (&mut blocks).zip(&mut results) {
        let (first, last) = a.split_at(2 * terms);
        let (rows, more) = (first.split_at(terms), last.split_at(terms));
        let factors = rows.0.iter().zip(rows.1).zip(more.0).zip(more.1);
        let mut sums = [start; ROWS];
        for (b, (((&first, &second), &third), &fourth)) in b.iter().zip(factors) {
            for (sums, factor) in sums.iter_mut().zip([first, second, third, fourth]) {
                add(sums, factor, b);
            }
        }
        sums.iter().zip(c.chunks_exact_mut(width)).for_each(|(sums, c)| store(sums, c));
    }
    let rest = blocks.remainder().chunks_exact(terms);
    for (a, c) in rest.zip(results.into_remainder().chunks_exact_mut(width)) {
        let mut sums = start;
        a.iter().zip(b).for_each(|(&factor, b)| add(&mut sums, factor, b));
        store(&sums, c);
    }
}

/// dW = G' x.
///
/// # Shapes
/// `g` (rows x units), `x` (rows x inputs), `dw` (units x inputs).
pub fn weight_gradient<T: Real>(g: &[T], x: &[T], inputs: usize, dw: &mut [T]) {
    with_width!(inputs, weight_gradient_in(g, x, inputs, dw));
}

#[inline(always)]
fn weight_gradient_in<T: Real, const W: usize>(g: &[T], x: &[T], inputs: usize, dw: &mut [T]) {
    let units = dw.len() / inputs;
    for (block, dw) in dw.chunks_mut(ROWS * inputs).enumerate() {
        let mut sums = [[T::ZERO; W]; ROWS];
        let (first, count) = (block * ROWS, dw.len() / inputs);
        for (g, x) in g.chunks_exact(units).zip(x.chunks_exact(inputs)) {
            let (g, x) = (filled::<T, ROWS>(&g[first..first + count]), filled(x));
            sums.iter_mut().zip(g).for_each(|(sums, factor)| add(sums, factor, &x));
        }
        sums.iter().zip(dw.chunks_exact_mut(inputs)).for_each(|(sums, dw)| store(sums, dw));
    }
}

/// Numbers, and zeros up to the width.
#[inline(always)]
fn filled<T: Real, const W: usize>(list: &[T]) -> [T; W] {
    match list.try_into() {
        Ok(all) => all,
        Err(_) => std::array::from_fn(|i| list.get(i).copied().unwrap_or(T::ZERO)),
    }
}

/// `sums` + `factor` `b`, each product rounded before it is added.
#[inline(always)]
fn add<T: Real, const W: usize>(sums: &mut [T; W], factor: T, b: &[T; W]) {
    sums.iter_mut().zip(b).for_each(|(sum, &b)| *sum += factor * b);
}

/// The first numbers of `sums`, as many as `to` takes.
#[inline(always)]
fn store<T: Real, const W: usize>(sums: &[T; W], to: &mut [T]) {
    match <&mut [T; W]>::try_from(&mut *to) {
        Ok(all) => *all = *sums,
        Err(_) => to.iter_mut().zip(sums).for_each(|(to, &sum)| *to = sum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Matrix, MatrixMut, Scratch, Start, Stream, gemm, normal, stream};
    use proptest::prelude::*;

    fn check<T: Real>((rows, inputs, units): (usize, usize, usize), seed: u32) {
        let mut rng = stream(seed, Stream::Data, 0);
        let mut draw =
            |count| (0..count).map(|_| T::from_f64(normal(&mut rng))).collect::<Vec<T>>();
        let (w, b, x, g) =
            (draw(units * inputs), draw(units), draw(rows * inputs), draw(rows * units));
        let matrix = |list, columns| Matrix::new(list, list.len() / columns, columns);
        let scratch = &mut Scratch::default();
        let (mut got, mut want) = (draw(rows * units), draw(rows * units));
        forward(&w, &b, &x, &mut got);
        let to = MatrixMut::new(&mut want, rows, units);
        gemm(matrix(&x, inputs), matrix(&w, inputs).transposed(), Start::Row(&b), to, scratch);
        assert_eq!(got, want, "forward");
        let (mut got, mut want) = (draw(rows * inputs), draw(rows * inputs));
        input_gradient(&w, units, &g, &mut got);
        let to = MatrixMut::new(&mut want, rows, inputs);
        gemm(matrix(&g, units), matrix(&w, inputs), Start::Zero, to, scratch);
        assert_eq!(got, want, "input gradient");
        let (mut got, mut want) = (draw(units * inputs), draw(units * inputs));
        weight_gradient(&g, &x, inputs, &mut got);
        let to = MatrixMut::new(&mut want, units, inputs);
        gemm(matrix(&g, units).transposed(), matrix(&x, inputs), Start::Zero, to, scratch);
        assert_eq!(got, want, "weight gradient");
    }

    proptest! {
        #[test]
        fn every_narrow_layer_has_the_bits_of_the_product(
            rows in 1usize..14, inputs in 1usize..=MOST, units in 1usize..=MOST, seed: u32,
        ) {
            check::<f32>((rows, inputs, units), seed);
            check::<f64>((rows, inputs, units), seed);
        }
    }
}
