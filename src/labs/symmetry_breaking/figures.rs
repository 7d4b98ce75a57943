//! What the lab of symmetry breaking shows.

use super::arms::{KINDS, PIXELS};
use super::likeness::max_difference;
use super::{FIGURES, Symmetry};
use crate::data::DIGIT_SIDE;
use crate::figure::{
    Axis, Body, Cell, Column, Figure, Heat, Image, Images, Role, Run, Series, Table, Unit, percent,
};

/// The range of the axis of differences.
const DIFFERENCES: (f64, f64) = (1e-3, 10.0);

/// Test images whose outputs are shown.
const SHOWN_IMAGES: usize = 20;

/// h₁, h₂, …
fn neuron(number: usize) -> String {
    let digits = number.to_string();
    let lowered = digits.bytes().map(|digit| char::from_u32(0x2080 + u32::from(digit - b'0')));
    format!("h{}", lowered.flatten().collect::<String>())
}

/// A difference in words.
fn told(difference: f64) -> String {
    if difference == 0.0 { "exactly 0".to_string() } else { format!("{difference:.3}") }
}

impl Symmetry {
    pub(super) fn rows_figure(&self) -> Figure {
        let (arm, kind) = (&self.arms[self.shown()], &KINDS[self.shown()]);
        let rows = arm.rows();
        let largest = rows.iter().fold(0.0f64, |largest, w| largest.max(w.abs()));
        let image = |(i, row): (usize, &[f64])| Image {
            pixels: row.iter().map(|w| w / largest.max(f64::MIN_POSITIVE)).collect(),
            caption: neuron(i + 1),
            role: Role::Neutral,
        };
        let items: Vec<Image> = rows.chunks_exact(PIXELS).enumerate().map(image).collect();
        let count = items.len();
        let note = if arm.difference == 0.0 {
            format!("{}: all {count} the same", kind.label)
        } else {
            format!("{}: up to {} apart", kind.label, told(arm.difference))
        };
        let description = format!(
            "The weights of the {count} hidden neurons as images of 8 by 8 pixels, blue where \
             positive and orange where negative, the strongest colour for {largest:.2}. In the \
             network “{}” the largest difference between two of them is {} after {} steps.",
            kind.label,
            told(arm.difference),
            self.steps()
        );
        let body = Body::Images(Images { width: DIGIT_SIDE, height: DIGIT_SIDE, items });
        Figure::of(FIGURES, "rows", note, description, body)
    }

    /// One curve an arm, those from number `first` on; the arm that is shown on top.
    fn courses(
        &self,
        first: usize,
        now: &[f64],
        role: Role,
        name: impl Fn(usize) -> String,
    ) -> Vec<Series> {
        let at = self.steps() as f64;
        let one = |arm: usize, role: Role| {
            self.curves.series(first + arm, &name(arm), role, Run::A, (at, now[arm]))
        };
        let others = (0..now.len()).filter(|&arm| arm != self.shown());
        let mut series: Vec<Series> = others.map(|arm| one(arm, Role::Member)).collect();
        series.push(one(self.shown(), role));
        series
    }

    fn step_axis(&self) -> Axis {
        let planned = self.settings.whole("steps") as f64;
        Axis::linear("step", 0.0, planned.max(self.steps() as f64))
    }

    pub(super) fn difference_figure(&self) -> Figure {
        let now: Vec<f64> = self.arms.iter().map(|arm| arm.difference).collect();
        let name = |arm: usize| {
            let zero = if now[arm] == 0.0 { ": exactly 0" } else { "" };
            format!("{}{zero}", KINDS[arm].label)
        };
        let series = self.courses(0, &now, Role::Average, name);
        let perturbation = self.settings.real("perturbation");
        let low = if perturbation > 0.0 { perturbation.min(DIFFERENCES.0) } else { DIFFERENCES.0 };
        let y = Axis::log("lower edge: exactly 0", low, DIFFERENCES.1);
        let note = told(now[self.shown()]);
        let all: Vec<String> = KINDS
            .iter()
            .zip(&now)
            .map(|(kind, &now)| format!("{}: {}", kind.label, told(now)))
            .collect();
        let description = format!(
            "The largest difference between two rows of W(1) after {} steps: {}. The axis is \
             logarithmic; a line on its lower edge is a difference of exactly 0.",
            self.steps(),
            all.join("; ")
        );
        let body = Body::chart(self.step_axis(), y, series, Vec::new());
        Figure::of(FIGURES, "difference", note, description, body)
    }

