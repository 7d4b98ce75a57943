//! The same training by plain loops: the code one would write first.

use crate::workloads::{Chance, Workload};

/// A network of dense layers, its training set and room for one batch.
pub struct Network {
    layers: Vec<Layer>,
    x: Vec<f32>,
    y: Vec<f32>,
    is_classification: bool,
    inputs: usize,
    size: usize,
    at: usize,
    rate: f32,
    noise_sd: f32,
    keep: f32,
    chance: Chance,
    batch: Vec<f32>,
    gradient: Vec<f32>,
}

impl Network {
    pub fn new(workload: &Workload) -> Self {
        let mut chance = Chance(2);
        let size = workload.batch();
        let inputs = workload.x.len() / workload.y.len();
        let mut width = inputs;
        let mut layers = Vec::new();
        for layer in workload.network["layers"].as_array().expect("layers") {
            let units = layer["units"].as_u64().expect("dense layers") as usize;
            let keep = layer["keep_prob"].as_f64().unwrap_or(1.0) as f32;
            let activation = Activation::named(&layer["activation"]);
            layers.push(Layer::new((width, units, size), activation, keep, &mut chance));
            width = units;
        }
        let narrow = |values: &[f64]| values.iter().map(|&value| value as f32).collect();
        Network {
            layers,
            x: narrow(&workload.x),
            y: narrow(&workload.y),
            is_classification: workload.is_classification(),
            inputs,
            size,
            at: 0,
            rate: workload.network["optimizer"]["learning_rate"].as_f64().expect("a rate") as f32,
            noise_sd: workload.option("alpha", 0.0).sqrt() as f32,
            keep: workload.option("keep_prob_input", 1.0) as f32,
            chance,
            batch: vec![0.0; size * inputs],
            gradient: vec![0.0; size * width],
        }
    }

    /// One update on the next full batch; hands back its loss, so that nothing is left out.
    pub fn step(&mut self) -> f32 {
        if self.at + self.size > self.y.len() {
            self.at = 0;
        }
        let rows = self.at..self.at + self.size;
        self.at = rows.end;
        self.batch.copy_from_slice(&self.x[rows.start * self.inputs..rows.end * self.inputs]);
        self.disturb();
        let mut h = &self.batch;
        for layer in &mut self.layers {
            layer.forward(h, &mut self.chance);
            h = &layer.h;
        }
        let y = &self.y[rows];
        let loss = if self.is_classification {
            cross_entropy(h, y, &mut self.gradient)
        } else {
            mean_square(h, y, &mut self.gradient)
        };
        self.backward();
        self.layers.iter_mut().for_each(|layer| layer.update(self.rate));
        loss
    }

    fn disturb(&mut self) {
        if self.noise_sd > 0.0 {
            self.batch.iter_mut().for_each(|x| *x += self.noise_sd * self.chance.normal());
        }
        drop(self.keep, &mut self.chance, &mut self.batch, None);
    }

    fn backward(&mut self) {
        for l in (0..self.layers.len()).rev() {
            let (before, rest) = self.layers.split_at_mut(l);
            let (layer, after) = rest.split_first_mut().expect("a layer");
            let input = before.last().map_or(&self.batch, |layer| &layer.h);
            let above = after.first().map_or(&self.gradient, |layer| &layer.below);
            layer.backward(input, above, l > 0);
        }
    }
}

#[derive(Clone, Copy)]
enum Activation {
    Linear,
    Relu,
    Tanh,
}

impl Activation {
    fn named(name: &serde_json::Value) -> Self {
        match name.as_str() {
            Some("relu") => Activation::Relu,
            Some("tanh") => Activation::Tanh,
            _ => Activation::Linear,
        }
    }
}

struct Layer {
    inputs: usize,
    activation: Activation,
    keep: f32,
    w: Vec<f32>,
    b: Vec<f32>,
    dw: Vec<f32>,
    db: Vec<f32>,
    h: Vec<f32>,
    mask: Vec<f32>,
    dz: Vec<f32>,
    below: Vec<f32>,
}

