//! Trains one network with dropout and one without on digits, some of them with wrong labels, and prints how
//! many digits each gets wrong that it never saw: `cargo run --release --example train_a_network`
use regularization_playground::data::{digits, split};
use regularization_playground::error::Result;
use regularization_playground::nn::*;

fn main() -> Result<()> {
    let split = split(&digits(), 300, 800, 7);
    for keep_prob in [1.0, 0.5] {
        let mut hidden = LayerConfig::dense(64, Activation::Relu);
        hidden.keep_prob = keep_prob;
        let layers = vec![hidden, LayerConfig::dense(10, Activation::Linear)];
        let mut config = NetworkConfig::new(64, layers, Loss::CrossEntropy);
        config.optimizer = OptimizerConfig::new(OptimizerKind::Adam, 0.003);
        config.batch_size = 32;
        let mut network: Network<f32> = Network::new(config)?;
        network.load(&split.train.x, &split.train.y)?;
        network.step(600)?;
        let answers = network.predict(&split.test.x)?;
        let score = score(Loss::CrossEntropy, &answers, &split.test.y, 10);
        println!("keep_prob {keep_prob}: {:.1} % of the test digits wrong", 100.0 * score.error);
    }
    Ok(())
}
