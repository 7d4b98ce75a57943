//! A configuration from plain data, read strictly, and back.

use super::layer::{layer_value, read_layer};
use super::shape::MAX_WIDTH;
use super::{
    DropoutScaling, LayerConfig, Loss, NetworkConfig, OptimizerConfig, OptimizerKind, Shape,
};
use crate::error::Result;
use crate::value::{Reader, Value, whole_number};

/// The largest number of layers and of members, and batch, so that sizes cannot overflow.
const MAX_LAYERS: usize = 64;
const MAX_MEMBERS: u64 = 10_000;
const MAX_BATCH: u64 = 1 << 24;

const POSITIVE: &str = "a number above 0";

/// The largest number of 32 bits.
const LARGEST: f64 = f32::MAX as f64;

/// Where squares of gradients vanish in 32 bits, the root of what is left of them is below this, so that
/// no quotient with it grows out of rounding.
const SMALLEST_EPS: f64 = 1e-19;
const EPS: &str = "at least 1e-19, above what squares in 32 bits vanish below";

impl NetworkConfig {
    /// Reads a configuration from outside.
    ///
    /// # Errors
    /// One sentence for every missing, unknown or bad field, with its path, its value and what is
    /// allowed; and for a network that would not fit into memory.
    pub fn from_value(value: Value) -> Result<Self> {
        let mut reader = Reader::new("", value);
        let input = read_shape(&mut reader).unwrap_or(Shape::Flat(1));
        let layers = read_layers(&mut reader);
        let loss = reader.choice("loss", None, &Loss::NAMES);
        let mut config =
            NetworkConfig::new(input, layers.unwrap_or_default(), loss.unwrap_or(Loss::Mse));
        config.read_options(&mut reader);
        let config = reader.finish(Some(config))?;
        config.build()?;
        Ok(config)
    }

    fn read_options(&mut self, reader: &mut Reader) {
        self.keep_prob_input = reader.keep_prob("keep_prob_input");
        self.alpha = reader.not_negative("alpha", 0.0);
        self.l2 = reader.not_negative("l2", 0.0);
        if self.l2 > LARGEST / 2.0 {
            reader.refuse("l2", Value::Number(self.l2), "at most 1.7e38: its double is a slope");
        }
        let scaling = Some(self.dropout_scaling);
        self.dropout_scaling = reader
            .choice("dropout_scaling", scaling, &DropoutScaling::NAMES)
            .unwrap_or(self.dropout_scaling);
        if let Some(optimizer) = reader.take("optimizer") {
            let optimizer = read_optimizer(optimizer);
            self.optimizer = reader.absorb(optimizer).unwrap_or(self.optimizer.clone());
        }
        let max_norm = reader.real("max_norm", f64::INFINITY, POSITIVE, |x| x > 0.0);
        self.max_norm = max_norm.is_finite().then_some(max_norm);
        self.batch_size = reader.whole("batch_size", Some(32), 0, MAX_BATCH) as usize;
        self.n_members = reader.whole("n_members", Some(1), 1, MAX_MEMBERS) as usize;
        self.bootstrap = reader.flag("bootstrap", false);
        self.seed = reader.whole("seed", Some(0), 0, u64::from(u32::MAX)) as u32;
    }

    /// The configuration as plain data, every option written out; [`NetworkConfig::from_value`]
    /// reads it back.
    pub fn to_value(&self) -> Value {
        let mut fields = vec![
            ("input", shape_value(self.input)),
            ("layers", Value::List(self.layers.iter().map(layer_value).collect())),
            ("loss", Value::name_of(self.loss, &Loss::NAMES)),
            ("keep_prob_input", Value::Number(self.keep_prob_input)),
            ("alpha", Value::Number(self.alpha)),
            ("l2", Value::Number(self.l2)),
            ("dropout_scaling", Value::name_of(self.dropout_scaling, &DropoutScaling::NAMES)),
            ("optimizer", optimizer_value(&self.optimizer)),
        ];
        fields.extend(self.max_norm.map(|max_norm| ("max_norm", Value::Number(max_norm))));
        fields.extend([
            ("batch_size", Value::Number(self.batch_size as f64)),
            ("n_members", Value::Number(self.n_members as f64)),
            ("bootstrap", Value::Flag(self.bootstrap)),
            ("seed", Value::Number(f64::from(self.seed))),
        ]);
        Value::record(fields)
    }
}

/// Reads `{ steps, every }`; `every` is 1 where it is left out.
///
/// # Errors
/// As [`NetworkConfig::from_value`].
pub fn read_train_options(value: Value) -> Result<(u64, u64)> {
    const MOST: u64 = 1 << 53;
    let mut reader = Reader::new("", value);
    let steps = reader.whole("steps", None, 1, MOST);
    let every = reader.whole("every", Some(1), 1, MOST);
    reader.finish(Some((steps, every)))
}

fn read_layers(reader: &mut Reader) -> Option<Vec<LayerConfig>> {
    let allowed = format!("a list of 1 to {MAX_LAYERS} layers");
    match reader.take("layers") {
        Some(Value::List(items)) if !items.is_empty() && items.len() <= MAX_LAYERS => {
            let last = items.len() - 1;
            let mut layers = Vec::new();
            for (i, item) in items.into_iter().enumerate() {
                let layer = read_layer(&format!("layers[{i}]."), item, i == last);
                layers.extend(reader.absorb(layer));
            }
            Some(layers)
        }
        other => {
            reader.refuse("layers", other.unwrap_or(Value::Missing), &allowed);
            None
        }
    }
}