    pub(super) fn error_figure(&self) -> Figure {
        let now: Vec<f64> = self.measures().iter().map(|measures| measures.test_error).collect();
        let series = self.courses(now.len(), &now, Role::Test, |arm| KINDS[arm].label.to_string());
        let all: Vec<String> = KINDS
            .iter()
            .zip(&now)
            .map(|(kind, &now)| format!("{}: {}", kind.label, percent(now)))
            .collect();
        let description =
            format!("The test error after {} steps: {}.", self.steps(), all.join("; "));
        let y = Axis::linear("test error", 0.0, 1.0).percent();
        let body = Body::chart(self.step_axis(), y, series, Vec::new());
        Figure::of(FIGURES, "error", percent(now[self.shown()]), description, body)
    }

    pub(super) fn cosines_figure(&self) -> Figure {
        let measures = &self.measures()[self.shown()];
        let n = self.settings.whole("units");
        let note = format!("mean {:.2}", measures.mean_cosine);
        let description = format!(
            "A matrix of {n} rows and {n} columns: the cosine of the angle between the weights of \
             two neurons, 1 where they look for the same thing. Their mean off the diagonal is \
             {:.3}; the rows take {:.2} directions.",
            measures.mean_cosine, measures.effective_rank
        );
        let heat = Heat {
            label: "cosine".to_string(),
            items: ["neuron", "neuron"].map(String::from),
            rows: n,
            columns: n,
            low: -1.0,
            high: 1.0,
            values: measures.cosines.clone(),
            ..Heat::default()
        };
        Figure::of(FIGURES, "cosines", note, description, Body::Heat(heat))
    }

    pub(super) fn hidden_figure(&self) -> Figure {
        let units = self.settings.whole("units");
        let h = self.arms[self.shown()].hidden(&self.split.test.x[..SHOWN_IMAGES * PIXELS]);
        let line = |neuron: usize| {
            let x = (1..=SHOWN_IMAGES).map(|image| image as f64).collect();
            let y = h.iter().skip(neuron).step_by(units).copied().collect();
            Series::line("", Role::Neutral, x, y)
        };
        let images = h.chunks_exact(units);
        let apart = images.map(|h| max_difference(h, 1)).fold(0.0, f64::max);
        let note = match apart {
            0.0 => format!("{units} lines, all on one"),
            _ => format!("{units} lines"),
        };
        let description = format!(
            "One line a hidden neuron: its output for each of the first {SHOWN_IMAGES} test images. \
             The largest difference between two neurons for one image is {}.",
            told(apart)
        );
        let x = Axis::linear("test image", 1.0, SHOWN_IMAGES as f64);
        let y = Axis::linear("output", -1.0, 1.0);
        let body = Body::chart(x, y, (0..units).map(line).collect(), Vec::new());
        Figure::of(FIGURES, "hidden", note, description, body)
    }

    pub(super) fn arms_figure(&self) -> Figure {
        let plain = Column::plain;
        let error = Column { label: "test error".to_string(), unit: Unit::Percent };
        let columns = vec![
            plain("start"),
            plain("step 1"),
            plain("now"),
            plain("cosine"),
            plain("rank"),
            error,
        ];
        let difference = |value: f64| match value {
            0.0 => Cell::Text("exactly 0".to_string()),
            value if value.is_nan() => Cell::Text("–".to_string()),
            value => Cell::Number(value),
        };
        let all = || self.arms.iter().zip(self.measures()).zip(&KINDS);
        let rows = all().map(|((arm, measures), kind)| {
            vec![
                Cell::Text(kind.label.to_string()),
                difference(arm.first),
                difference(arm.difference),
                Cell::Number(measures.mean_cosine),
                Cell::Number(measures.effective_rank),
                Cell::Number(measures.test_error),
            ]
        });
        let body = Body::Table(Table { columns, rows: rows.collect() });
        let zero: Vec<&str> =
            all().filter(|((arm, _), _)| arm.most == 0.0).map(|(_, kind)| kind.label).collect();
        let note = match zero.len() {
            0 => "none is exactly equal".to_string(),
            count => format!("{count} exactly equal at every step"),
        };
        let description = format!(
            "The largest difference between two rows of W(1) after the first step and now, the mean \
             cosine between rows, their effective rank and the test error, after {} steps. Exactly \
             equal at every step so far: {}.",
            self.steps(),
            if zero.is_empty() { "none".to_string() } else { zero.join("; ") }
        );
        Figure::of(FIGURES, "arms", note, description, body)
    }
}
