//! What convolutional, pooling and recurrent layers can do, and what holds of them exactly.

#[path = "common/slopes.rs"]
mod slopes;

use regularization_playground::nn::{
    Activation, Filters, Init, LayerConfig, LayerKind, Loss, Network, NetworkConfig,
    OptimizerConfig, OptimizerKind, Shape, StepOutputs, Stream, score, stream, uniform,
};
use slopes::{normals, scatter_parameters};

const STEPS: usize = 10;

fn recurrent(units: usize, outputs: StepOutputs, shared: bool) -> LayerConfig {
    LayerConfig::new(LayerKind::Recurrent { units, outputs, shared }, Activation::Tanh)
}

fn conv2d(filters: Filters, activation: Activation) -> LayerConfig {
    LayerConfig::new(LayerKind::Conv2d(filters), activation)
}

fn adam(input: Shape, layers: Vec<LayerConfig>, loss: Loss, seed: u32) -> NetworkConfig {
    let optimizer = OptimizerConfig::new(OptimizerKind::Adam, 1e-2);
    NetworkConfig { optimizer, seed, ..NetworkConfig::new(input, layers, loss) }
}

/// Sequences of -1, 0 and 1, mostly 0 but at the start, and the last number that was not 0.
fn latch(rows: usize, steps: usize, seed: u32) -> (Vec<f64>, Vec<f64>) {
    let mut rng = stream(seed, Stream::Data, 0);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for _ in 0..rows {
        let mut last = 0.0;
        for step in 0..steps {
            let sign = if uniform(&mut rng) < 0.5 { -1.0 } else { 1.0 };
            let is_set = step == 0 || uniform(&mut rng) < 0.3;
            x.push(if is_set { sign } else { 0.0 });
            last = if is_set { sign } else { last };
        }
        y.push(last);
    }
    (x, y)
}

fn wrong_signs(network: &Network<f32>, steps: usize) -> f64 {
    let (x, y) = latch(1000, steps, 999);
    let y_hat = network.predict(&x).unwrap();
    y_hat.iter().zip(&y).filter(|(y_hat, y)| *y_hat * *y <= 0.0).count() as f64 / y.len() as f64
}

#[test]
fn tied_weights_remember_also_three_times_as_long() {
    let input = Shape::Steps { steps: STEPS, features: 1 };
    for seed in 0..6 {
        let dense = LayerConfig::dense(1, Activation::Linear);
        let layers = vec![recurrent(6, StepOutputs::Last, true), dense];
        let mut network = Network::<f32>::new(adam(input, layers, Loss::Mse, seed)).unwrap();
        let (x, y) = latch(100, STEPS, seed);
        network.load(&x, &y).unwrap();
        network.step(1500).unwrap();
        let error = wrong_signs(&network, STEPS);
        let longer = wrong_signs(&network.with_steps(30).unwrap(), 30);
        assert!(error <= 0.02 && longer <= 0.05, "seed {seed}: {error} and {longer}");
    }
}

#[test]
fn a_longer_sequence_begins_as_the_shorter_one_and_takes_the_last_weights_beyond() {
    let input = Shape::Steps { steps: 4, features: 2 };
    for shared in [true, false] {
        let dense = LayerConfig::new(LayerKind::Dense { units: 3, shared }, Activation::Linear);
        let layers = vec![recurrent(5, StepOutputs::All, shared), dense];
        let mut config = NetworkConfig::new(input, layers, Loss::Mse);
        config.n_members = 2;
        let mut network = Network::<f64>::new(config).unwrap();
        scatter_parameters(&mut network, 0.5, 3);
        let x = normals(6 * 2, 4);
        let (longer, shorter) = (network.with_steps(6).unwrap(), network.with_steps(2).unwrap());
        for member in 0..2 {
            let y_hat = network.predict_member(member, &x[..8]).unwrap();
            let all = longer.predict_member(member, &x).unwrap();
            assert_eq!(all[..12], y_hat);
            assert_eq!(shorter.predict_member(member, &x[..4]).unwrap(), all[..6]);
        }
        let (given, taken) = (network.parameters(0).unwrap(), longer.parameters(0).unwrap());
        for (given, taken) in given.iter().zip(&taken) {
            let size = given.values.len() / if shared { 1 } else { 4 };
            let last = &given.values[given.values.len() - size..];
            assert!(taken.values.ends_with(&if shared { last.to_vec() } else { last.repeat(3) }));
        }
        assert_eq!((longer.steps(), longer.outputs()), (0, 18));
    }
    let flat = NetworkConfig::new(2, vec![LayerConfig::dense(1, Activation::Linear)], Loss::Mse);
    let message = Network::<f64>::new(flat).unwrap().with_steps(3).unwrap_err().to_string();
    assert!(message.contains("must be asked of a network on sequences"), "{message}");
}

