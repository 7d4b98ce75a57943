//! Reference values of convolution, pooling and recurrence (tests/reference), on every field.

mod common;

use common::{assert_close, assert_fields, cases, flat, number};
use regularization_playground::nn::{
    Activation, Filters, LayerConfig, LayerKind, Loss, Network, NetworkConfig, Parameter, Real,
    Shape, StepOutputs,
};
use serde_json::Value;

/// The lengths of nested lists, from the outermost on.
fn shape_of(value: &Value) -> Vec<usize> {
    match value {
        Value::Array(items) => [vec![items.len()], shape_of(&items[0])].concat(),
        _ => Vec::new(),
    }
}

fn input_of(x: &Value) -> Shape {
    match shape_of(x)[1..] {
        [channels, length] => Shape::Line { channels, length },
        [channels, height, width] => Shape::Image { channels, height, width },
        _ => panic!("no signal and no image"),
    }
}

fn whole(value: &Value) -> usize {
    value.as_u64().expect("a whole number") as usize
}

/// Of half the summed squares, the gradient with respect to the outputs is (y_hat - y) / rows: the
/// targets that make it what the case gives.
fn targets<T: Real>(network: &Network<T>, x: &[f64], upstream: &[f64]) -> Vec<f64> {
    let rows = (x.len() / network.inputs()) as f64;
    let y_hat = network.predict(x).unwrap();
    y_hat.iter().zip(upstream).map(|(y_hat, g)| y_hat - rows * g).collect()
}

fn network_of<T: Real>(input: Shape, kind: LayerKind) -> Network<T> {
    let layer = LayerConfig::new(kind, Activation::Linear);
    Network::new(NetworkConfig::new(input, vec![layer], Loss::HalfSse)).unwrap()
}

fn check_conv<T: Real>(case: &Value, tolerance: f64) {
    let known =
        ["name", "op", "stride", "padding", "x", "w", "b", "y", "upstream", "dw", "db", "dx"];
    assert_fields(case, &[&known[..], &["dw_per_location"]].concat());
    let (name, x) = (case["name"].as_str().unwrap(), flat(&case["x"]));
    let close = |what: &str, got: &[f64], want: &Value| {
        assert_close(&format!("{name} {what}"), got, &flat(want), tolerance);
    };
    let is_line = case["op"] == "conv1d";
    let w_shape = shape_of(&case["w"]);
    let kernel = if is_line { (1, w_shape[2]) } else { (w_shape[2], w_shape[3]) };
    let (stride, padding) = (whole(&case["stride"]), whole(&case["padding"]));
    let filters = Filters { count: w_shape[0], kernel, stride, padding, shared: true };
    let kind = |filters| {
        if is_line { LayerKind::Conv1d(filters) } else { LayerKind::Conv2d(filters) }
    };
    let parameter = |name: &str, value: &Value| Parameter {
        name: name.into(),
        shape: shape_of(value),
        values: flat(value),
    };
    let mut network = network_of::<T>(input_of(&case["x"]), kind(filters));
    let given = [parameter("w1", &case["w"]), parameter("b1", &case["b"])];
    network.set_parameters(&given, 0).unwrap();
    close("y", &network.predict(&x).unwrap(), &case["y"]);
    let y = targets(&network, &x, &flat(&case["upstream"]));
    let found = network.gradients(&x, &y, None).unwrap();
    close("dw", &found.parameters[0].values, &case["dw"]);
    close("db", &found.parameters[1].values, &case["db"]);
    close("dx", &found.input, &case["dx"]);
    let per_location = &case["dw_per_location"];
    assert_eq!(found.untied[0].shape, shape_of(per_location));
    close("dw_per_location", &found.untied[0].values, per_location);
    let apart = kind(Filters { shared: false, ..filters });
    check_apart(case, network_of::<T>(input_of(&case["x"]), apart), &y, close);
}

/// The layer with filters of its own at every location, each a copy of the shared ones.
fn check_apart<T: Real>(
    case: &Value,
    mut apart: Network<T>,
    y: &[f64],
    close: impl Fn(&str, &[f64], &Value),
) {
    let x = flat(&case["x"]);
    let mut copies = apart.parameters(0).unwrap();
    for (copies, one) in copies.iter_mut().zip(["w", "b"]) {
        let one = flat(&case[one]);
        copies.values = one.repeat(copies.values.len() / one.len());
    }
    apart.set_parameters(&copies, 0).unwrap();
    close("y, apart", &apart.predict(&x).unwrap(), &case["y"]);
    let found = apart.gradients(&x, y, None).unwrap();
    close("dw, apart", &found.parameters[0].values, &case["dw_per_location"]);
    close("dx, apart", &found.input, &case["dx"]);
    assert!(found.untied.is_empty());
}

