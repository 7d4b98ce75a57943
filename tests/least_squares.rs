//! The closed forms of linear regression against certified and exact values: digits that normal
//! equations lose.

mod common;

use common::{assert_fields, cases, flat, number};
use proptest::prelude::*;
use regularization_playground::nn::{Stream, dropout_ridge, normal, ridge, stream};

/// max|got - want| <= tolerance * max|want|, whatever the unit.
fn assert_near(what: &str, got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len(), "{what}");
    let largest = want.iter().fold(0.0, |most: f64, w| most.max(w.abs()));
    let errors = got.iter().zip(want).map(|(got, want)| (got - want).abs());
    let worst = errors.fold(0.0, f64::max);
    assert!(worst <= tolerance * largest, "{what}: {got:?}, not {want:?}");
}

/// As [`assert_near`], number by number.
fn assert_each_near(what: &str, got: &[f64], want: &[f64], tolerance: f64) {
    got.iter().zip(want).for_each(|(got, want)| assert_near(what, &[*got], &[*want], tolerance));
}

/// Exact rational arithmetic, rounded to 64 bits; the shortest of several solutions.
#[test]
fn exact_values() {
    for case in &cases("least_squares") {
        let name = case["name"].as_str().unwrap();
        let (x, y, w) = (flat(&case["X"]), flat(&case["y"]), flat(&case["w"]));
        let tolerance = number(&case["tolerance"]);
        if case.get("p").is_some() {
            assert_fields(case, &["name", "X", "y", "p", "w", "tolerance"]);
            let got = dropout_ridge(&x, &y, w.len(), number(&case["p"])).unwrap();
            assert_near(name, &got, &w, tolerance);
            continue;
        }
        assert_fields(case, &["name", "X", "y", "alpha", "intercept", "w", "b", "f", "tolerance"]);
        let intercept = case["intercept"].as_bool().unwrap();
        let fit = ridge(&x, &y, w.len(), number(&case["alpha"]), intercept).unwrap();
        assert_near(name, &fit.weights, &w, tolerance);
        // What the intercept is the difference of.
        let offsets =
            x.chunks_exact(w.len()).map(|x| x.iter().zip(&w).map(|(x, w)| (x * w).abs()).sum());
        let size = offsets.fold(1.0, f64::max);
        assert!((fit.intercept - number(&case["b"])).abs() <= tolerance * size, "{name}");
        let square = y.iter().map(|y| y * y).sum::<f64>() / y.len() as f64;
        assert!((fit.loss - number(&case["f"])).abs() <= tolerance * square, "{name}");
    }
}

/// Employment; deflator, product, unemployed, armed forces, population, year.
const LONGLEY: [[f64; 7]; 16] = [
    [60323.0, 83.0, 234289.0, 2356.0, 1590.0, 107608.0, 1947.0],
    [61122.0, 88.5, 259426.0, 2325.0, 1456.0, 108632.0, 1948.0],
    [60171.0, 88.2, 258054.0, 3682.0, 1616.0, 109773.0, 1949.0],
    [61187.0, 89.5, 284599.0, 3351.0, 1650.0, 110929.0, 1950.0],
    [63221.0, 96.2, 328975.0, 2099.0, 3099.0, 112075.0, 1951.0],
    [63639.0, 98.1, 346999.0, 1932.0, 3594.0, 113270.0, 1952.0],
    [64989.0, 99.0, 365385.0, 1870.0, 3547.0, 115094.0, 1953.0],
    [63761.0, 100.0, 363112.0, 3578.0, 3350.0, 116219.0, 1954.0],
    [66019.0, 101.2, 397469.0, 2904.0, 3048.0, 117388.0, 1955.0],
    [67857.0, 104.6, 419180.0, 2822.0, 2857.0, 118734.0, 1956.0],
    [68169.0, 108.4, 442769.0, 2936.0, 2798.0, 120445.0, 1957.0],
    [66513.0, 110.8, 444546.0, 4681.0, 2637.0, 121950.0, 1958.0],
    [68655.0, 112.6, 482704.0, 3813.0, 2552.0, 123366.0, 1959.0],
    [69564.0, 114.2, 502601.0, 3931.0, 2514.0, 125368.0, 1960.0],
    [69331.0, 115.7, 518173.0, 4806.0, 2572.0, 127852.0, 1961.0],
    [70551.0, 116.9, 554894.0, 4007.0, 2827.0, 130081.0, 1962.0],
];

