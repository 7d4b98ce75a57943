//! Gradients of every kind of layer against finite differences, in 64 bits.

#[path = "common/slopes.rs"]
mod slopes;

use regularization_playground::nn::{
    Activation, Filters, LayerConfig, LayerKind, Loss, Network, NetworkConfig, Shape, StepOutputs,
};
use slopes::{assert_gradients, normals, scatter_parameters};

const ROWS: usize = 3;
const LINE: Shape = Shape::Line { channels: 2, length: 9 };
const IMAGE: Shape = Shape::Image { channels: 2, height: 6, width: 5 };
const STEPS: Shape = Shape::Steps { steps: 4, features: 3 };

/// Gradients with and without masks, and those of every location, which must sum to the shared one.
fn check(input: Shape, layers: &[LayerConfig], loss: Loss) {
    let what = format!("{loss:?} {layers:?}");
    let mut layers = layers.to_vec();
    let last = layers.len() - 1;
    for layer in layers[..last].iter_mut().filter(|layer| layer.kind.can_drop()) {
        layer.keep_prob = 0.6;
    }
    let config =
        NetworkConfig { keep_prob_input: 0.8, l2: 0.03, ..NetworkConfig::new(input, layers, loss) };
    let mut network: Network<f64> = Network::new(config).unwrap();
    scatter_parameters(&mut network, 0.5, 20);
    let x = normals(ROWS * network.inputs(), 5);
    let mut y = normals(ROWS * network.target_width(), 6);
    if loss == Loss::CrossEntropy {
        let classes = network.classes() as f64;
        y.iter_mut().for_each(|y| *y = (y.abs() * 2.0).floor().min(classes - 1.0));
    }
    assert_gradients(&what, &mut network, &x, &y, None);
    let widths = network.widths();
    let mask = |width: &usize| -> Vec<f64> {
        normals(ROWS * width, 7).iter().map(|z| if *z < 0.5 { 1.0 } else { 0.0 }).collect()
    };
    let masks: Vec<Vec<f64>> = widths[..=last].iter().map(mask).collect();
    assert_gradients(&format!("{what}, masks"), &mut network, &x, &y, Some(&masks));
    assert_locations(&what, &network, (&x, &y), None);
    assert_locations(&format!("{what}, masks"), &network, (&x, &y), Some(&masks));
}

fn assert_locations(
    what: &str,
    network: &Network<f64>,
    (x, y): (&[f64], &[f64]),
    masks: Option<&[Vec<f64>]>,
) {
    let gradients = network.gradients(x, y, masks).unwrap();
    let shared = network.config().layers.iter().filter(|layer| match layer.kind {
        LayerKind::Conv1d(filters) | LayerKind::Conv2d(filters) => filters.shared,
        LayerKind::Recurrent { shared, .. } => shared,
        _ => false,
    });
    assert!(gradients.untied.len() >= 2 * shared.count());
    let parameters = network.parameters(0).unwrap();
    for of_each in &gradients.untied {
        let same = |name: &str| name == of_each.name;
        let tied = gradients.parameters.iter().find(|tied| same(&tied.name)).unwrap();
        let w = parameters.iter().find(|w| same(&w.name)).unwrap();
        assert!(of_each.shape.ends_with(&tied.shape), "{what} {}", of_each.name);
        for (i, tied) in tied.values.iter().enumerate() {
            let sum: f64 = of_each.values.iter().skip(i).step_by(w.values.len()).sum();
            let penalty =
                if w.name.starts_with('b') { 0.0 } else { 2.0 * network.config().l2 * w.values[i] };
            let off = (sum - (tied - penalty)).abs();
            assert!(off <= 1e-13 * tied.abs().max(1.0), "{what} {}[{i}]: {off}", w.name);
        }
    }
}

fn conv(input: Shape, filters: Filters, activation: Activation) -> LayerConfig {
    let kind = match input {
        Shape::Line { .. } => LayerKind::Conv1d(filters),
        _ => LayerKind::Conv2d(filters),
    };
    LayerConfig::new(kind, activation)
}

fn recurrent(outputs: StepOutputs, shared: bool, activation: Activation) -> LayerConfig {
    LayerConfig::new(LayerKind::Recurrent { units: 4, outputs, shared }, activation)
}

fn end() -> LayerConfig {
    LayerConfig::dense(3, Activation::Linear)
}

#[test]
fn convolutions_with_every_activation_and_loss_shared_and_not() {
    for (_, activation) in Activation::NAMES {
        for (_, loss) in Loss::NAMES {
            for shared in [true, false] {
                let line = Filters { shared, ..Filters::line(3, 4) };
                check(LINE, &[conv(LINE, line, activation), end()], loss);
                let image = Filters { shared, ..Filters::square(2, 3) };
                check(IMAGE, &[conv(IMAGE, image, activation), end()], loss);
            }
        }
    }
}

#[test]
fn convolutions_with_strides_and_paddings_one_after_the_other() {
    for shared in [true, false] {
        for (kernel, stride, padding) in [((2, 3), 1, 1), ((3, 2), 2, 0), ((4, 4), 3, 3)] {
            let first = Filters { count: 3, kernel, stride, padding, shared };
            let second = Filters { shared, padding: 1, ..Filters::square(2, 2) };
            let layers = [first, second].map(|filters| conv(IMAGE, filters, Activation::Tanh));
            check(IMAGE, &[&layers[..], &[end()]].concat(), Loss::Mse);
            let first =
                Filters { kernel: (1, kernel.1), padding: padding.min(kernel.1 - 1), ..first };
            let second = Filters { shared, padding: 1, ..Filters::line(2, 2) };
            let layers = [first, second].map(|filters| conv(LINE, filters, Activation::Tanh));
            check(LINE, &[&layers[..], &[end()]].concat(), Loss::Mse);
        }
    }
}

#[test]
fn pooling_before_and_after_a_convolution() {
    let pool = LayerConfig::max_pool(2);
    for (input, filters) in [(LINE, Filters::line(3, 2)), (IMAGE, Filters::square(3, 2))] {
        let conv = conv(input, filters, Activation::Sigmoid);
        check(input, &[pool.clone(), conv.clone(), end()], Loss::HalfSse);
        check(input, &[conv, pool.clone(), end()], Loss::CrossEntropy);
    }
}

#[test]
fn recurrence_with_every_activation_and_loss_last_and_all_shared_and_not() {
    for (_, activation) in Activation::NAMES {
        for (_, loss) in Loss::NAMES {
            for outputs in [StepOutputs::Last, StepOutputs::All] {
                for shared in [true, false] {
                    check(STEPS, &[recurrent(outputs, shared, activation), end()], loss);
                }
            }
        }
    }
}

#[test]
fn recurrence_on_recurrence_and_dense_layers_at_every_step() {
    for shared in [true, false] {
        let dense =
            |units, shared| LayerConfig::new(LayerKind::Dense { units, shared }, Activation::Tanh);
        let all = recurrent(StepOutputs::All, shared, Activation::Tanh);
        let last = recurrent(StepOutputs::Last, !shared, Activation::Sigmoid);
        check(STEPS, &[dense(4, shared), all.clone(), last, end()], Loss::Mse);
        let out = LayerConfig::new(LayerKind::Dense { units: 3, shared }, Activation::Linear);
        check(STEPS, &[all, dense(2, !shared), out], Loss::CrossEntropy);
    }
}
