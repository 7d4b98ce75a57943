//! Trains a network without and one with dropout on digits, three in ten of which have wrong labels, and prints
//! how many it gets wrong that it never saw: `cargo run --release --example train_a_network`
use regularization_playground::data::{DIGIT_CLASSES, digits, mislabel, split};
use regularization_playground::error::Result;
use regularization_playground::nn::*;

const SEED: u32 = 7;

fn main() -> Result<()> {
    let mut split = split(&digits(), 300, 800, SEED);
    mislabel(&mut split.train, 0.3, DIGIT_CLASSES, SEED);
    for keep_prob in [1.0, 0.5] {
        let mut hidden = LayerConfig::dense(64, Activation::Relu);
        hidden.keep_prob = keep_prob;
        let layers = vec![hidden, LayerConfig::dense(DIGIT_CLASSES, Activation::Linear)];
        let mut config = NetworkConfig::new(split.train.inputs(), layers, Loss::CrossEntropy);
        config.optimizer = OptimizerConfig::new(OptimizerKind::Adam, 0.003);
        config.batch_size = 32;
        let mut network: Network<f32> = Network::new(config)?;
        network.load(&split.train.x, &split.train.y)?;
        network.step(600)?;
        let judged = TestSet::new(&network, &split.test.x, &split.test.y)?.score(&network);
        println!("keep probability {keep_prob}: {:.1} % wrong", 100.0 * judged.error);
    }
    Ok(())
}
