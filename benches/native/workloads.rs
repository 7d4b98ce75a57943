//! The workloads of workloads.json that train dense layers, on data of the same shapes.

use regularization_playground::data::digits;
use regularization_playground::nn::NetworkConfig;
use serde_json::Value;

/// One workload and its training set.
pub struct Workload {
    pub key: String,
    pub network: Value,
    pub x: Vec<f64>,
    pub y: Vec<f64>,
}

impl Workload {
    pub fn config(&self) -> NetworkConfig {
        let value = serde_json::from_value(self.network.clone()).expect("plain values");
        NetworkConfig::from_value(value).expect("what the bindings take")
    }

    pub fn members(&self) -> u64 {
        self.network["n_members"].as_u64().unwrap_or(1)
    }

    /// A number of the configuration, or its default.
    pub fn option(&self, key: &str, default: f64) -> f64 {
        self.network[key].as_f64().unwrap_or(default)
    }

    /// The batch size, whatever is written for the whole set.
    pub fn batch(&self) -> usize {
        match self.option("batch_size", 32.0) as usize {
            0 => self.y.len(),
            size => size,
        }
    }

    pub fn is_classification(&self) -> bool {
        self.network["loss"] == "cross_entropy"
    }
}

/// All of them, in order.
pub fn dense() -> impl Iterator<Item = Workload> {
    let all: Vec<Value> =
        serde_json::from_str(include_str!("../workloads.json")).expect("a list of workloads");
    all.into_iter().filter_map(|workload| {
        let network = workload["network"].clone();
        // Of the others, one trains nothing and one has other layers.
        let inputs = network["input"].as_u64()? as usize;
        let rows = workload["data"]["rows"].as_u64()? as usize;
        let from = workload["data"]["from"].as_str()?;
        let (x, y) = examples(from, rows, inputs);
        Some(Workload { key: workload["key"].as_str()?.to_string(), network, x, y })
    })
}

fn examples(from: &str, rows: usize, inputs: usize) -> (Vec<f64>, Vec<f64>) {
    let wide = |numbers: Vec<f32>| numbers.into_iter().map(f64::from).collect();
    match from {
        "digits" => {
            let all = digits();
            (all.x[..rows * inputs].to_vec(), all.y[..rows].to_vec())
        }
        "clusters" => (wide(numbers(rows * inputs)), (0..rows).map(|i| (i % 10) as f64).collect()),
        _ => (wide(numbers(rows * inputs)), wide(numbers(rows))),
    }
}

/// Normal numbers, not too large.
pub fn numbers(count: usize) -> Vec<f32> {
    let mut chance = Chance(1);
    (0..count).map(|_| chance.normal().clamp(-1.0, 1.0)).collect()
}

/// The generator one would write first: xorshift (Marsaglia, 2003), Box and Muller.
pub struct Chance(pub u64);

impl Chance {
    /// Between 0 and 1, and never 0.
    pub fn uniform(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 40) as f32 + 0.5) / (1 << 24) as f32
    }

    pub fn normal(&mut self) -> f32 {
        let angle = std::f32::consts::TAU * self.uniform();
        (-2.0 * self.uniform().ln()).sqrt() * angle.cos()
    }
}