impl Layer {
    fn new(
        (inputs, units, size): (usize, usize, usize),
        activation: Activation,
        keep: f32,
        chance: &mut Chance,
    ) -> Self {
        let sd = f32::sqrt(2.0 / (inputs + units) as f32);
        let zeros = |count: usize| vec![0.0; count];
        Layer {
            inputs,
            activation,
            keep,
            w: (0..inputs * units).map(|_| sd * chance.normal()).collect(),
            b: zeros(units),
            dw: zeros(inputs * units),
            db: zeros(units),
            h: zeros(size * units),
            mask: vec![1.0; size * units],
            dz: zeros(size * units),
            below: zeros(size * inputs),
        }
    }

    fn forward(&mut self, x: &[f32], chance: &mut Chance) {
        let units = self.b.len();
        for (x, h) in x.chunks_exact(self.inputs).zip(self.h.chunks_exact_mut(units)) {
            for ((w, b), h) in self.w.chunks_exact(self.inputs).zip(&self.b).zip(h) {
                *h = b + w.iter().zip(x).map(|(w, x)| w * x).sum::<f32>();
            }
        }
        match self.activation {
            Activation::Relu => self.h.iter_mut().for_each(|h| *h = h.max(0.0)),
            Activation::Tanh => self.h.iter_mut().for_each(|h| *h = h.tanh()),
            Activation::Linear => {}
        }
        drop(self.keep, chance, &mut self.h, Some(&mut self.mask));
    }

    /// tanh never meets dropout here, so that its outputs give its derivative.
    fn backward(&mut self, x: &[f32], above: &[f32], further: bool) {
        for (((dz, d), h), mask) in self.dz.iter_mut().zip(above).zip(&self.h).zip(&self.mask) {
            *dz = match self.activation {
                Activation::Relu if *h > 0.0 => d * mask,
                Activation::Relu => 0.0,
                Activation::Tanh => d * (1.0 - h * h),
                Activation::Linear => *d,
            };
        }
        self.dw.fill(0.0);
        self.db.fill(0.0);
        self.below.fill(0.0);
        let rows = x.chunks_exact(self.inputs).zip(self.below.chunks_exact_mut(self.inputs));
        for ((x, below), dz) in rows.zip(self.dz.chunks_exact(self.b.len())) {
            for (j, &d) in dz.iter().enumerate() {
                let row = j * self.inputs..(j + 1) * self.inputs;
                self.db[j] += d;
                self.dw[row.clone()].iter_mut().zip(x).for_each(|(dw, x)| *dw += d * x);
                if further {
                    below.iter_mut().zip(&self.w[row]).for_each(|(below, w)| *below += d * w);
                }
            }
        }
    }

    fn update(&mut self, rate: f32) {
        self.w.iter_mut().zip(&self.dw).for_each(|(w, d)| *w -= rate * d);
        self.b.iter_mut().zip(&self.db).for_each(|(b, d)| *b -= rate * d);
    }
}

/// Dropout; the factors are kept in `mask` if there is one.
fn drop(keep: f32, chance: &mut Chance, h: &mut [f32], mask: Option<&mut [f32]>) {
    if keep == 1.0 {
        return;
    }
    let mut factor = || if chance.uniform() < keep { 1.0 / keep } else { 0.0 };
    match mask {
        Some(mask) => h.iter_mut().zip(mask).for_each(|(h, mask)| {
            *mask = factor();
            *h *= *mask;
        }),
        None => h.iter_mut().for_each(|h| *h *= factor()),
    }
}

fn mean_square(z: &[f32], y: &[f32], gradient: &mut [f32]) -> f32 {
    let count = y.len() as f32;
    gradient.iter_mut().zip(z).zip(y).for_each(|((d, z), y)| *d = 2.0 * (z - y) / count);
    z.iter().zip(y).map(|(z, y)| (z - y).powi(2)).sum::<f32>() / count
}

fn cross_entropy(z: &[f32], y: &[f32], gradient: &mut [f32]) -> f32 {
    let width = z.len() / y.len();
    let count = y.len() as f32;
    let mut sum = 0.0;
    for ((z, &y), d) in z.chunks_exact(width).zip(y).zip(gradient.chunks_exact_mut(width)) {
        let largest = z.iter().copied().fold(f32::MIN, f32::max);
        d.iter_mut().zip(z).for_each(|(d, z)| *d = (z - largest).exp());
        let total: f32 = d.iter().sum();
        sum -= (d[y as usize] / total).ln();
        d.iter_mut().for_each(|d| *d /= total * count);
        d[y as usize] -= 1.0 / count;
    }
    sum / count
}