#[test]
fn a_class_at_every_step_is_learned() {
    // The class of a step is the sign of the step before.
    let (rows, steps) = (60, 6);
    let x = normals(rows * steps, 8);
    let before = |i: usize| if i.is_multiple_of(steps) { 0.0 } else { x[i - 1] };
    let y: Vec<f64> = (0..x.len()).map(|i| if before(i) > 0.0 { 1.0 } else { 0.0 }).collect();
    let layers =
        vec![recurrent(8, StepOutputs::All, true), LayerConfig::dense(2, Activation::Linear)];
    let input = Shape::Steps { steps, features: 1 };
    let mut network = Network::<f32>::new(adam(input, layers, Loss::CrossEntropy, 1)).unwrap();
    assert_eq!((network.target_width(), network.classes(), network.outputs()), (6, 2, 12));
    assert!(network.load(&x, &y[..rows]).is_err(), "one class a row is too few");
    network.load(&x, &y).unwrap();
    network.step(800).unwrap();
    let y_hat = network.predict(&x).unwrap();
    assert!(y_hat.chunks_exact(2).all(|row| (row[0] + row[1] - 1.0).abs() < 1e-6));
    let found = score(Loss::CrossEntropy, &y_hat, &y, network.classes());
    assert!(found.error < 0.05, "{found:?}");
    let loss = network.gradients(&x, &y, None).unwrap().loss;
    assert!((loss - found.loss).abs() < 1e-4 * loss.max(1.0), "{loss} {found:?}");
}

/// An image on an empty frame, and the same some places down and to the right.
fn shifted(side: usize, by: (usize, usize)) -> (Vec<f64>, Vec<f64>) {
    let picture = normals(16, 2);
    let (mut x, mut moved) = (vec![0.0; side * side], vec![0.0; side * side]);
    for (i, value) in picture.iter().enumerate() {
        let (row, column) = (2 + i / 4, 3 + i % 4);
        x[row * side + column] = *value;
        moved[(row + by.0) * side + column + by.1] = *value;
    }
    (x, moved)
}

#[test]
fn convolutions_commute_with_shifts_to_the_last_bit() {
    let side = 12;
    let input = Shape::Image { channels: 1, height: side, width: side };
    let filters = |shared| Filters { padding: 1, shared, ..Filters::square(5, 3) };
    let gap = |shared: bool, pool: bool, by: (usize, usize)| {
        let first = conv2d(filters(shared), Activation::Tanh);
        let second = conv2d(Filters { count: 3, ..filters(shared) }, Activation::Relu);
        let mut layers = vec![first, second];
        layers.extend(pool.then(|| LayerConfig::max_pool(2)));
        let network = Network::<f32>::new(NetworkConfig::new(input, layers, Loss::Mse)).unwrap();
        let (x, moved) = shifted(side, by);
        let (y, moved) = (network.predict(&x).unwrap(), network.predict(&moved).unwrap());
        let (side, by) = if pool { (side / 2, (by.0 / 2, by.1 / 2)) } else { (side, by) };
        let mut largest = 0.0f64;
        for plane in 0..3 {
            for (row, column) in
                (0..side).flat_map(|row| (0..side).map(move |column| (row, column)))
            {
                // Two layers of padding can be seen from two places at the edges.
                let seen = |place: usize, by: usize| place >= 2 && place + by + 2 < side;
                if seen(row, by.0) && seen(column, by.1) {
                    let at = |row: usize, column: usize| (plane * side + row) * side + column;
                    let off = moved[at(row + by.0, column + by.1)] - y[at(row, column)];
                    largest = largest.max(off.abs());
                }
            }
        }
        largest
    };
    for by in [(0, 1), (1, 0), (2, 2), (4, 3)] {
        assert_eq!(gap(true, false, by), 0.0, "{by:?}");
        assert!(gap(false, false, by) > 0.1, "filters of their own know where they are");
    }
    for by in [(0, 2), (2, 0), (2, 2)] {
        assert_eq!(gap(true, true, by), 0.0, "pooled, {by:?}");
    }
}

