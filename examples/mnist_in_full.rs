//! The whole of MNIST on 784-800-800-10 without and with each regularizer that Srivastava et al. (2014) compare on
//! it, as a table of comma-separated values: the test error after every epoch.
//! `./build.sh mnist [epochs] [arm...]`, or with a folder that has the four files of MNIST,
//! `cargo run --release --example mnist_in_full -- <folder> [epochs] [arm...]`
use regularization_playground::data::{Examples, idx_examples};
use regularization_playground::nn::*;
use std::error::Error;
use std::fs::read;
use std::time::Instant;

const PIXELS: usize = 784;
const UNITS: usize = 800;
const CLASSES: usize = 10;
const BATCH: usize = 100;

/// A regularizer, and the rate with which each network learns well.
struct Arm {
    name: &'static str,
    /// The error in per cent that the paper gives, in its table 2 for the first and in its table 9 for the others:
    /// of networks with other sizes, trained for longer.
    paper: f64,
    keep_prob_input: f64,
    keep_prob: f64,
    l2: f64,
    max_norm: Option<f64>,
    learning_rate: f64,
}

const STANDARD: Arm = Arm {
    name: "standard",
    paper: 1.60,
    keep_prob_input: 1.0,
    keep_prob: 1.0,
    l2: 0.0,
    max_norm: None,
    learning_rate: 0.05,
};

const DROPOUT: Arm = Arm {
    name: "dropout",
    paper: 1.25,
    keep_prob_input: 0.8,
    keep_prob: 0.5,
    learning_rate: 0.1,
    ..STANDARD
};

const ARMS: [Arm; 5] = [
    STANDARD,
    Arm { name: "l2", paper: 1.62, l2: 0.00002, ..STANDARD },
    Arm { name: "max_norm", paper: 1.35, max_norm: Some(2.0), ..STANDARD },
    DROPOUT,
    Arm { name: "dropout_max_norm", paper: 1.05, max_norm: Some(3.0), ..DROPOUT },
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let folder = given.next().ok_or("the folder that has the files of MNIST must be named")?;
    let epochs = given.next().unwrap_or("10".to_string());
    let epochs: u64 = epochs
        .parse()
        .ok()
        .filter(|&epochs| epochs > 0)
        .ok_or_else(|| format!("epochs = {epochs}: must be a whole number from 1"))?;
    let wanted: Vec<String> = given.collect();
    if let Some(other) = wanted.iter().find(|&name| ARMS.iter().all(|arm| arm.name != name)) {
        let known = ARMS.map(|arm| arm.name).join(", ");
        return Err(format!("arm = {other}: must be one of {known}").into());
    }
    let (train, test) = (images(&folder, "train")?, images(&folder, "t10k")?);
    println!("arm,epoch,test_error_percent,training_loss,seconds,paper_percent");
    let is_wanted = |arm: &&Arm| wanted.is_empty() || wanted.iter().any(|name| name == arm.name);
    ARMS.iter().filter(is_wanted).try_for_each(|arm| run(arm, epochs, &train, &test))
}

fn images(folder: &str, set: &str) -> Result<Examples, Box<dyn Error>> {
    let file = |part: &str| {
        let name = format!("{folder}/{set}-{part}-ubyte");
        read(&name).map_err(|error| format!("{name}: {error}"))
    };
    Ok(idx_examples(&file("images-idx3")?, &file("labels-idx1")?)?)
}

fn run(arm: &Arm, epochs: u64, train: &Examples, test: &Examples) -> Result<(), Box<dyn Error>> {
    let mut network: Network<f32> = Network::new(config(arm))?;
    network.load(&train.x, &train.y)?;
    let judges = TestSet::new(&network, &test.x, &test.y)?;
    let began = Instant::now();
    for epoch in 1..=epochs {
        // down to nothing, evenly
        let left = (epochs - epoch + 1) as f64 / epochs as f64;
        network.set_learning_rate(arm.learning_rate * left);
        let report = network.step((train.y.len() / BATCH) as u64)?;
        let error = 100.0 * judges.score(&network).error;
        let seconds = began.elapsed().as_secs();
        println!("{},{epoch},{error:.2},{:.5},{seconds},{}", arm.name, report.loss, arm.paper);
    }
    Ok(())
}

fn config(arm: &Arm) -> NetworkConfig {
    let mut hidden = LayerConfig::dense(UNITS, Activation::Relu);
    hidden.keep_prob = arm.keep_prob;
    let layers = vec![hidden.clone(), hidden, LayerConfig::dense(CLASSES, Activation::Linear)];
    NetworkConfig {
        keep_prob_input: arm.keep_prob_input,
        l2: arm.l2,
        max_norm: arm.max_norm,
        batch_size: BATCH,
        optimizer: OptimizerConfig::new(OptimizerKind::Momentum, arm.learning_rate),
        ..NetworkConfig::new(PIXELS, layers, Loss::CrossEntropy)
    }
}
