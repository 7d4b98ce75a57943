//! A lab's map: its main metric against its main parameter, what is guessed about it, and which guess
//! the points bear out.

use crate::figure::{LineStyle, Role, Scale};
use serde::{Serialize, Serializer};

/// The one definition of a lab's map.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct MainSpec {
    /// The key of the main parameter: across.
    pub parameter: &'static str,
    /// What is measured: up. Outside, the keys of the metrics.
    #[serde(rename = "metrics")]
    pub curves: &'static [CurveSpec],
    /// What the curves are compared with, the most important first. Outside, the first one's key.
    #[serde(rename = "level", serialize_with = "first", skip_serializing_if = "<[_]>::is_empty")]
    pub levels: &'static [LevelSpec],
    /// The key of a choice: one curve for each of its values that was run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'static str>,
    /// The key of the choice of which curve is looked at, where every run measures all of them.
    #[serde(skip)]
    pub looked_at: Option<&'static str>,
    /// What is measured, in a few words: "test error".
    #[serde(skip)]
    pub up: &'static str,
    /// Other values of the main parameter that every run has measured as well.
    #[serde(skip)]
    pub beside: &'static [Beside],
    /// How the map goes to the right.
    pub scale_x: Scale,
    /// How it goes up.
    pub scale_y: Scale,
    /// Values of the main parameter that are run to fill the map in.
    pub stops: &'static [f64],
    /// How many seeds are run at each of them.
    pub seeds: u32,
    /// What can be guessed.
    pub guesses: &'static [Guess],
    /// What is asked of the points, to tell which guess is right.
    #[serde(skip)]
    pub ask: Ask,
    /// The standard deviation of one run over the seeds, as far as it is known before any: of the metric
    /// itself, or on a vertical axis of ratios as a share of it.
    #[serde(skip)]
    pub spread: f64,
}

/// A metric on the map.
#[derive(Clone, Copy, Debug)]
pub struct CurveSpec {
    /// Its key.
    pub metric: &'static str,
    /// What its line is called.
    pub name: &'static str,
    /// What it stands for.
    pub role: Role,
    /// Which of two that are compared it belongs to.
    pub run: LineStyle,
    /// The value of the map's `looked_at` that it belongs to.
    pub of: Option<&'static str>,
    /// How far up the vertical axis goes at least, so that it stays where it is while the map is filled
    /// in; 0 where only what is measured counts.
    pub reach: f64,
}

impl CurveSpec {
    /// A solid curve.
    pub const fn new(metric: &'static str, name: &'static str, role: Role) -> Self {
        CurveSpec { metric, name, role, run: LineStyle::Solid, of: None, reach: 0.0 }
    }

    /// The same curve, dashed: of what the others are compared with.
    pub const fn dashed(self) -> Self {
        CurveSpec { run: LineStyle::Dashed, ..self }
    }

    /// The same curve as that of one value of the map's `looked_at`.
    pub const fn of(self, value: &'static str) -> Self {
        CurveSpec { of: Some(value), ..self }
    }

    /// The same curve on an axis that goes up at least as far as this.
    pub const fn reaching(self, reach: f64) -> Self {
        CurveSpec { reach, ..self }
    }
}

impl Serialize for CurveSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.metric)
    }
}

/// Another value of the main parameter, whose network is trained beside a run's own.
#[derive(Clone, Copy, Debug)]
pub struct Beside {
    /// The value.
    pub at: f64,
    /// The keys of the map's metrics, each with the key of what was measured there.
    pub metrics: &'static [(&'static str, &'static str)],
}

/// What the curves of a map are compared with.
#[derive(Clone, Copy, Debug)]
pub struct LevelSpec {
    /// The key of a metric.
    pub metric: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it stands for.
    pub role: Role,
    /// Whether it is one number, whatever the main parameter: a dashed level; else it is a line.
    pub flat: bool,
    /// The value of the map's `looked_at` for which alone it is drawn.
    pub of: Option<&'static str>,
}

impl LevelSpec {
    /// One number, whatever the main parameter.
    pub const fn flat(metric: &'static str, name: &'static str, role: Role) -> Self {
        LevelSpec { metric, name, role, flat: true, of: None }
    }

    /// A line along the main parameter.
    pub const fn along(metric: &'static str, name: &'static str, role: Role) -> Self {
        LevelSpec { metric, name, role, flat: false, of: None }
    }

    /// The same level, drawn where this value of the map's `looked_at` is chosen.
    pub const fn of(self, value: &'static str) -> Self {
        LevelSpec { of: Some(value), ..self }
    }
}

fn first<S: Serializer>(levels: &&[LevelSpec], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(levels[0].metric)
}

/// What a reader can guess of a map.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Guess {
    /// The guess in words, which end the question.
    pub label: &'static str,
    /// The same as a curve: points in the unit square of the map, x to the right and y up.
    pub shape: &'static [[f64; 2]],
    /// The same in the third person, for a verdict: "it shrinks to nothing".
    #[serde(skip)]
    pub says: &'static str,
    /// What the points must say for it to be right.
    #[serde(skip)]
    pub answer: Answer,
}