/// National Institute of Standards and Technology, Statistical Reference Datasets, Longley.
#[test]
fn longley() {
    let certified = [
        -3482258.63459582,
        15.0618722713733,
        -0.0358191792925910,
        -2.02022980381683,
        -1.03322686717359,
        -0.0511041056535807,
        1829.15146461355,
    ];
    let loss = 836424.055505915 / 16.0;
    let y: Vec<f64> = LONGLEY.iter().map(|row| row[0]).collect();
    let x: Vec<f64> = LONGLEY.iter().flat_map(|row| row[1..].to_vec()).collect();
    let fit = ridge(&x, &y, 6, 0.0, true).unwrap();
    assert_each_near("weights", &fit.weights, &certified[1..], 5e-14);
    assert_near("intercept", &[fit.intercept], &certified[..1], 1e-14);
    assert_near("loss", &[fit.loss], &[loss], 1e-13);
    // The intercept as a column of ones: the condition is then 5e9.
    let x: Vec<f64> = LONGLEY.iter().flat_map(|row| [&[1.0], &row[1..]].concat()).collect();
    let fit = ridge(&x, &y, 7, 0.0, false).unwrap();
    assert_each_near("with a column of ones", &fit.weights, &certified, 5e-14);
}

/// National Institute of Standards and Technology, Statistical Reference Datasets, Wampler 1 and 2:
/// polynomials of degree 5 in 0 to 20, whose values are exact.
#[test]
fn wampler() {
    for (name, certified) in [("1", [1.0; 6]), ("2", [1.0, 0.1, 0.01, 0.001, 0.0001, 0.00001])] {
        let powers = |x: i32| (0..6).map(move |power| f64::from(x.pow(power)));
        let x: Vec<f64> = (0..21).flat_map(powers).collect();
        // In whole numbers: Σ (x/10)^k = Σ x^k 10^(5-k) / 10^5.
        let value = |x: i64| match name {
            "1" => (0..6).map(|k| x.pow(k)).sum::<i64>() as f64,
            _ => (0..6).map(|k| x.pow(k) * 10i64.pow(5 - k)).sum::<i64>() as f64 / 1e5,
        };
        let y: Vec<f64> = (0..21).map(value).collect();
        let fit = ridge(&x, &y, 6, 0.0, false).unwrap();
        assert_each_near(name, &fit.weights, &certified, 1e-13);
        let x: Vec<f64> = (0..21).flat_map(|x| powers(x).skip(1)).collect();
        let fit = ridge(&x, &y, 5, 0.0, true).unwrap();
        assert_near(name, &fit.weights, &certified[1..], 1e-9);
        assert_near(name, &[fit.intercept], &certified[..1], 1e-8);
    }
}

#[test]
fn columns_of_unlike_units() {
    let (x, y) = ([1e7, 0.0, 0.0, 1.0], [1.0, 1.0]);
    let weights = |alpha| ridge(&x, &y, 2, alpha, false).unwrap().weights;
    assert_each_near("alpha 1", &weights(1.0), &[1e-7, 1.0 / 3.0], 1e-13);
    assert_each_near("alpha 0", &weights(0.0), &[1e-7, 1.0], 1e-15);
    assert_each_near("dropout", &dropout_ridge(&x, &y, 2, 0.5).unwrap(), &[5e-8, 0.5], 1e-15);
}

#[test]
fn nearly_equal_columns_are_not_dependent() {
    for (e, tolerance) in [(1e-4, 1e-11), (1e-6, 1e-8), (1e-8, 1e-6)] {
        let row = |i: u32| [1.0, f64::from(i), f64::from(i) + if i > 5 { e } else { 0.0 }];
        let x: Vec<f64> = (1..=10).flat_map(row).collect();
        let y: Vec<f64> = x.chunks_exact(3).map(|x| x[0] + 2.0 * x[1] + 3.0 * x[2]).collect();
        let fit = ridge(&x, &y, 3, 0.0, false).unwrap();
        assert_near(&format!("{e}"), &fit.weights, &[1.0, 2.0, 3.0], tolerance);
    }
}

#[test]
fn columns_that_say_nothing_have_weight_0() {
    let (x, y) = ([0.0, 1.0, 0.1, 0.0, 2.0, 0.1, 0.0, 4.0, 0.1], [3.0, 5.0, 9.0]);
    let fit = ridge(&x, &y, 3, 0.0, true).unwrap();
    assert_eq!((fit.weights[0], fit.weights[2]), (0.0, 0.0));
    assert_each_near("the other", &[fit.weights[1], fit.intercept], &[2.0, 1.0], 1e-14);
    for keep_prob in [0.3, 1.0] {
        let weights = dropout_ridge(&x, &y, 3, keep_prob).unwrap();
        assert_eq!(weights[0], 0.0);
    }
    assert_eq!(ridge(&[0.0; 6], &[1.0, 2.0], 3, 0.0, false).unwrap().weights, [0.0; 3]);
    assert_eq!(dropout_ridge(&[0.0; 6], &[1.0, 2.0], 3, 0.5).unwrap(), [0.0; 3]);
}