fn check_pool<T: Real>(case: &Value, tolerance: f64) {
    assert_fields(case, &["name", "op", "k", "x", "y", "upstream", "dx"]);
    let (name, x) = (case["name"].as_str().unwrap(), flat(&case["x"]));
    let kind = LayerKind::MaxPool { size: whole(&case["k"]) };
    let network = network_of::<T>(input_of(&case["x"]), kind);
    let y_hat = network.predict(&x).unwrap();
    assert_close(&format!("{name} y"), &y_hat, &flat(&case["y"]), tolerance);
    let y = targets(&network, &x, &flat(&case["upstream"]));
    let found = network.gradients(&x, &y, None).unwrap();
    assert_close(&format!("{name} dx"), &found.input, &flat(&case["dx"]), tolerance);
}

#[test]
fn convolution_and_pooling_in_64_and_in_32_bits() {
    let cases = cases("conv");
    assert_eq!(cases.len(), 5);
    for case in &cases {
        match case["op"].as_str().unwrap() {
            "conv1d" | "conv2d" => {
                check_conv::<f64>(case, 1e-10);
                check_conv::<f32>(case, 1e-4);
            }
            "maxpool2d" => {
                check_pool::<f64>(case, 1e-10);
                check_pool::<f32>(case, 1e-4);
            }
            other => panic!("nobody checks {other}"),
        }
    }
}

/// A case of recurrence. A state that does not start at 0 comes in as more features of the first
/// time step, on which the weights are those on the state.
struct Recurrence<'a> {
    case: &'a Value,
    rows: usize,
    steps: usize,
    features: usize,
    units: usize,
    outputs: usize,
}

impl<'a> Recurrence<'a> {
    fn new(case: &'a Value) -> Self {
        let x = shape_of(&case["x"]);
        let wy = shape_of(&case["params"]["Wy"]);
        Recurrence { case, rows: x[0], steps: x[1], features: x[2], units: wy[1], outputs: wy[0] }
    }

    fn x(&self) -> Vec<f64> {
        let (x, h0) = (flat(&self.case["x"]), flat(&self.case["h0"]));
        let mut with_state = Vec::new();
        for (row, h0) in x.chunks_exact(self.steps * self.features).zip(h0.chunks(self.units)) {
            for (step, x) in row.chunks_exact(self.features).enumerate() {
                with_state.extend_from_slice(x);
                with_state.extend(h0.iter().map(|h| if step == 0 { *h } else { 0.0 }));
            }
        }
        with_state
    }

    fn network<T: Real>(&self, loss: Loss, outputs: StepOutputs) -> Network<T> {
        let activation = match self.case["activation"].as_str().unwrap() {
            "tanh" => Activation::Tanh,
            "linear" => Activation::Linear,
            other => panic!("nobody knows {other}"),
        };
        let kind = LayerKind::Recurrent { units: self.units, outputs, shared: true };
        let layers = vec![
            LayerConfig::new(kind, activation),
            LayerConfig::dense(self.outputs, Activation::Linear),
        ];
        let input = Shape::Steps { steps: self.steps, features: self.features + self.units };
        let mut network = Network::new(NetworkConfig::new(input, layers, loss)).unwrap();
        let mut parameters = network.parameters(0).unwrap();
        assert_fields(&self.case["params"], &["Wx", "Wh", "bh", "Wy", "by"]);
        let of = |name: &str| flat(&self.case["params"][name]);
        parameters[0].values = self.beside(&of("Wx"), &of("Wh"));
        for (parameter, name) in parameters[1..].iter_mut().zip(["Wh", "bh", "Wy", "by"]) {
            parameter.values = of(name);
        }
        network.set_parameters(&parameters, 0).unwrap();
        network
    }

    /// Rows of weights on features and rows of weights on the state, side by side.
    fn beside(&self, wx: &[f64], wh: &[f64]) -> Vec<f64> {
        let rows = wx.chunks_exact(self.features).zip(wh.chunks_exact(self.units));
        rows.flat_map(|(x, h)| [x, h].concat()).collect()
    }

