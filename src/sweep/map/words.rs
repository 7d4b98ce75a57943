//! Numbers of a map in words: as the page writes them beside it.

pub(super) use super::super::words::measured;

use crate::numbers::{counted, power_of_ten, significant, whole};
use crate::param::ParamSpec;

/// A value of the main parameter: "0.4", "1,000", "10⁻⁸".
pub(super) fn place(x: f64) -> String {
    match power_of_ten(x, 6) {
        power if x != 0.0 && !(1e-4..1e7).contains(&x.abs()) => {
            power.strip_prefix("1·").map_or(power.clone(), str::to_string)
        }
        _ => significant(x, 6),
    }
}

/// The same with its symbol, or its name where it has none: "p = 0.4", "perturbation 10⁻⁸".
pub(super) fn at(parameter: &ParamSpec, x: f64) -> String {
    let equals = if parameter.symbol.is_empty() { "" } else { "= " };
    format!("{} {equals}{}", symbol(parameter), place(x))
}

/// The symbol of a parameter, or its name in small letters.
pub(super) fn symbol(parameter: &ParamSpec) -> String {
    match parameter.symbol {
        "" => parameter.label.to_lowercase(),
        symbol => symbol.to_string(),
    }
}

/// How many runs there are, and of which seeds.
pub(super) fn note(by_hand: usize, filled: usize, mut seeds: Vec<u32>) -> String {
    seeds.sort_unstable();
    seeds.dedup();
    let of = match seeds[..] {
        [] => return "no finished run yet".to_string(),
        [seed] => format!("seed {seed}"),
        _ => counted(seeds.len() as u64, "seed"),
    };
    match (by_hand, filled) {
        (_, 0) => format!("{} · {of}", counted(by_hand as u64, "run")),
        (0, _) => format!("{} filled in · {of}", whole(filled as u64)),
        _ => {
            format!("{}, {} filled in · {of}", counted(by_hand as u64, "run"), whole(filled as u64))
        }
    }
}
