//! Losses, and how good predictions are.

use super::Real;
use super::elementary_64::ln;
use super::registers::widely;

/// What training makes small.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// The mean over rows and outputs of (y_hat - y)^2.
    Mse,
    /// Half the sum over outputs of (y_hat - y)^2, averaged over rows.
    HalfSse,
    /// -ln of the probability that softmax gives to the true class, averaged over rows.
    CrossEntropy,
}

impl Loss {
    /// Names in configurations.
    pub const NAMES: [(&'static str, Loss); 3] =
        [("mse", Loss::Mse), ("half_sse", Loss::HalfSse), ("cross_entropy", Loss::CrossEntropy)];

    /// The loss, and its gradient with respect to the outputs (before the softmax).
    ///
    /// # Shapes
    /// `outputs` and `gradient` (rows x width); `y` (rows x target width), classes as whole numbers.
    pub fn evaluate<T: Real>(
        self,
        outputs: &[T],
        y: &[T],
        width: usize,
        gradient: &mut [T],
    ) -> f64 {
        let rows = outputs.len() / width;
        match self {
            Loss::Mse => squared(outputs, y, gradient, (rows * width) as f64, 2.0),
            Loss::HalfSse => squared(outputs, y, gradient, rows as f64, 1.0),
            Loss::CrossEntropy => cross_entropy(outputs, y, width, gradient),
        }
    }
}

/// Sum of squares times `factor` / 2 over `count`; its gradient is `factor` (y_hat - y) / `count`.
fn squared<T: Real>(outputs: &[T], y: &[T], gradient: &mut [T], count: f64, factor: f64) -> f64 {
    let slope = T::from_f64(factor / count);
    let mut sum = 0.0;
    for ((g, &y_hat), &y) in gradient.iter_mut().zip(outputs).zip(y) {
        let error = y_hat - y;
        sum += error.to_f64() * error.to_f64();
        *g = error * slope;
    }
    sum * (factor / 2.0) / count
}

fn cross_entropy<T: Real>(outputs: &[T], y: &[T], width: usize, gradient: &mut [T]) -> f64 {
    let share = T::ONE / T::from_f64(y.len() as f64);
    gradient.copy_from_slice(outputs);
    let (mut sum, lot) = (0.0, LOT * width);
    widely!(for ((lot, z), y) in
        gradient.chunks_mut(lot).zip(outputs.chunks(lot)).zip(y.chunks(LOT))
    {
        let largest = exponentials(lot, width);
        let totals = totals(lot, width);
        each_row(lot, width, totals, |power, total| power / total * share);
        let rows = lot.chunks_exact_mut(width).zip(z.chunks_exact(width)).zip(y);
        for (((row, z), &class), (log, largest)) in rows.zip(logs_of(totals).iter().zip(largest)) {
            let class = class.to_f64() as usize;
            sum += log + largest.to_f64() - z[class].to_f64();
            row[class] = row[class] - share;
        }
    });
    sum / y.len() as f64
}

/// Turns outputs into probabilities, in place, `width` of them a row.
pub fn softmax<T: Real>(outputs: &mut [T], width: usize) {
    widely!(for lot in outputs.chunks_mut(LOT * width) {
        exponentials(lot, width);
        let totals = totals(lot, width);
        each_row(lot, width, totals, |power, total| power / total);
    });
}

/// The probabilities softmax makes of outputs, and their logarithms, which stay exact where a
/// probability is too small for its own digits.
///
/// # Shapes
/// Both (rows x `width`); `logs` holds the outputs, and is written over.
pub fn log_softmax(logs: &mut [f64], probabilities: &mut Vec<f64>, width: usize) {
    probabilities.clear();
    probabilities.extend_from_slice(logs);
    let lot = LOT * width;
    widely!(for (lot, z) in probabilities.chunks_mut(lot).zip(logs.chunks_mut(lot)) {
        let largest = exponentials(lot, width);
        let totals = totals(lot, width);
        each_row(lot, width, totals, |power, total| power / total);
        let mut shifts = logs_of(totals);
        shifts.iter_mut().zip(largest).for_each(|(shift, largest)| *shift += largest);
        each_row(z, width, shifts, |z, shift| z - shift);
    });
}

/// Rows that are taken side by side, at most.
const LOT: usize = 32;

/// e^(z - the largest of its row), for the rows of a lot; hands back those largest.
#[inline(always)]
fn exponentials<T: Real>(lot: &mut [T], width: usize) -> [T; LOT] {
    let largest = fold_rows(lot, width, |a, b| if b > a { b } else { a });
    each_row(lot, width, largest, |z, largest| z - largest);
    T::exp_each(lot);
    largest
}

/// The sums of the rows of a lot.
#[inline(always)]
fn totals<T: Real>(lot: &[T], width: usize) -> [T; LOT] {
    fold_rows(lot, width, |sum, value| sum + value)
}

/// Their logarithms.
#[inline(always)]
fn logs_of<T: Real>(totals: [T; LOT]) -> [f64; LOT] {
    let mut logs = [0.0; LOT];
    logs.iter_mut().zip(totals).for_each(|(log, total)| *log = ln(total.to_f64()));
    logs
}

/// So wide are most rows: of ten classes. Known while compiling, it makes registers of them.
const TEN: usize = 10;

/// Folds every row of a lot from its first number on. Rows of ten go side by side, number by number:
/// nobody could foretell which way a branch between two of a row goes.
#[inline(always)]
fn fold_rows<T: Real>(lot: &[T], width: usize, fold: impl Fn(T, T) -> T) -> [T; LOT] {
    let mut all = [T::ZERO; LOT];
    if width == TEN {
        let rows = lot.as_chunks::<TEN>().0;
        all.iter_mut().zip(rows).for_each(|(all, row)| *all = row[0]);
        for column in 1..TEN {
            all.iter_mut().zip(rows).for_each(|(all, row)| *all = fold(*all, row[column]));
        }
    } else {
        let rows = lot.chunks_exact(width);
        let of_row = |row: &[T]| row[1..].iter().fold(row[0], |all, &z| fold(all, z));
        all.iter_mut().zip(rows).for_each(|(all, row)| *all = of_row(row));
    }
    all
}

/// Changes every number of a lot by one number of its row.
#[inline(always)]
fn each_row<T: Real>(lot: &mut [T], width: usize, by: [T; LOT], change: impl Fn(T, T) -> T) {
    let change_row = |(row, by): (&mut [T], T)| row.iter_mut().for_each(|z| *z = change(*z, by));
    if width == TEN {
        let rows = lot.as_chunks_mut::<TEN>().0.iter_mut();
        rows.map(|row| &mut row[..]).zip(by).for_each(change_row);
    } else {
        lot.chunks_exact_mut(width).zip(by).for_each(change_row);
    }
}

/// How good predictions are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The loss of the predictions (the cross-entropy of averaged probabilities, in an ensemble).
    pub loss: f64,
    /// For classes the share of wrong ones, a fraction; for numbers the mean squared error over the
    /// variance of the targets, NaN where they are all the same.
    pub error: f64,
}

/// Scores predictions against targets.
///
/// # Shapes
/// `y_hat` (rows x outputs): probabilities for cross-entropy; `y` as [`Loss::evaluate`] takes it;
/// `outputs` that belong to one answer, as [`super::Network::classes`] counts them.
pub fn score(loss: Loss, y_hat: &[f64], y: &[f64], outputs: usize) -> Score {
    if loss == Loss::CrossEntropy {
        return score_classes(y_hat, y, outputs);
    }
    let rows = y.len() as f64 / outputs as f64;
    let squares: f64 = y_hat.iter().zip(y).map(|(y_hat, y)| (y_hat - y) * (y_hat - y)).sum();
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let spread: f64 = y.iter().map(|y| (y - mean) * (y - mean)).sum();
    let loss = match loss {
        Loss::HalfSse => squares / 2.0 / rows,
        _ => squares / y.len() as f64,
    };
    // Where all targets are the same there is nothing that an error could be a share of.
    Score { loss, error: if spread > 0.0 { squares / spread } else { f64::NAN } }
}

fn score_classes(y_hat: &[f64], y: &[f64], outputs: usize) -> Score {
    let (mut sum, mut wrong) = (0.0, 0);
    for (row, &class) in y_hat.chunks_exact(outputs).zip(y) {
        // A probability that has rounded to 0 counts as the smallest number there is: dear, finite.
        sum -= ln(row[class as usize].max(f64::MIN_POSITIVE));
        wrong += usize::from(most_likely(row) != class as usize);
    }
    let rows = y.len() as f64;
    Score { loss: sum / rows, error: wrong as f64 / rows }
}

/// The class of the largest output; the first one where several are equal.
pub fn most_likely(row: &[f64]) -> usize {
    (0..row.len()).fold(0, |best, class| if row[class] > row[best] { class } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_squared_losses_by_hand() {
        let (y_hat, y) = ([60.0, 132.0], [50.0, 100.0]);
        let mut gradient = [0.0; 2];
        assert_eq!(Loss::HalfSse.evaluate(&y_hat, &y, 2, &mut gradient), 562.0);
        assert_eq!(gradient, [10.0, 32.0]);
        assert_eq!(Loss::Mse.evaluate(&y_hat, &y, 2, &mut gradient), 562.0);
        assert_eq!(gradient, [10.0, 32.0]);
        assert_eq!(Loss::Mse.evaluate(&[1.0, 2.0], &[0.0, 0.0], 1, &mut gradient), 2.5);
        assert_eq!(gradient, [1.0, 2.0]);
    }

    #[test]
    fn cross_entropy_of_equal_outputs_is_ln_of_the_number_of_classes() {
        let mut gradient = [0.0f64; 4];
        let loss = Loss::CrossEntropy.evaluate(&[1000.0; 4], &[2.0], 4, &mut gradient);
        assert!((loss - 4f64.ln()).abs() < 1e-12);
        assert_eq!(gradient, [0.25, 0.25, -0.75, 0.25]);
    }

    #[test]
    fn softmax_and_its_logarithm_agree() {
        let outputs = [1.0, -2.0, 0.5, 700.0, -700.0, 0.0];
        let (mut want, mut logs, mut got) = (outputs, outputs, vec![9.0]);
        softmax(&mut want, 3);
        log_softmax(&mut logs, &mut got, 3);
        assert_eq!(got, want);
        assert!(logs[..3].iter().zip(&want).all(|(log, p)| (log - libm::log(*p)).abs() < 1e-15));
        assert_eq!(logs[3..], [0.0, -1400.0, -700.0]);
    }

    #[test]
    fn scores_by_hand() {
        let classes = score(Loss::CrossEntropy, &[0.5, 0.5, 0.25, 0.75], &[1.0, 1.0], 2);
        assert_eq!(classes.error, 0.5);
        assert!((classes.loss + (0.5f64.ln() + 0.75f64.ln()) / 2.0).abs() < 1e-15);
        let numbers = score(Loss::Mse, &[1.0, 1.0], &[0.0, 2.0], 1);
        assert_eq!(numbers, Score { loss: 1.0, error: 1.0 });
    }
}
