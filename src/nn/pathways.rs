//! Co-adaptation in closed form: what dropout of whole pathways does to a linear network, on average.

use super::ridge::dot;
use crate::error::{Error, Result};

/// The most pathways.
pub const MAX_PATHWAYS: usize = 1024;

/// How the pathways that are kept make up for those that are not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathwayScaling {
    /// Nothing is dropped: the prediction is the mean of all pathways.
    NoDropout,
    /// The prediction is the mean of the pathways kept; were all to be dropped, one draws again.
    Survivors,
    /// Kept pathways are divided by the keep probability in training.
    Inverted,
    /// Nothing is done in training; pathways are multiplied by the keep probability in prediction.
    AtTest,
}

impl PathwayScaling {
    /// Names in configurations and links.
    pub const NAMES: [(&'static str, PathwayScaling); 4] = [
        ("no_dropout", PathwayScaling::NoDropout),
        ("survivors", PathwayScaling::Survivors),
        ("inverted", PathwayScaling::Inverted),
        ("at_test", PathwayScaling::AtTest),
    ];
}

/// The linear network y_hat = sum_j a_j w_j'x of k pathways w_j, trained by SGD on the squared error of
/// y = beta'x with x ~ N(0, I): its mean course and its end, exactly.
///
/// The coefficients a_j follow from which pathways are kept, each with the same probability and
/// independently of x. So E\[a a'\], here C, has one number on its diagonal and another off it; and
/// since the error is linear in the weights, one step takes their mean W to
/// W - 2 eta (C W - E\[a\] beta'). Noise on the labels leaves that as it is, and adds its variance to
/// the loss.
///
/// # Shapes
/// Weights `w` (k x d), row major, one pathway a row; `beta` (d).
///
/// # Source
/// The slide "Co-adaptation"; for C the moments of the binomial distribution.
///
/// ```
/// use regularization_playground::nn::{PathwayScaling, Pathways};
/// // The slide's example: two pathways, y = 2 x1 - 3 x2. What each has of x3 and x4 cancels.
/// let beta = [2.0, -3.0, 0.0, 0.0];
/// let w = [2.0, -3.0, 1.0, -1.0, 2.0, -3.0, -1.0, 1.0];
/// let still = Pathways::new(2, 0.5, PathwayScaling::NoDropout).unwrap();
/// assert_eq!(still.expected_loss(&w, &beta).unwrap(), 0.0);
/// // With inverted scaling the pathways end at beta / (1 + (1-p) / (p k)), 2/3 of it.
/// let inverted = Pathways::new(2, 0.5, PathwayScaling::Inverted).unwrap();
/// let end = inverted.fixed_point(&beta).unwrap();
/// assert!((end[0] - 4.0 / 3.0).abs() < 1e-15 && (end[5] + 2.0).abs() < 1e-15 && end[2] == 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Pathways {
    n_pathways: usize,
    /// 1 without dropout.
    keep_prob: f64,
    scaling: PathwayScaling,
    /// E\[a_j\].
    mean: f64,
    /// E\[a_j a_j\].
    own: f64,
    /// E\[a_i a_j\], i not j; 0 for a single pathway.
    shared: f64,
}

impl Pathways {
    /// `n_pathways` pathways, each kept with probability `keep_prob`.
    ///
    /// # Errors
    /// No pathway or more than [`MAX_PATHWAYS`]; a keep probability that is not above 0 and at most 1.
    pub fn new(n_pathways: usize, keep_prob: f64, scaling: PathwayScaling) -> Result<Pathways> {
        if !(1..=MAX_PATHWAYS).contains(&n_pathways) {
            return Err(Error::invalid(format!(
                "n_pathways = {n_pathways}: must be a whole number from 1 to {MAX_PATHWAYS}"
            )));
        }
        if !(keep_prob > 0.0 && keep_prob <= 1.0) {
            let sentence = format!("keep_prob = {keep_prob}: must be above 0 and at most 1");
            return Err(Error::invalid(sentence));
        }
        let keep_prob = if scaling == PathwayScaling::NoDropout { 1.0 } else { keep_prob };
        let (k, p) = (n_pathways as f64, keep_prob);
        let (mean, own, shared) = match scaling {
            PathwayScaling::AtTest => (p / k, p / (k * k), p * p / (k * k)),
            PathwayScaling::Survivors => {
                // Pathway j is among s survivors with chance s/k, and with i of s (s-1) / (k (k-1)).
                let inverse = mean_inverse_survivors(n_pathways, p);
                (1.0 / k, inverse / k, (1.0 - inverse) / (k * (k - 1.0)))
            }
            _ => (1.0 / k, 1.0 / (p * k * k), 1.0 / (k * k)),
        };
        let shared = if n_pathways == 1 { 0.0 } else { shared };
        Ok(Pathways { n_pathways, keep_prob, scaling, mean, own, shared })
    }