impl Guess {
    /// Right where the curve that is asked about goes so.
    pub const fn trend(label: &'static str, shape: &'static [[f64; 2]], trend: Trend) -> Self {
        Guess { label, shape, says: trend.says(), answer: Answer::Trend(trend) }
    }

    /// Right where the number that is asked for lies between these two.
    pub const fn between(
        label: &'static str,
        shape: &'static [[f64; 2]],
        says: &'static str,
        (low, high): (f64, f64),
    ) -> Self {
        Guess { label, shape, says, answer: Answer::Between(low, high) }
    }
}

/// What must come out for a guess to be right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// The curve goes so.
    Trend(Trend),
    /// The number is at least the first and below the second.
    Between(f64, f64),
}

/// How a curve goes, from left to right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trend {
    /// Down.
    Falls,
    /// Up.
    Rises,
    /// Down, then up: a valley.
    FallsThenRises,
    /// Up, then down: a hill.
    RisesThenFalls,
    /// Neither, as far as the spread lets one see.
    Level,
}

impl Trend {
    /// The same in words.
    pub const fn says(self) -> &'static str {
        match self {
            Trend::Falls => "it falls",
            Trend::Rises => "it rises",
            Trend::FallsThenRises => "it falls, then rises",
            Trend::RisesThenFalls => "it rises, then falls",
            Trend::Level => "it stays the same",
        }
    }
}

/// What is asked of the points of a map. Curves are named by the keys of their metrics, and places are
/// values of the main parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ask {
    /// How a curve goes from one place to another.
    Trend {
        /// The curve.
        curve: &'static str,
        /// Where it begins.
        from: f64,
        /// Where it ends.
        to: f64,
    },
    /// A curve's value at a place.
    Value {
        /// The curve.
        curve: &'static str,
        /// Where.
        at: f64,
    },
    /// A curve's value at one place, divided by that at another.
    Ratio {
        /// The curve.
        curve: &'static str,
        /// Where the value is that the other is divided by.
        from: f64,
        /// Where the other is.
        to: f64,
    },
    /// What a curve is multiplied by where the main parameter is multiplied by `times`, by its slope on
    /// axes of ratios.
    PerTimes {
        /// The curve.
        curve: &'static str,
        /// What the main parameter is multiplied by.
        times: f64,
    },
    /// How many times as much of the main parameter a curve takes to come down to where another is.
    Reaches {
        /// The curve that comes down.
        curve: &'static str,
        /// The curve it is compared with.
        target: &'static str,
        /// Where that one is looked at.
        at: f64,
    },
    /// How far one curve lies above another at one place, divided by the same at another place.
    Gap {
        /// The upper curve.
        above: &'static str,
        /// The lower one.
        below: &'static str,
        /// Where the gap is that the other is divided by.
        from: f64,
        /// Where the other is.
        to: f64,
    },
    /// Where a curve lies between two others: 0 on the lower, 1 on the upper one.
    Between {
        /// The curve.
        curve: &'static str,
        /// The lower one of the others.
        low: &'static str,
        /// The upper one.
        high: &'static str,
        /// Where.
        at: f64,
    },
}

/// Shapes that several maps offer as guesses.
pub mod shapes {
    /// A curve that falls.
    pub const FALLS: &[[f64; 2]] = &[[0.06, 0.86], [0.3, 0.56], [0.6, 0.32], [0.94, 0.16]];
    /// One that rises.
    pub const RISES: &[[f64; 2]] = &[[0.06, 0.16], [0.4, 0.32], [0.7, 0.56], [0.94, 0.86]];
    /// One that falls and then rises.
    pub const VALLEY: &[[f64; 2]] = &[
        [0.06, 0.86],
        [0.14, 0.58],
        [0.23, 0.36],
        [0.33, 0.22],
        [0.44, 0.15],
        [0.55, 0.15],
        [0.66, 0.2],
        [0.8, 0.32],
        [0.94, 0.48],
    ];
    /// One that stays where it is.
    pub const STAYS: &[[f64; 2]] = &[[0.06, 0.5], [0.94, 0.5]];
    /// The outline of a gap that closes to the right.
    pub const CLOSES: &[[f64; 2]] =
        &[[0.06, 0.88], [0.5, 0.46], [0.94, 0.2], [0.5, 0.32], [0.06, 0.5]];
    /// Of one that opens.
    pub const OPENS: &[[f64; 2]] =
        &[[0.94, 0.66], [0.5, 0.7], [0.06, 0.8], [0.5, 0.44], [0.94, 0.14]];
    /// Of one that stays as wide as it is.
    pub const KEEPS: &[[f64; 2]] = &[[0.06, 0.88], [0.94, 0.5], [0.94, 0.16], [0.06, 0.54]];
}
