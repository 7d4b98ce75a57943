//! Input that nobody meant: files of the corpus, changed at random. The same seed gives the same input.

use serde_json::Value;

/// What the files of a kind are.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    /// Any bytes.
    Bytes,
    /// Words.
    Text,
    /// JSON, perhaps below a line of words.
    Json,
}

/// What is put in: limits, what is no number, and what other programs have stumbled over.
const TOKENS: [&str; 52] = [
    "NaN",
    "Infinity",
    "-Infinity",
    "inf",
    "-0",
    "0",
    "1",
    "-1",
    "0.5",
    "1e308",
    "1e309",
    "-1e309",
    "5e-324",
    "1e-400",
    "3.7",
    "255",
    "256",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "1e21",
    "00",
    "0x10",
    "1_000",
    "1,5",
    "٣",
    "½",
    "null",
    "true",
    "false",
    "undefined",
    "",
    " ",
    "\t",
    "\r\n",
    "\n\n",
    "\"",
    "\"\"",
    "'",
    "&",
    "=",
    "%",
    "%00",
    "%2",
    "%ff",
    ";",
    "..",
    "__proto__",
    "constructor",
    "\u{202e}",
    "\u{feff}",
    "\0",
];

/// A stream of chance: SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A whole number below `end`, which is above 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// One of these files, changed in one to eight places.
pub fn mutated(form: Form, files: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = chance.one(files).clone();
    let structured = form == Form::Json && chance.below(4) > 0;
    for _ in 0..=chance.below(8) {
        input = match structured {
            true => changed_value(&input, chance).unwrap_or(input),
            false => changed_bytes(input, form, files, chance),
        };
    }
    input
}

/// A part of the input, from one place to another.
fn part(length: usize, chance: &mut Chance) -> (usize, usize) {
    let (a, b) = (chance.below(length + 1), chance.below(length + 1));
    let (start, end) = (a.min(b), a.max(b));
    (start, end.min(start + 1 + chance.below(40)).min(length))
}

fn changed_bytes(
    mut input: Vec<u8>,
    form: Form,
    files: &[Vec<u8>],
    chance: &mut Chance,
) -> Vec<u8> {
    let (start, end) = part(input.len(), chance);
    match chance.below(7) {
        0 => drop(input.drain(start..end)),
        1 => input.truncate(start),
        2 => {
            let again = input[start..end].to_vec();
            input.splice(start..start, again);
        }
        3 => {
            let other = chance.one(files);
            let (from, to) = part(other.len(), chance);
            input.splice(start..end, other[from..to].iter().copied());
        }
        4 if form != Form::Text => {
            if let Some(byte) = input.get_mut(start) {
                *byte ^= 1 << chance.below(8);
            }
        }
        _ => drop(input.splice(start..end, chance.one(&TOKENS).bytes()).collect::<Vec<_>>()),
    }
    input
}

/// JSON with one of its values changed; none where there is none to begin with.
fn changed_value(input: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let head = match input.first()? {
        b'{' | b'[' => 0,
        _ => input.iter().position(|&byte| byte == b'\n')? + 1,
    };
    let mut value: Value = serde_json::from_slice(&input[head..]).ok()?;
    let whole = value.clone();
    change(&mut value, &whole, chance);
    Some([&input[..head], &serde_json::to_vec(&value).ok()?].concat())
}

/// Changes a value, or one within it.
fn change(value: &mut Value, whole: &Value, chance: &mut Chance) {
    let deeper = chance.below(8) > 0;
    match value {
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = chance.below(items.len());
            match chance.below(10) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                2 => items.clear(),
                _ => change(&mut items[at], whole, chance),
            }
        }
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let key = fields.keys().nth(chance.below(fields.len())).cloned().unwrap_or_default();
            match chance.below(12) {
                0 => drop(fields.remove(&key)),
                1 => {
                    let moved = fields.remove(&key).unwrap_or_default();
                    fields.insert(chance.one(&TOKENS).to_string(), moved);
                }
                _ => {
                    fields.get_mut(&key).into_iter().for_each(|inner| change(inner, whole, chance))
                }
            }
        }
        other => *other = another(other, whole, chance),
    }
}

/// A value in the place of this one.
fn another(value: &Value, whole: &Value, chance: &mut Chance) -> Value {
    let token = *chance.one(&TOKENS);
    match (chance.below(6), value) {
        (0 | 1, Value::Number(number)) => {
            let factors = [-1.0, 0.0, 0.5, 2.0, 10.0, 1e3, 1e9, 1e-9, 1e300];
            serde_json::Number::from_f64(number.as_f64().unwrap_or(1.0) * chance.one(&factors))
                .into()
        }
        (0 | 1, Value::String(text)) => {
            let at = text.char_indices().nth(chance.below(text.chars().count() + 1));
            let (before, after) = text.split_at(at.map_or(text.len(), |(at, _)| at));
            format!("{before}{token}{after}").into()
        }
        (2, _) => token.into(),
        (3, _) => Value::Null,
        (4, _) => within(whole, chance).clone(),
        _ => serde_json::from_str(token).unwrap_or(Value::Bool(chance.below(2) == 0)),
    }
}

/// Any value within another.
fn within<'a>(value: &'a Value, chance: &mut Chance) -> &'a Value {
    let inner = match value {
        Value::Array(items) if !items.is_empty() => items.get(chance.below(items.len())),
        Value::Object(fields) if !fields.is_empty() => {
            fields.values().nth(chance.below(fields.len()))
        }
        _ => None,
    };
    match inner {
        Some(inner) if chance.below(4) > 0 => within(inner, chance),
        _ => value,
    }
}
