//! Optimizers, by PyTorch's definitions (`torch.optim`).

use super::Real;
use super::registers::widely;

/// Which rule turns gradients into updates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OptimizerKind {
    /// Plain steps against the gradient.
    Sgd,
    /// SGD with a running sum of gradients; the first step sets v = g.
    Momentum,
    /// Momentum that looks one step ahead.
    Nesterov,
    /// Kingma and Ba, 2015.
    Adam,
    /// Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2019).
    Adamw,
    /// Tieleman and Hinton, 2012; eps stands outside the root.
    Rmsprop,
    /// Duchi, Hazan and Singer, 2011.
    Adagrad,
}

impl OptimizerKind {
    /// Names in configurations and links.
    pub const NAMES: [(&'static str, OptimizerKind); 7] = [
        ("sgd", OptimizerKind::Sgd),
        ("momentum", OptimizerKind::Momentum),
        ("nesterov", OptimizerKind::Nesterov),
        ("adam", OptimizerKind::Adam),
        ("adamw", OptimizerKind::Adamw),
        ("rmsprop", OptimizerKind::Rmsprop),
        ("adagrad", OptimizerKind::Adagrad),
    ];
}

/// The rule and its constants.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerConfig {
    /// The rule.
    pub kind: OptimizerKind,
    /// The learning rate.
    pub learning_rate: f64,
    /// The share of the last update that goes into the next (sgd, momentum, nesterov, rmsprop).
    pub momentum: f64,
    /// How much of a new gradient is held back from the running sum (sgd, momentum).
    pub dampening: f64,
    /// Memory of the first moment (adam, adamw).
    pub beta1: f64,
    /// Memory of the second moment (adam, adamw, rmsprop).
    pub beta2: f64,
    /// Keeps a division from a division by 0 (adam, adamw, rmsprop, adagrad).
    pub eps: f64,
    /// Added to the gradient as `weight_decay` w; for adamw, taken off the weight directly.
    pub weight_decay: f64,
    /// Whether the second moment is taken about the mean (rmsprop).
    pub centered: bool,
}

impl OptimizerConfig {
    /// The rule with PyTorch's constants; momentum 0.9 where the rule is named after it.
    pub fn new(kind: OptimizerKind, learning_rate: f64) -> Self {
        use OptimizerKind::{Adagrad, Adamw, Momentum, Nesterov, Rmsprop};
        OptimizerConfig {
            kind,
            learning_rate,
            momentum: if matches!(kind, Momentum | Nesterov) { 0.9 } else { 0.0 },
            dampening: 0.0,
            beta1: 0.9,
            beta2: if kind == Rmsprop { 0.99 } else { 0.999 },
            eps: if kind == Adagrad { 1e-10 } else { 1e-8 },
            weight_decay: if kind == Adamw { 0.01 } else { 0.0 },
            centered: false,
        }
    }

    /// Running averages this rule keeps for every parameter.
    pub fn moments(&self) -> usize {
        use OptimizerKind::{Adagrad, Adam, Adamw, Momentum, Nesterov, Rmsprop, Sgd};
        match self.kind {
            Sgd | Momentum | Nesterov => usize::from(self.momentum != 0.0),
            Adagrad => 1,
            Adam | Adamw => 2,
            Rmsprop => 1 + usize::from(self.momentum != 0.0) + usize::from(self.centered),
        }
    }
}

/// An optimizer at work on one set of parameters.
#[derive(Clone, Debug)]
pub struct Optimizer<T> {
    config: OptimizerConfig,
    updates: u64,
    /// beta1 and beta2 to the power of `updates` (adam, adamw).
    powers: (f64, f64),
    moments: [Vec<T>; 3],
}

impl<T: Real> Optimizer<T> {
    /// An optimizer before its first update of `count` parameters.
    pub fn new(config: OptimizerConfig, count: usize) -> Self {
        let kept = config.moments();
        let moments = [0, 1, 2].map(|i| vec![T::ZERO; if i < kept { count } else { 0 }]);
        Optimizer { config, updates: 0, powers: (1.0, 1.0), moments }
    }

    /// Takes another learning rate from the next update on.
    pub fn set_learning_rate(&mut self, learning_rate: f64) {
        self.config.learning_rate = learning_rate;
    }

    /// One update: reads the parameters `w` and their gradients, writes the new parameters.
    ///
    /// # Shapes
    /// All three as long as `count`.
    pub fn update(&mut self, w: &[T], gradients: &[T], new: &mut [T]) {
        use OptimizerKind::{Adagrad, Adam, Adamw, Momentum, Nesterov, Rmsprop, Sgd};
        widely!(match self.config.kind {
            Sgd | Momentum | Nesterov => self.sgd(w, gradients, new),
            Adam | Adamw => self.adam(w, gradients, new),
            Rmsprop => self.rmsprop(w, gradients, new),
            Adagrad => self.adagrad(w, gradients, new),
        });
        self.updates += 1;
    }

    #[inline(always)]
    fn sgd(&mut self, w: &[T], gradients: &[T], new: &mut [T]) {
        let rate = T::from_f64(self.config.learning_rate);
        let decay = T::from_f64(self.config.weight_decay);
        let momentum = T::from_f64(self.config.momentum);
        let fresh = if self.updates == 0 { 1.0 } else { 1.0 - self.config.dampening };
        let fresh = T::from_f64(fresh);
        let nesterov = self.config.kind == OptimizerKind::Nesterov;
        let terms = new.iter_mut().zip(w).zip(gradients);
        if self.moments[0].is_empty() {
            terms.for_each(|((new, &w), &g)| *new = w - rate * (g + decay * w));
            return;
        }
        for (((new, &w), &g), v) in terms.zip(&mut self.moments[0]) {
            let g = g + decay * w;
            *v = momentum * *v + fresh * g;
            *new = w - rate * if nesterov { g + momentum * *v } else { *v };
        }
    }

