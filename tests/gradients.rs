//! Every gradient against finite differences of the loss, in 64 bits.

#[path = "common/slopes.rs"]
mod slopes;

use regularization_playground::nn::{
    Activation, DropoutScaling, LayerConfig, Loss, Network, NetworkConfig, Stream, normal, stream,
    uniform,
};
use slopes::assert_gradients;

const ROWS: usize = 4;
const WIDTHS: [usize; 4] = [3, 5, 4, 3];

fn network(activation: Activation, loss: Loss, scaling: DropoutScaling) -> Network<f64> {
    let layers = (1..WIDTHS.len())
        .map(|i| {
            let is_output = i + 1 == WIDTHS.len();
            let activation = if is_output { Activation::Linear } else { activation };
            let keep_prob = if is_output { 1.0 } else { 0.6 };
            LayerConfig { keep_prob, ..LayerConfig::dense(WIDTHS[i], activation) }
        })
        .collect();
    let mut network = Network::new(NetworkConfig {
        keep_prob_input: 0.8,
        l2: 0.03,
        dropout_scaling: scaling,
        seed: 4,
        ..NetworkConfig::new(WIDTHS[0], layers, loss)
    })
    .unwrap();
    let mut parameters = network.parameters(0).unwrap();
    let mut rng = stream(9, Stream::Init, 0);
    for values in parameters.iter_mut().map(|parameter| &mut parameter.values) {
        values.iter_mut().for_each(|value| *value = normal(&mut rng));
    }
    network.set_parameters(&parameters, 0).unwrap();
    network
}

fn data(loss: Loss) -> (Vec<f64>, Vec<f64>) {
    let mut rng = stream(5, Stream::Data, 0);
    let x = (0..ROWS * WIDTHS[0]).map(|_| normal(&mut rng)).collect();
    let y = if loss == Loss::CrossEntropy {
        vec![0.0, 2.0, 1.0, 2.0]
    } else {
        (0..ROWS * WIDTHS[3]).map(|_| normal(&mut rng)).collect()
    };
    (x, y)
}

fn masks() -> Vec<Vec<f64>> {
    let mut rng = stream(6, Stream::Mask(0), 0);
    let mut mask = |width: usize| {
        (0..ROWS * width).map(|_| if uniform(&mut rng) < 0.6 { 1.0 } else { 0.0 }).collect()
    };
    WIDTHS[..3].iter().map(|&width| mask(width)).collect()
}

fn check(activation: Activation, loss: Loss, scaling: DropoutScaling, masks: Option<&[Vec<f64>]>) {
    let what = format!("{activation:?} {loss:?} {scaling:?} masks {}", masks.is_some());
    let (x, y) = data(loss);
    assert_gradients(&what, &mut network(activation, loss, scaling), &x, &y, masks);
}

#[test]
fn every_activation_loss_and_scaling_with_and_without_masks() {
    for (_, activation) in Activation::NAMES {
        for (_, loss) in Loss::NAMES {
            check(activation, loss, DropoutScaling::Inverted, None);
            for (_, scaling) in DropoutScaling::NAMES {
                check(activation, loss, scaling, Some(&masks()));
            }
        }
    }
}
