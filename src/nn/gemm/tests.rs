use super::*;
use crate::nn::registers::{run_on, widths};
use crate::nn::{Stream, normal, stream};
use proptest::prelude::*;

/// The definition, word for word.
fn naive<T: Real>(a: &[Vec<T>], b: &[Vec<T>], start: &[Vec<T>]) -> Vec<Vec<T>> {
    let mut c = start.to_vec();
    for (i, row) in c.iter_mut().enumerate() {
        for (j, sum) in row.iter_mut().enumerate() {
            for (l, b) in b.iter().enumerate() {
                *sum += a[i][l] * b[j];
            }
        }
    }
    c
}

/// A matrix of random numbers as rows, and as it lies in a list: with gaps after its rows or,
/// where it is transposed, after its columns.
fn draw<T: Real>(
    rng: &mut crate::nn::Rng,
    (rows, columns): (usize, usize),
    transposed: bool,
    gap: usize,
) -> (Vec<Vec<T>>, Vec<T>) {
    let mut number = || T::from_f64(normal(rng));
    let matrix: Vec<Vec<T>> = (0..rows).map(|_| (0..columns).map(|_| number()).collect()).collect();
    let (lines, length) = if transposed { (columns, rows) } else { (rows, columns) };
    let mut list = vec![T::from_f64(f64::NAN); lines * (length + gap)];
    for (i, row) in matrix.iter().enumerate() {
        for (j, &value) in row.iter().enumerate() {
            let (line, place) = if transposed { (j, i) } else { (i, j) };
            list[line * (length + gap) + place] = value;
        }
    }
    (matrix, list)
}

fn matrix<T: Real>(
    list: &[T],
    (rows, columns): (usize, usize),
    transposed: bool,
    gap: usize,
) -> Matrix<'_, T> {
    if transposed {
        Matrix::strided(list, columns, rows, rows + gap).transposed()
    } else {
        Matrix::strided(list, rows, columns, columns + gap)
    }
}

fn check<T: Real>(
    (m, n, k): (usize, usize, usize),
    (a_transposed, b_transposed): (bool, bool),
    gap: usize,
    start: u8,
    seed: u32,
) {
    let mut rng = stream(seed, Stream::Data, 0);
    let (a, a_list) = draw::<T>(&mut rng, (m, k), a_transposed, gap);
    let (b, b_list) = draw::<T>(&mut rng, (k, n), b_transposed, gap);
    let (before, c) = draw::<T>(&mut rng, (m, n), false, gap);
    let bias: Vec<T> = before[0].clone();
    let (start, from) = match start {
        0 => (Start::Zero, vec![vec![T::ZERO; n]; m]),
        1 => (Start::Row(&bias), vec![bias.clone(); m]),
        _ => (Start::Result, before),
    };
    let want = naive(&a, &b, &from);
    let a = matrix(&a_list, (m, k), a_transposed, gap);
    let b = matrix(&b_list, (k, n), b_transposed, gap);
    let try_out = |multiply: &dyn Fn(MatrixMut<T>)| {
        let mut c = c.clone();
        multiply(MatrixMut::strided(&mut c, m, n, n + gap));
        for (got, want) in c.chunks_exact(n + gap).zip(&want) {
            assert_eq!(got[..n], want[..], "{m} x {n} x {k}");
            assert!(got[n..].iter().all(|gap| !gap.is_finite()), "gaps stay as they were");
        }
    };
    try_out(&|c| gemm(a, b, start, c, &mut Scratch::default()));
    for registers in widths() {
        try_out(&|c| {
            let scratch = &mut Scratch::default();
            run_on(registers, Product { a, b, start, c, scratch });
        });
    }
}

proptest! {
    #[test]
    fn every_shape_layout_and_start_gives_the_bits_of_the_definition(
        m in 1usize..20, n in 1usize..70, k in 1usize..20,
        transposed: (bool, bool), gap in 0usize..3, start in 0u8..3, seed: u32,
    ) {
        check::<f32>((m, n, k), transposed, gap, start, seed);
        check::<f64>((m, n, k), transposed, gap, start, seed);
    }

    #[test]
    fn long_sums_are_taken_in_parts_without_a_change(
        k in 250usize..530, m in 1usize..12, transposed: (bool, bool), seed: u32,
    ) {
        check::<f32>((m, 11, k), transposed, 0, 1, seed);
    }
}