#[test]
fn the_first_of_equal_numbers_gets_the_gradient_and_nan_is_not_hidden() {
    let input = Shape::Line { channels: 1, length: 7 };
    let config = NetworkConfig::new(input, vec![LayerConfig::max_pool(3)], Loss::HalfSse);
    let network = Network::<f64>::new(config).unwrap();
    let x = [1.0, 4.0, 4.0, -2.0, -2.0, -2.0, 9.0];
    assert_eq!(network.predict(&x).unwrap(), [4.0, -2.0], "the seventh number is left over");
    let gradients = network.gradients(&x, &[3.0, -7.0], None).unwrap();
    assert_eq!(gradients.input, [0.0, 1.0, 0.0, 5.0, 0.0, 0.0, 0.0]);
    assert!(gradients.parameters.is_empty() && gradients.untied.is_empty());
    // Convolutions that overflow hand on infinity and NaN; the largest number must not hide it.
    let filter =
        |size| LayerConfig::new(LayerKind::Conv1d(Filters::line(1, size)), Activation::Linear);
    let mut layers: Vec<_> = (0..8).map(|_| filter(1)).collect();
    layers.extend([filter(2), LayerConfig::max_pool(2)]);
    let mut network = Network::<f64>::new(NetworkConfig::new(input, layers, Loss::Mse)).unwrap();
    let mut parameters = network.parameters(0).unwrap();
    for weights in parameters.iter_mut().filter(|p| p.name.starts_with('w')) {
        weights.values = [3e38, -3e38][..weights.values.len()].to_vec();
    }
    network.set_parameters(&parameters, 0).unwrap();
    let y_hat = network.predict(&[1.0, 0.0, 3e38, 3e38, 0.0, 0.0, 0.0]).unwrap();
    assert!(y_hat[1].is_nan(), "{y_hat:?}");
}

#[test]
fn weights_start_as_stated() {
    let of = |kind, init, input: Shape| {
        let layer = LayerConfig { init, ..LayerConfig::new(kind, Activation::Linear) };
        let config = NetworkConfig::new(input, vec![layer], Loss::Mse);
        Network::<f64>::new(config).unwrap().parameters(0).unwrap()
    };
    let variance = |w: &[f64]| w.iter().map(|w| w * w).sum::<f64>() / w.len() as f64;
    let image = Shape::Image { channels: 3, height: 12, width: 12 };
    for shared in [true, false] {
        let kind = LayerKind::Conv2d(Filters {
            shared,
            ..Filters::square(if shared { 400 } else { 6 }, 5)
        });
        for (init, want) in [
            (Init::He, 2.0 / 75.0),
            (Init::Glorot, if shared { 2.0 / 10075.0 } else { 2.0 / 225.0 }),
        ] {
            let w = of(kind, init, image).remove(0);
            assert!((variance(&w.values) / want - 1.0).abs() < 0.05, "{init:?} {shared}");
        }
        let b = of(kind, Init::He, image).remove(1);
        assert!(b.values.iter().all(|&b| b == 0.0));
    }
    let kind = LayerKind::Conv2d(Filters { shared: false, ..Filters::square(2, 11) });
    let w = of(kind, Init::EqualRows, image).remove(0);
    assert_eq!(w.shape, [2, 2, 2, 3, 11, 11]);
    let rows: Vec<&[f64]> = w.values.chunks_exact(3 * 121).collect();
    assert!(rows.chunks_exact(2).all(|pair| pair[0] == pair[1]), "equal at every location");
    assert_ne!(rows[0], rows[2], "each location draws its own");
    let steps = Shape::Steps { steps: 2, features: 3 };
    let kind = LayerKind::Recurrent { units: 2, outputs: StepOutputs::Last, shared: false };
    assert_eq!(of(kind, Init::He, steps)[1].values, [1.0, 0.0, 0.0, 1.0].repeat(2));
    assert!(of(kind, Init::Zeros, steps).iter().all(|p| p.values.iter().all(|&w| w == 0.0)));
}