    /// The gradients as the case names them: those on the state of the first step and on all later
    /// ones together.
    fn named(&self, parameters: &[Parameter]) -> Vec<(&'static str, Vec<f64>)> {
        let (mut wx, mut wh) = (Vec::new(), Vec::new());
        for row in parameters[0].values.chunks_exact(self.features + self.units) {
            wx.extend_from_slice(&row[..self.features]);
            wh.extend_from_slice(&row[self.features..]);
        }
        wh.iter_mut().zip(&parameters[1].values).for_each(|(wh, later)| *wh += later);
        let names = ["Wx", "Wh", "bh", "Wy", "by"];
        let rest = parameters[2..].iter().map(|parameter| parameter.values.clone());
        names.into_iter().zip([wx, wh].into_iter().chain(rest)).collect()
    }

    /// Rows x steps x width to steps x rows x width.
    fn by_step(&self, values: &[f64]) -> Vec<f64> {
        let width = values.len() / self.rows / self.steps;
        let place = |step, row| (row * self.steps + step) * width;
        let places = (0..self.steps).flat_map(|step| (0..self.rows).map(move |row| (step, row)));
        places.flat_map(|(step, row)| values[place(step, row)..][..width].to_vec()).collect()
    }
}

fn check_recurrence<T: Real>(case: &Value, tolerance: f64) {
    let known = ["name", "activation", "loss", "loss_on", "x", "h0", "params", "target", "hidden"];
    let rest = ["outputs", "loss_value", "grads_tied", "grads_per_timestep"];
    assert_fields(case, &[&known[..], &rest].concat());
    assert_eq!(case["loss"], "mse");
    let (this, name) = (Recurrence::new(case), case["name"].as_str().unwrap());
    let close = |what: &str, got: &[f64], want: &Value| {
        assert_close(&format!("{name} {what}"), got, &flat(want), tolerance);
    };
    let (x, target) = (this.x(), flat(&case["target"]));
    let on = if case["loss_on"] == "last" { StepOutputs::Last } else { StepOutputs::All };
    let network = this.network::<T>(Loss::Mse, on);
    let found = network.gradients(&x, &target, None).unwrap();
    close("loss_value", &[found.loss], &case["loss_value"]);
    assert_fields(&case["grads_tied"], &["Wx", "Wh", "bh", "Wy", "by"]);
    for (which, got) in this.named(&found.parameters) {
        close(which, &got, &case["grads_tied"][which]);
    }
    let all = this.network::<T>(Loss::HalfSse, StepOutputs::All);
    check_steps(&this, &all, close);
    let mut states = all.config().clone();
    states.layers.truncate(1);
    let mut states = Network::<T>::new(states).unwrap();
    states.set_parameters(&all.parameters(0).unwrap()[..3], 0).unwrap();
    close("hidden", &this.by_step(&states.predict(&x).unwrap()), &case["hidden"]);
}

/// The outputs of all steps, and what each step adds to the gradients.
fn check_steps<T: Real>(this: &Recurrence, all: &Network<T>, close: impl Fn(&str, &[f64], &Value)) {
    let (case, x, target) = (this.case, this.x(), flat(&this.case["target"]));
    let y_hat = all.predict(&x).unwrap();
    close("outputs", &this.by_step(&y_hat), &case["outputs"]);
    // Targets that give the same gradient on all outputs: 0 where nothing was asked.
    let slope = 2.0 / target.len() as f64;
    let mut y = y_hat.clone();
    let asked = target.len() / this.rows;
    for (row, target) in target.chunks_exact(asked).enumerate() {
        let last = (row + 1) * this.steps * this.outputs;
        for (i, target) in (last - asked..last).zip(target) {
            y[i] = y_hat[i] - this.rows as f64 * slope * (y_hat[i] - target);
        }
    }
    let found = all.gradients(&x, &y, None).unwrap();
    assert_fields(&case["grads_per_timestep"], &["Wx", "Wh", "bh", "Wy", "by"]);
    assert_eq!(found.untied.len(), 5);
    for (which, got) in this.named(&found.untied) {
        close(&format!("{which}, step by step"), &got, &case["grads_per_timestep"][which]);
    }
}

#[test]
fn recurrence_in_64_and_in_32_bits() {
    let cases = cases("rnn");
    assert_eq!(cases.len(), 3);
    for case in &cases {
        assert!(number(&case["loss_value"]) > 0.0);
        check_recurrence::<f64>(case, 1e-10);
        check_recurrence::<f32>(case, 1e-4);
    }
}