    /// What the sum of the kept pathways' outputs is divided by, where so many survive; `None` where one
    /// draws again. Without dropout all are kept.
    pub fn divisor(&self, survivors: usize) -> Option<f64> {
        let k = self.n_pathways as f64;
        match self.scaling {
            PathwayScaling::Survivors if survivors == 0 => None,
            PathwayScaling::Survivors => Some(survivors as f64),
            PathwayScaling::Inverted => Some(self.keep_prob * k),
            PathwayScaling::NoDropout | PathwayScaling::AtTest => Some(k),
        }
    }

    /// The coefficients a for the pathways kept; `None` where one draws again.
    ///
    /// # Shapes
    /// `kept` (k).
    pub fn coefficients(&self, kept: &[bool]) -> Option<Vec<f64>> {
        let on = 1.0 / self.divisor(kept.iter().filter(|&&kept| kept).count())?;
        let off = if self.scaling == PathwayScaling::NoDropout { on } else { 0.0 };
        Some(kept.iter().map(|&kept| if kept { on } else { off }).collect())
    }

    /// E\[a_j\]; also the coefficient of every pathway in prediction.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// C = E\[a a'\] (k x k).
    pub fn second_moment(&self) -> Vec<f64> {
        let k = self.n_pathways;
        (0..k * k).map(|i| if i / k == i % k { self.own } else { self.shared }).collect()
    }

    /// The mean loss over x and over what is kept: tr(W'C W) - 2 E\[a\] beta' sum_j w_j + beta'beta.
    ///
    /// # Errors
    /// Arrays that do not fit together.
    pub fn expected_loss(&self, w: &[f64], beta: &[f64]) -> Result<f64> {
        self.check(w, beta)?;
        let sum = sum_of_rows(w, beta.len());
        Ok((self.own - self.shared) * dot(w, w) + self.shared * dot(&sum, &sum)
            - 2.0 * self.mean * dot(beta, &sum)
            + dot(beta, beta))
    }

    /// The mean weights from `w` on, before the first step and after each of `steps`: a batch of any
    /// size has the same mean.
    ///
    /// # Errors
    /// Arrays that do not fit together.
    pub fn expected_trajectory(
        &self,
        w: &[f64],
        beta: &[f64],
        learning_rate: f64,
        steps: usize,
    ) -> Result<Vec<Vec<f64>>> {
        self.check(w, beta)?;
        let mut trajectory = vec![w.to_vec()];
        for step in 0..steps {
            let mut next = trajectory[step].clone();
            self.expected_step(&mut next, beta, learning_rate)?;
            trajectory.push(next);
        }
        Ok(trajectory)
    }

    /// One step of the mean weights, in place.
    ///
    /// # Errors
    /// Arrays that do not fit together.
    pub fn expected_step(&self, w: &mut [f64], beta: &[f64], learning_rate: f64) -> Result<()> {
        self.check(w, beta)?;
        let sum = sum_of_rows(w, beta.len());
        for row in w.chunks_exact_mut(beta.len()) {
            for ((w, sum), beta) in row.iter_mut().zip(&sum).zip(beta) {
                let pull = self.shared * sum - self.mean * beta;
                *w -= learning_rate * (2.0 * ((self.own - self.shared) * *w + pull));
            }
        }
        Ok(())
    }

    /// The weights at which the mean stays, and to which it goes at a small learning rate; `None` where
    /// pathways that differ stay different for ever, which is where nothing is dropped.
    pub fn fixed_point(&self, beta: &[f64]) -> Option<Vec<f64>> {
        if self.n_pathways > 1 && self.keep_prob == 1.0 {
            return None;
        }
        let share = self.mean / (self.own + (self.n_pathways - 1) as f64 * self.shared);
        Some(beta.iter().map(|beta| share * beta).collect::<Vec<f64>>().repeat(self.n_pathways))
    }

    fn check(&self, w: &[f64], beta: &[f64]) -> Result<()> {
        if !beta.is_empty() && Some(w.len()) == beta.len().checked_mul(self.n_pathways) {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "w has {} numbers, beta {} and n_pathways = {}: w must be one row a pathway, each as long \
             as beta, and beta at least one number",
            w.len(),
            beta.len(),
            self.n_pathways
        )))
    }
}