/// Images of 6 x 6 with one bright row or one bright column.
fn bars() -> Vec<f64> {
    let pixel = |bar: usize, i: usize| if bar < 6 { i / 6 == bar } else { i % 6 == bar - 6 };
    (0..12 * 36).map(|i| if pixel(i / 36, i % 36) { 1.0 } else { 0.0 }).collect()
}

#[test]
fn autoencoders_of_dense_layers_and_with_a_convolution_learn() {
    let x = bars();
    let mean = 1.0 / 6.0;
    let of_mean = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / x.len() as f64;
    let image = Shape::Image { channels: 1, height: 6, width: 6 };
    let dense = |units, activation| LayerConfig::dense(units, activation);
    let end = [dense(12, Activation::Tanh), dense(36, Activation::Linear)];
    let arms = [
        (Shape::Flat(36), vec![dense(20, Activation::Relu)]),
        (image, vec![conv2d(Filters::square(6, 3), Activation::Relu), LayerConfig::max_pool(2)]),
    ];
    for (input, encoder) in arms {
        let layers = [&encoder[..], &end].concat();
        let mut network = Network::<f32>::new(adam(input, layers, Loss::Mse, 2)).unwrap();
        network.load(&x, &x).unwrap();
        network.step(1500).unwrap();
        let loss = network.step(1).unwrap().loss;
        assert!(loss < of_mean / 20.0, "{input}: {loss}, and {of_mean} from the mean");
    }
}

#[test]
fn a_run_with_dropped_filters_is_the_same_however_it_is_sliced() {
    let image = Shape::Image { channels: 1, height: 6, width: 6 };
    let filters = Filters { padding: 1, stride: 2, ..Filters::square(4, 3) };
    let conv = LayerConfig { keep_prob: 0.5, ..conv2d(filters, Activation::Relu) };
    let layers = vec![conv, LayerConfig::max_pool(2), LayerConfig::dense(36, Activation::Linear)];
    let config = NetworkConfig { batch_size: 5, ..adam(image, layers, Loss::Mse, 3) };
    let run = |slices: &[u64]| {
        let mut network = Network::<f32>::new(config.clone()).unwrap();
        network.load(&bars(), &bars()).unwrap();
        for &steps in slices {
            network.step(steps).unwrap();
            network.predict(&bars()).unwrap();
        }
        network
    };
    let (whole, sliced) = (run(&[40]), run(&[1, 7, 12, 20]));
    assert_eq!(whole.parameters(0).unwrap(), sliced.parameters(0).unwrap());
    let masks = whole.masks(0).unwrap();
    // Inputs, filters at 3 x 3 locations, pooled: each times 5 rows.
    assert_eq!(masks.iter().map(Vec::len).collect::<Vec<_>>(), [5 * 36, 5 * 4 * 9, 5 * 4]);
    assert!(masks[1].contains(&0.0) && !masks[2].contains(&0.0));
}