    #[inline(always)]
    fn adam(&mut self, w: &[T], gradients: &[T], new: &mut [T]) {
        let OptimizerConfig { learning_rate, weight_decay, beta1, beta2, eps, .. } = self.config;
        let apart = self.config.kind == OptimizerKind::Adamw;
        self.powers = (vanishing(self.powers.0 * beta1), vanishing(self.powers.1 * beta2));
        let shrink = T::from_f64(if apart { 1.0 - learning_rate * weight_decay } else { 1.0 });
        let decay = T::from_f64(if apart { 0.0 } else { weight_decay });
        let (one_less_1, one_less_2) = (T::from_f64(1.0 - beta1), T::from_f64(1.0 - beta2));
        let (beta1, beta2, eps) = (T::from_f64(beta1), T::from_f64(beta2), T::from_f64(eps));
        let rate = T::from_f64(learning_rate / (1.0 - self.powers.0));
        let root = T::from_f64((1.0 - self.powers.1).sqrt());
        let smallest = T::MIN_POSITIVE;
        let [first, second, _] = &mut self.moments;
        let terms = new.iter_mut().zip(w).zip(gradients).zip(first).zip(second);
        for ((((new, &w), &g), first), second) in terms {
            let g = g + decay * w;
            let mean = beta1 * *first + one_less_1 * g;
            // Where a neuron is silent for good it fades, and would end below the normal numbers, which take
            // a processor a hundred times longer.
            *first = if -smallest < mean && mean < smallest { T::ZERO } else { mean };
            *second = beta2 * *second + one_less_2 * g * g;
            *new = shrink * w - rate * *first / (second.sqrt() / root + eps);
        }
    }

    #[inline(always)]
    fn rmsprop(&mut self, w: &[T], gradients: &[T], new: &mut [T]) {
        let OptimizerConfig { learning_rate, weight_decay, beta2, eps, .. } = self.config;
        let (rate, decay) = (T::from_f64(learning_rate), T::from_f64(weight_decay));
        let (memory, one_less, eps) =
            (T::from_f64(beta2), T::from_f64(1.0 - beta2), T::from_f64(eps));
        let momentum = T::from_f64(self.config.momentum);
        let centered = self.config.centered;
        let [second, other, last] = &mut self.moments;
        let (mean, velocity) = if centered { (other, last) } else { (last, other) };
        for i in 0..w.len() {
            let g = gradients[i] + decay * w[i];
            match mean.get_mut(i) {
                // The mean of squares less the square of the mean, as one sum that is never below 0.
                Some(mean) => {
                    let away = g - *mean;
                    *mean = memory * *mean + one_less * g;
                    second[i] = memory * (second[i] + one_less * away * away);
                }
                None => second[i] = memory * second[i] + one_less * g * g,
            }
            let mut step = g / (second[i].sqrt() + eps);
            if let Some(v) = velocity.get_mut(i) {
                *v = momentum * *v + step;
                step = *v;
            }
            new[i] = w[i] - rate * step;
        }
    }

    #[inline(always)]
    fn adagrad(&mut self, w: &[T], gradients: &[T], new: &mut [T]) {
        let rate = T::from_f64(self.config.learning_rate);
        let decay = T::from_f64(self.config.weight_decay);
        let eps = T::from_f64(self.config.eps);
        for (i, sum) in self.moments[0].iter_mut().enumerate() {
            let g = gradients[i] + decay * w[i];
            *sum += g * g;
            new[i] = w[i] - rate * g / (sum.sqrt() + eps);
        }
    }
}

/// 0 where 1 is 1 without it: else it would end below the normal numbers.
fn vanishing(power: f64) -> f64 {
    if power < f64::EPSILON / 4.0 { 0.0 } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_gradients_that_fades_is_normal_or_zero_and_no_number_stays_none() {
        let config = OptimizerConfig::new(OptimizerKind::Adam, 0.01);
        let mut adam: Optimizer<f32> = Optimizer::new(config, 3);
        let (mut w, mut new) = ([0.5, -0.25, 0.0], [0.0; 3]);
        for step in 0..60 {
            let gradient = if step == 0 { [1e-36, -1e-36, f32::NAN] } else { [0.0; 3] };
            adam.update(&w, &gradient, &mut new);
            w = new;
            let means = &adam.moments[0];
            assert!(means[..2].iter().all(|mean| *mean == 0.0 || mean.is_normal()), "{means:?}");
            assert!(means[2].is_nan() && w[2].is_nan());
        }
        assert_eq!(adam.moments[0][..2], [0.0; 2]);
        assert_eq!(w[..2], [0.5, -0.25]);
    }

    /// 0.9^7,000 and 0.999^800,000 are below the normal numbers, with which a product takes long.
    #[test]
    fn powers_of_the_memories_vanish_where_1_is_1_without_them() {
        let mut adam: Optimizer<f64> =
            Optimizer::new(OptimizerConfig::new(OptimizerKind::Adam, 0.01), 1);
        let (mut new, mut exact) = ([0.0], 1.0);
        for _ in 0..40_000 {
            adam.update(&[0.0], &[1.0], &mut new);
            exact *= 0.999;
            assert_eq!(1.0 - adam.powers.1, 1.0 - exact);
        }
        assert_eq!(adam.powers, (0.0, 0.0));
    }
}