/// One row: w = x y / (x'x + alpha), also where the matrix of products of its columns would not fit.
#[test]
fn a_row_of_many_columns() {
    let mut rng = stream(3, Stream::Data, 0);
    for columns in [8_000, 20_000] {
        let x: Vec<f64> = (0..columns).map(|_| normal(&mut rng)).collect();
        let square: f64 = x.iter().map(|x| x * x).sum();
        for alpha in [0.0, 2.0] {
            let want: Vec<f64> = x.iter().map(|x| 3.0 * x / (square + alpha)).collect();
            let fit = ridge(&x, &[3.0], columns, alpha, false).unwrap();
            assert_each_near("one row", &fit.weights, &want, 1e-13);
            let fit = ridge(&x, &[3.0], columns, alpha, true).unwrap();
            assert!(fit.intercept == 3.0 && fit.weights.iter().all(|&w| w == 0.0));
        }
        let want: Vec<f64> = x.iter().map(|x| 3.0 / (x * (1.0 + columns as f64))).collect();
        let weights = dropout_ridge(&x, &[3.0], columns, 0.5).unwrap();
        assert_each_near("dropout of one row", &weights, &want, 1e-13);
    }
}

#[test]
fn what_would_take_minutes_is_refused_up_front() {
    let (x, y) = (vec![0.0; 4000 * 4000], vec![0.0; 4000]);
    let want = "x: must be smaller than 4000 rows of 4000, which would take 64 billion multiplications \
                (at most 50) and 0.4 GiB of memory (at most 1)";
    assert_eq!(ridge(&x, &y, 4000, 1.0, false).unwrap_err().to_string(), want);
    assert_eq!(dropout_ridge(&x, &y, 4000, 0.5).unwrap_err().to_string(), want);
}

#[test]
fn numbers_at_the_ends_of_64_bits_are_right_or_refused() {
    let weight = |x: f64, y: f64| ridge(&[x], &[y], 1, 0.0, false).map(|fit| fit.weights[0]);
    for (x, y, want) in [(1e200, 1e100, 1e-100), (1e-200, 1e-300, 1e-100), (1e-310, 1e-310, 1.0)] {
        assert_near("one number", &[weight(x, y).unwrap()], &[want], 1e-12);
    }
    let message = weight(1e-300, 1e300).unwrap_err().to_string();
    assert!(message.starts_with("x and y: must be numbers whose weights"), "{message}");
    for bad in [f64::NAN, f64::INFINITY] {
        // In a later row than the fast way looks at to find its scales.
        let mut x: Vec<f64> = (0..600).map(f64::from).collect();
        x[500] = bad;
        for intercept in [false, true] {
            let message = ridge(&x, &x[..300], 2, 1.0, intercept).unwrap_err().to_string();
            assert_eq!(message, "x and y: must be finite numbers");
        }
        assert!(ridge(&x[..300], &x[300..], 1, 1.0, false).is_err());
        assert!(dropout_ridge(&x, &x[..300], 2, 0.5).is_err());
    }
}

