//! What the lab of dropout in linear regression shows of one column in other units.

use super::dropout_ridge::DropoutRidge;
use super::short;
use super::units::{Predictions, Units};
use crate::figure::{Axis, Body, Event, Handle, Mark, Place, Role, Series, round_up};
use crate::lab::Picture;

impl DropoutRidge {
    fn units(&self) -> &Units {
        let settings = &self.settings;
        self.units.get(|| {
            Units::of(settings.choice("dataset"), settings.real("keep_prob"), settings.seed())
        })
    }

    /// Both points, along the axis of units.
    pub(super) fn units_handles(&self) -> Vec<Handle> {
        let (units, power) = (self.units(), self.settings.real("unit"));
        let now = units.predictions(power);
        let handle = |(name, y): (&str, f64)| {
            let state = format!("unit {}, prediction {}", short(libm::pow(10.0, power)), short(y));
            let at = Place::Point { x: place(power), y };
            Handle::press(name, state, at).across("unit", power, 1.0)
        };
        [("unit, on dropout’s line", now.dropout), ("unit, on ridge’s line", now.ridge)]
            .map(handle)
            .to_vec()
    }

    /// Both predictions for one patient against the unit of one column. The unit is only looked at:
    /// nothing is trained for it.
    pub(super) fn units_picture(&self) -> Picture {
        let (units, power) = (self.units(), self.settings.real("unit"));
        let now = units.predictions(power);
        let x: Vec<f64> = units.curve.iter().map(|(power, _)| place(*power)).collect();
        let line = |name: &str, of: fn(&Predictions) -> f64| {
            let y = units.curve.iter().map(|(_, both)| of(both)).collect();
            Series::line(name, Role::Theory, x.clone(), y)
        };
        let knob = |name: &str, y: f64| {
            let point = Series::points(name, Role::Theory, vec![place(power)], vec![y]);
            point.with_mark(Mark::Spot).unlabelled()
        };
        let series = vec![
            line("formula", |both| both.dropout).labelled("dropout"),
            line("ridge", |both| both.ridge).dashed(),
            knob("formula, now", now.dropout),
            knob("ridge, now", now.ridge).dashed(),
        ];
        let (what, target, names) = match units.name.as_str() {
            "bp" => ("blood pressure", "predicted progression", ["mm", "cm", "dm", "m"]),
            name => (name, "prediction", ["1", "10", "100", "1,000"]),
        };
        let agree = Event { x: place(libm::log10(units.sd)), label: "standard units".to_string() };
        let x = Axis::named(format!("unit of {what}"), names.map(str::to_string).to_vec());
        let (low, high) = around(units.target);
        let body = Body::chart(x, Axis::linear(target, low, high), series, vec![agree]);
        let note = format!("dropout {}, ridge {}", short(now.dropout), short(now.ridge));
        Picture { note, description: told(units, power, what), body }
    }
}

/// What the picture shows, in words.
fn told(units: &Units, power: f64, what: &str) -> String {
    let (first, last) = (units.curve[0].1, units.curve[units.curve.len() - 1].1);
    let now = units.predictions(power);
    format!(
        "What is predicted for the row with the largest {what}, {} standard deviations above the mean, \
         against the unit that {what} is written in. In units of {} ridge says {} and dropout {}. From \
         units of 1 to units of 1,000 ridge goes from {} to {}, and dropout from {} to {}. In units of \
         the standard deviation, {}, both agree.",
        short(units.value),
        short(libm::pow(10.0, power)),
        short(now.ridge),
        short(now.dropout),
        short(first.ridge),
        short(last.ridge),
        short(first.dropout),
        short(last.dropout),
        short(units.sd)
    )
}

/// Where a power of ten stands on the axis of units.
fn place(power: f64) -> f64 {
    power + 1.0
}

/// Predictions from a little below the mean to above it, at round numbers: those for a large value.
fn around((mean, sd): (f64, f64)) -> (f64, f64) {
    let step = round_up(sd) / 2.0;
    let round = |value: f64| (value / step).round() * step;
    (round(mean - 0.5 * sd), round(mean + 1.25 * sd))
}