/// E\[1/s\] for s survivors among k, given that there is one.
fn mean_inverse_survivors(k: usize, keep_prob: f64) -> f64 {
    // The chance of every s, one pathway after the other.
    let mut chance = vec![0.0; k + 1];
    chance[0] = 1.0;
    for pathways in 1..=k {
        for s in (1..=pathways).rev() {
            chance[s] = keep_prob * chance[s - 1] + (1.0 - keep_prob) * chance[s];
        }
        chance[0] *= 1.0 - keep_prob;
    }
    let inverse: f64 = (1..=k).map(|s| chance[s] / s as f64).sum();
    inverse / chance[1..].iter().sum::<f64>()
}

fn sum_of_rows(w: &[f64], columns: usize) -> Vec<f64> {
    let mut sum = vec![0.0; columns];
    for row in w.chunks_exact(columns) {
        sum.iter_mut().zip(row).for_each(|(sum, w)| *sum += w);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{all_masks, mask_chance};

    /// The moments counted out over all masks, each with its chance.
    fn counted(pathways: &Pathways, k: usize, p: f64) -> (Vec<f64>, Vec<f64>) {
        let (mut mean, mut second, mut total) = (vec![0.0; k], vec![0.0; k * k], 0.0);
        for kept in all_masks(k) {
            let Some(a) = pathways.coefficients(&kept) else { continue };
            let chance = mask_chance(&kept, std::iter::repeat(p));
            total += chance;
            (0..k).for_each(|i| mean[i] += chance * a[i]);
            (0..k * k).for_each(|i| second[i] += chance * a[i / k] * a[i % k]);
        }
        mean.iter_mut().chain(&mut second).for_each(|moment| *moment /= total);
        (mean, second)
    }

    #[test]
    fn the_moments_are_those_of_all_masks() {
        for (name, scaling) in PathwayScaling::NAMES {
            for (k, p) in [(1, 0.3), (2, 0.5), (3, 0.8), (5, 0.3), (8, 0.05), (4, 1.0)] {
                let pathways = Pathways::new(k, p, scaling).unwrap();
                let (mean, second) = counted(&pathways, k, p);
                assert!(mean.iter().all(|m| (m - pathways.mean()).abs() < 1e-14), "{name} {k} {p}");
                let mut pairs = second.iter().zip(pathways.second_moment());
                assert!(pairs.all(|(a, b)| (a - b).abs() < 1e-12), "{name} {k} {p}");
            }
        }
    }

    #[test]
    fn the_mean_stays_at_the_fixed_point() {
        let beta = [2.0, -3.0, 1.0];
        for (name, scaling) in &PathwayScaling::NAMES[1..] {
            for k in [1, 2, 7, 32, MAX_PATHWAYS] {
                let pathways = Pathways::new(k, 0.3, *scaling).unwrap();
                let end = pathways.fixed_point(&beta).unwrap();
                let mut moved = end.clone();
                pathways.expected_step(&mut moved, &beta, 0.1).unwrap();
                assert!(end.iter().zip(&moved).all(|(a, b)| (a - b).abs() < 1e-13), "{name} {k}");
            }
        }
        let shrunk = Pathways::new(32, 0.5, PathwayScaling::Inverted).unwrap().fixed_point(&[1.0]);
        assert!((shrunk.unwrap()[0] - 32.0 / 33.0).abs() < 1e-15);
    }

    #[test]
    fn only_what_is_never_dropped_has_no_fixed_point() {
        let end = |k, p, scaling| Pathways::new(k, p, scaling).unwrap().fixed_point(&[1.0]);
        assert_eq!(end(2, 0.5, PathwayScaling::NoDropout), None);
        assert_eq!(end(49, 1.0, PathwayScaling::Survivors), None);
        assert_eq!(end(1, 1.0, PathwayScaling::NoDropout), Some(vec![1.0]));
    }

    #[test]
    fn bad_arguments_are_refused_in_words() {
        let new = |k, p| Pathways::new(k, p, PathwayScaling::Inverted);
        let message = |k, p| new(k, p).unwrap_err().to_string();
        assert_eq!(message(0, 0.5), "n_pathways = 0: must be a whole number from 1 to 1024");
        assert_eq!(message(2, 0.0), "keep_prob = 0: must be above 0 and at most 1");
        assert!(message(2, f64::NAN).starts_with("keep_prob = NaN: must be"));
        let two = new(2, 0.5).unwrap();
        assert!(two.expected_loss(&[1.0; 3], &[1.0; 2]).is_err());
        assert!(two.expected_trajectory(&[], &[], 0.1, 1).is_err());
    }
}
