//! A layer from plain data, read strictly, and back.

use super::config::default_init;
use super::{Filters, Init, LayerConfig, LayerKind, StepOutputs};
use crate::error::Result;
use crate::nn::Activation;
use crate::nn::shape::MAX_WIDTH;
use crate::value::{Reader, Value, whole_number};

#[derive(Clone, Copy)]
enum Name {
    Dense,
    Conv1d,
    Conv2d,
    MaxPool,
    Recurrent,
}

const NAMES: [(&str, Name); 5] = [
    ("dense", Name::Dense),
    ("conv1d", Name::Conv1d),
    ("conv2d", Name::Conv2d),
    ("max_pool", Name::MaxPool),
    ("recurrent", Name::Recurrent),
];

/// The keys of all kinds.
const KEYS: [&str; 13] = [
    "kind",
    "units",
    "filters",
    "kernel",
    "stride",
    "padding",
    "size",
    "outputs",
    "shared",
    "activation",
    "keep_prob",
    "init",
    "learning_rate_scale",
];

/// Reads a layer; `path` leads to it.
///
/// # Errors
/// One sentence for every missing, unknown or bad field.
pub fn read_layer(path: &str, value: Value, is_output: bool) -> Result<LayerConfig> {
    let mut reader = Reader::new(path, value);
    let Some(name) = reader.choice("kind", None, &NAMES) else {
        // Which fields are allowed depends on the kind: only what no kind has is unknown.
        KEYS.iter().for_each(|key| drop(reader.take(key)));
        return reader.finish(None);
    };
    let kind = read_kind(&mut reader, name);
    let (mut activation, mut init) = (Some(Activation::Linear), None);
    let mut learning_rate_scale = 1.0;
    if !matches!(name, Name::MaxPool) {
        let default = match name {
            Name::Recurrent => Activation::Tanh,
            _ => Activation::Linear,
        };
        activation = reader.choice("activation", Some(default), &Activation::NAMES);
        let default = default_init(activation.unwrap_or(default));
        init = reader.choice("init", Some(default), &Init::NAMES);
        learning_rate_scale = reader.not_negative("learning_rate_scale", 1.0);
    }
    let keep_prob = read_keep_prob(&mut reader, name, is_output);
    let init = init.unwrap_or(default_init(Activation::Linear));
    let layer =
        |(kind, activation)| LayerConfig { kind, activation, keep_prob, init, learning_rate_scale };
    reader.finish(kind.zip(activation).map(layer))
}

fn read_kind(reader: &mut Reader, name: Name) -> Option<LayerKind> {
    Some(match name {
        Name::Dense => {
            let units = width(reader, "units");
            LayerKind::Dense { units, shared: reader.flag("shared", true) }
        }
        Name::Conv1d | Name::Conv2d => {
            let filters = Filters {
                count: width(reader, "filters"),
                kernel: read_kernel(reader, matches!(name, Name::Conv2d)),
                stride: reader.whole("stride", Some(1), 1, MAX_WIDTH) as usize,
                padding: reader.whole("padding", Some(0), 0, MAX_WIDTH) as usize,
                shared: reader.flag("shared", true),
            };
            match name {
                Name::Conv1d => LayerKind::Conv1d(filters),
                _ => LayerKind::Conv2d(filters),
            }
        }
        Name::MaxPool => LayerKind::MaxPool { size: width(reader, "size") },
        Name::Recurrent => {
            let units = width(reader, "units");
            let outputs = reader.choice("outputs", None, &StepOutputs::NAMES);
            let shared = reader.flag("shared", true);
            LayerKind::Recurrent { units, outputs: outputs?, shared }
        }
    })
}

fn width(reader: &mut Reader, key: &'static str) -> usize {
    reader.whole(key, None, 1, MAX_WIDTH) as usize
}

/// A number, or for an image also [height, width].
fn read_kernel(reader: &mut Reader, on_image: bool) -> (usize, usize) {
    let number = |value: &Value| Some(whole_number(value, 1, MAX_WIDTH)? as usize);
    let or = if on_image { ", or two of them, [height, width]" } else { "" };
    let allowed = format!("a whole number from 1 to {MAX_WIDTH}{or}");
    let Some(given) = reader.take("kernel") else {
        reader.miss("kernel", &allowed);
        return (1, 1);
    };
    let sides = match &given {
        Value::List(sides) if on_image && sides.len() == 2 => {
            number(&sides[0]).zip(number(&sides[1]))
        }
        size => number(size).map(|size| (if on_image { size } else { 1 }, size)),
    };
    sides.unwrap_or_else(|| {
        reader.refuse("kernel", &given, &allowed);
        (1, 1)
    })
}

fn read_keep_prob(reader: &mut Reader, name: Name, is_output: bool) -> f64 {
    let only_1 = match name {
        Name::MaxPool => Some("1: a max_pool layer is not dropped"),
        Name::Recurrent => Some("1: a recurrent layer is not dropped"),
        _ if is_output => Some("1 in the output layer, which is never dropped"),
        _ => None,
    };
    match only_1 {
        Some(allowed) => reader.real("keep_prob", 1.0, allowed, |p| p == 1.0),
        None => reader.keep_prob("keep_prob"),
    }
}

/// The layer as plain data, every option of its kind written out.
pub fn layer_value(layer: &LayerConfig) -> Value {
    let number = |number: usize| Value::Number(number as f64);
    let mut fields = vec![("kind", Value::Text(layer.kind.name().to_string()))];
    match layer.kind {
        LayerKind::Dense { units, shared } => {
            fields.extend([("units", number(units)), ("shared", Value::Flag(shared))]);
        }
        LayerKind::Conv1d(filters) | LayerKind::Conv2d(filters) => {
            let Filters { count, kernel, stride, padding, shared } = filters;
            let is_number = kernel.0 == kernel.1 || matches!(layer.kind, LayerKind::Conv1d(_));
            let sides = || Value::List(vec![number(kernel.0), number(kernel.1)]);
            fields.extend([
                ("filters", number(count)),
                ("kernel", if is_number { number(kernel.1) } else { sides() }),
                ("stride", number(stride)),
                ("padding", number(padding)),
                ("shared", Value::Flag(shared)),
            ]);
        }
        LayerKind::MaxPool { size } => {
            fields.push(("size", number(size)));
            return Value::record(fields);
        }
        LayerKind::Recurrent { units, outputs, shared } => fields.extend([
            ("units", number(units)),
            ("outputs", Value::name_of(outputs, &StepOutputs::NAMES)),
            ("shared", Value::Flag(shared)),
        ]),
    }
    fields.push(("activation", Value::name_of(layer.activation, &Activation::NAMES)));
    if layer.kind.can_drop() {
        fields.push(("keep_prob", Value::Number(layer.keep_prob)));
    }
    fields.push(("init", Value::name_of(layer.init, &Init::NAMES)));
    fields.push(("learning_rate_scale", Value::Number(layer.learning_rate_scale)));
    Value::record(fields)
}
