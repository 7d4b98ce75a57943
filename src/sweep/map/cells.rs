//! The runs that fill a map in.

use super::state::main_of;
use crate::error::Result;
use crate::lab::LabSpec;
use crate::param::Settings;
use crate::value::Value;
use serde::Serialize;

/// One run of the fill-in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapCell {
    /// The value of the main parameter.
    pub x: f64,
    /// The seed.
    pub seed: u32,
    /// What a link to it holds.
    pub query: String,
}

/// The runs that fill in the map of a lab with these settings: every stop with the settings' own seed,
/// then every stop with the next one. A stop outside the parameter's range is left out; whether the lab
/// takes it together with the other settings shows when it is run, since to build a lab takes time.
///
/// # Errors
/// Where the lab has no map.
pub fn map_cells(lab: &'static LabSpec, settings: &Settings) -> Result<Vec<MapCell>> {
    let main = main_of(lab)?;
    let with = |key: &'static str, number: f64| settings.with([(key, &Value::Number(number))]);
    let allowed = |&x: &f64| with(main.parameter, x).is_ok();
    let stops: Vec<f64> = main.stops.iter().copied().filter(allowed).collect();
    let mut cells = Vec::new();
    for later in 0..main.seeds {
        let seed = settings.seed().wrapping_add(later);
        let number = Value::Number(f64::from(seed));
        for &x in &stops {
            let at = settings.with([(main.parameter, &Value::Number(x)), ("seed", &number)])?;
            cells.push(MapCell { x, seed, query: at.query() });
        }
    }
    Ok(cells)
}