/// A number, [channels, length], [channels, height, width], or { steps, features }.
fn read_shape(reader: &mut Reader) -> Option<Shape> {
    match reader.take("input") {
        Some(Value::List(sides)) if (2..=3).contains(&sides.len()) => {
            let numbers = sides.iter().enumerate().map(|(i, side)| {
                let number = whole_number(side, 1, MAX_WIDTH);
                if number.is_none() {
                    let allowed = format!("a whole number from 1 to {MAX_WIDTH}");
                    reader.refuse(&format!("input[{i}]"), side, &allowed);
                }
                number.map_or(1, |number| number as usize)
            });
            Some(match numbers.collect::<Vec<usize>>()[..] {
                [channels, length] => Shape::Line { channels, length },
                [channels, height, width] => Shape::Image { channels, height, width },
                _ => unreachable!("two or three sides"),
            })
        }
        Some(value @ Value::Record(_)) => {
            let mut inner = Reader::new("input.", value);
            let steps = inner.whole("steps", None, 1, MAX_WIDTH) as usize;
            let features = inner.whole("features", None, 1, MAX_WIDTH) as usize;
            let shape = inner.finish(Some(Shape::Steps { steps, features }));
            reader.absorb(shape)
        }
        Some(other) => {
            let size = whole_number(&other, 1, MAX_WIDTH);
            if size.is_none() {
                reader.refuse("input", other, &shapes());
            }
            size.map(|size| Shape::Flat(size as usize))
        }
        None => {
            reader.miss("input", &shapes());
            None
        }
    }
}

/// What an input may be, in words.
fn shapes() -> String {
    format!(
        "a whole number from 1 to {MAX_WIDTH}, [channels, length], [channels, height, width] or \
         {{ steps, features }}"
    )
}

fn shape_value(shape: Shape) -> Value {
    let number = |number: usize| Value::Number(number as f64);
    match shape {
        Shape::Flat(size) => number(size),
        Shape::Steps { steps, features } => {
            Value::record(vec![("steps", number(steps)), ("features", number(features))])
        }
        other => Value::List(other.sides().into_iter().map(number).collect()),
    }
}

/// The constants each rule uses; a constant that would have no effect is refused.
fn constants_of(kind: OptimizerKind) -> &'static [&'static str] {
    use OptimizerKind::{Adagrad, Adam, Adamw, Momentum, Nesterov, Rmsprop, Sgd};
    match kind {
        Sgd | Momentum => &["momentum", "dampening", "weight_decay"],
        Nesterov => &["momentum", "weight_decay"],
        Adam | Adamw => &["beta1", "beta2", "eps", "weight_decay"],
        Rmsprop => &["momentum", "beta2", "eps", "weight_decay", "centered"],
        Adagrad => &["eps", "weight_decay"],
    }
}

/// The keys of all kinds of optimizers.
const OPTIMIZER_KEYS: [&str; 8] =
    ["learning_rate", "momentum", "dampening", "beta1", "beta2", "eps", "weight_decay", "centered"];

fn read_optimizer(value: Value) -> Result<OptimizerConfig> {
    let mut reader = Reader::new("optimizer.", value);
    let Some(kind) = reader.choice("kind", None, &OptimizerKind::NAMES) else {
        // Which fields are allowed depends on the kind: only what no kind has is unknown.
        OPTIMIZER_KEYS.iter().for_each(|key| drop(reader.take(key)));
        return reader.finish(None);
    };
    let learning_rate = reader.real("learning_rate", f64::NAN, POSITIVE, |x| x > 0.0);
    if learning_rate.is_nan() {
        reader.refuse("learning_rate", Value::Missing, POSITIVE);
    }
    let mut config = OptimizerConfig::new(kind, learning_rate);
    // What 32 bits round to 1 would be 1.
    let share = |x: f64| x >= 0.0 && (x as f32) < 1.0;
    for &key in constants_of(kind) {
        const SHARE: &str = "at least 0 and below 1, by 6e-8 or more";
        match key {
            "momentum" => config.momentum = reader.real(key, config.momentum, SHARE, share),
            "dampening" => config.dampening = reader.real(key, 0.0, SHARE, share),
            "beta1" => config.beta1 = reader.real(key, config.beta1, SHARE, share),
            "beta2" => config.beta2 = reader.real(key, config.beta2, SHARE, share),
            "eps" => config.eps = reader.real(key, config.eps, EPS, |x| x >= SMALLEST_EPS),
            "centered" => config.centered = reader.flag(key, false),
            _ => {
                let default = config.weight_decay;
                config.weight_decay = reader.not_negative(key, default);
            }
        }
    }
    // Adam begins with steps of this size, whatever the gradient.
    let first = config.learning_rate / (1.0 - config.beta1);
    if matches!(kind, OptimizerKind::Adam | OptimizerKind::Adamw) && first > LARGEST {
        let allowed = "smaller: divided by 1 - beta1 it is more than 32 bits hold";
        reader.refuse("learning_rate", Value::Number(learning_rate), allowed);
    }
    reader.finish(Some(config))
}

fn optimizer_value(config: &OptimizerConfig) -> Value {
    let mut fields = vec![
        ("kind", Value::name_of(config.kind, &OptimizerKind::NAMES)),
        ("learning_rate", Value::Number(config.learning_rate)),
    ];
    fields.extend(constants_of(config.kind).iter().map(|&key| {
        let value = match key {
            "momentum" => config.momentum,
            "dampening" => config.dampening,
            "beta1" => config.beta1,
            "beta2" => config.beta2,
            "eps" => config.eps,
            "centered" => return (key, Value::Flag(config.centered)),
            _ => config.weight_decay,
        };
        (key, Value::Number(value))
    }));
    Value::record(fields)
}