/// Random rows, some columns nearly or wholly made of others, some large.
fn problem(rows: usize, columns: usize, seed: u32, exponents: &[i32]) -> (Vec<f64>, Vec<f64>) {
    let mut rng = stream(seed, Stream::Data, 0);
    let mut x: Vec<f64> = (0..rows * columns).map(|_| normal(&mut rng)).collect();
    for row in x.chunks_exact_mut(columns) {
        if columns > 2 {
            row[2] = row[0] + 1e-5 * row[2];
        }
        row.iter_mut().zip(exponents).for_each(|(x, &exponent)| *x *= 2f64.powi(exponent));
    }
    (x, (0..rows).map(|_| normal(&mut rng)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Without a penalty, a unit is a unit: the weights of a column in another are the same numbers
    /// in the inverse one.
    #[test]
    fn a_scaled_column_has_the_inverse_weight(
        rows in 6usize..20, columns in 1usize..6, seed: u32, intercept: bool,
        exponents in prop::collection::vec(-27i32..27, 6),
    ) {
        let (x, y) = problem(rows, columns, seed, &[]);
        let plain = ridge(&x, &y, columns, 0.0, intercept).unwrap();
        let (x, y) = problem(rows, columns, seed, &exponents);
        let scaled = ridge(&x, &y, columns, 0.0, intercept).unwrap();
        for ((scaled, plain), exponent) in scaled.weights.iter().zip(&plain.weights).zip(&exponents) {
            prop_assert_eq!(*scaled * 2f64.powi(*exponent), *plain);
        }
    }

    #[test]
    fn the_order_of_columns_and_rows_does_not_matter(
        rows in 3usize..20, columns in 1usize..8, seed: u32, alpha in 0usize..3,
    ) {
        let alpha = [0.0, 1e-9, 0.5][alpha];
        let (x, y) = problem(rows, columns, seed, &[]);
        let fit = ridge(&x, &y, columns, alpha, false).unwrap();
        let reversed: Vec<f64> = x.iter().rev().copied().collect();
        let y: Vec<f64> = y.iter().rev().copied().collect();
        let mut turned = ridge(&reversed, &y, columns, alpha, false).unwrap();
        turned.weights.reverse();
        assert_near("reversed", &turned.weights, &fit.weights, 1e-9);
    }

    /// The equations of the minimum: X'(X w + b - y) + n alpha w = 0, and errors of mean 0.
    #[test]
    fn the_gradient_is_0(
        rows in 1usize..40, columns in 1usize..40, seed: u32, alpha in 0usize..3, intercept: bool,
    ) {
        let alpha = [0.0, 1e-6, 2.0][alpha];
        let (x, y) = problem(rows, columns, seed, &[]);
        let fit = ridge(&x, &y, columns, alpha, intercept).unwrap();
        let error = |(x, y): (&[f64], &f64)| {
            x.iter().zip(&fit.weights).map(|(x, w)| x * w).sum::<f64>() + fit.intercept - y
        };
        let errors: Vec<f64> = x.chunks_exact(columns).zip(&y).map(error).collect();
        let size = fit.weights.iter().fold(1.0, |most: f64, w| most.max(w.abs()));
        for (j, w) in fit.weights.iter().enumerate() {
            let products = x.iter().skip(j).step_by(columns).zip(&errors).map(|(x, e)| x * e);
            let slope = products.sum::<f64>() + rows as f64 * alpha * w;
            prop_assert!(slope.abs() < 1e-12 * size * rows as f64, "{slope} {size}");
        }
        if intercept {
            prop_assert!(errors.iter().sum::<f64>().abs() < 1e-12 * size * rows as f64);
        }
    }
}

/// Where columns depend on each other, a small penalty leaves the shortest of all solutions; its
/// digits are those of the data.
#[test]
fn a_small_penalty_leaves_the_shortest_solution() {
    let close = |x: &[f64], y: &[f64], columns: usize, alpha: f64, want: &[f64], least: f64| {
        let w = ridge(x, y, columns, alpha, false).unwrap().weights;
        let largest = want.iter().fold(0.0, |most: f64, w| most.max(w.abs()));
        let far = w.iter().zip(want).map(|(w, want)| (w - want).abs() / largest);
        assert!(far.fold(0.0, f64::max) < least, "alpha = {alpha}: {w:?}, not {want:?}");
    };
    for alpha in [0.0, 1e-26, 1e-24, 1e-22, 1e-20, 1e-18, 1e-16, 1e-15, 1e-14] {
        close(
            &[5.0, 15.0, -2.0, -6.0, 4.0, 12.0],
            &[2.0, -3.0, 5.0],
            2,
            alpha,
            &[0.08, 0.24],
            1e-6,
        );
        let thirds = [3.0 / 28.0, 6.0 / 28.0, 9.0 / 28.0];
        close(&[1.0, 2.0, 3.0, 1.0, 2.0, 3.0], &[1.0, 2.0], 3, alpha, &thirds, 1e-6);
    }
    for alpha in [0.0, 1e-27, 5e-25, 1e-24, 1e-23, 1e-22] {
        close(&[1.0, 10.0, 2.0, 20.0], &[1.0, 2.0], 2, alpha, &[1.0 / 101.0, 10.0 / 101.0], 1e-6);
    }
}

/// One column of ones: w = 1 / (1 + alpha).
#[test]
fn a_large_penalty_leaves_a_small_weight() {
    for alpha in [1e10, 1e90, 1e92, 1e300] {
        let w = ridge(&[1.0], &[1.0], 1, alpha, false).unwrap().weights[0];
        assert!((w * alpha - 1.0).abs() < 1e-9, "alpha = {alpha}: {w}");
    }
    let w = dropout_ridge(&[3.0], &[1.0], 1, 1e-100).unwrap()[0];
    assert!((w / (1e-100 / 3.0) - 1.0).abs() < 1e-9, "{w}");
}
