//! What the lab of symmetry breaking shows.

use super::arms::{Arm, HIDDEN_DROPPED, KINDS, Kind, PIXELS};
use super::{FIGURES, Symmetry};
use crate::data::DIGIT_SIDE;
use crate::figure::{
    Axis, Body, Cell, Column, Figure, Heat, Image, Images, Role, Run, Series, Table, Unit,
};
use crate::nn::max_difference;
use crate::numbers::{NO_NUMBER, counted, difference, fixed, percent};

/// The range of the numbers on the axis of differences; exactly 0 lies below them.
const DIFFERENCES: (f64, f64) = (1e-3, 10.0);

/// The start of that axis, as a part of its lowest number.
const BELOW: f64 = 0.2;

/// Test images whose outputs are shown.
const SHOWN_IMAGES: usize = 20;

/// The most neurons side by side in a strip; more go on below.
const MOST_ACROSS: usize = 16;

/// From one neuron of a strip to the next, in pixels.
const APART: usize = DIGIT_SIDE + 2;

/// A difference in words.
fn told(size: f64) -> String {
    difference(size, 3)
}

/// The width and height of a strip of so many neurons, in pixels.
fn strip_size(units: usize) -> (usize, usize) {
    let side = |count: usize| count * APART - (APART - DIGIT_SIDE);
    (side(units.min(MOST_ACROSS)), side(units.div_ceil(MOST_ACROSS)))
}

/// An arm’s rows of W(1) as small images side by side, in the strongest colour where they are largest.
fn strip(arm: &Arm, kind: &Kind) -> Image {
    let rows = arm.rows();
    let (width, height) = strip_size(rows.len() / PIXELS);
    let largest = rows.iter().fold(f64::MIN_POSITIVE, |largest, w| largest.max(w.abs()));
    let mut pixels = vec![0.0; width * height];
    for (i, w) in rows.iter().enumerate() {
        let (unit, pixel) = (i / PIXELS, i % PIXELS);
        let x = unit % MOST_ACROSS * APART + pixel % DIGIT_SIDE;
        let y = unit / MOST_ACROSS * APART + pixel / DIGIT_SIDE;
        pixels[y * width + x] = w / largest;
    }
    Image { pixels, caption: apart(arm, kind), role: Role::Neutral }
}

/// How far an arm’s neurons are apart, in words.
fn apart(arm: &Arm, kind: &Kind) -> String {
    let by = match arm.difference {
        0.0 => "all the same".to_string(),
        difference => format!("up to {} apart", told(difference)),
    };
    format!("{}: {by}", kind.label)
}

impl Symmetry {
    pub(super) fn rows_figure(&self) -> Figure {
        let (width, height) = strip_size(self.settings.whole("units"));
        let items: Vec<Image> =
            self.arms.iter().zip(&KINDS).map(|(arm, kind)| strip(arm, kind)).collect();
        let all: Vec<&str> = items.iter().map(|item| item.caption.as_str()).collect();
        let description = format!(
            "One strip a network; in it the weights of its hidden neurons side by side, as images of 8 \
             by 8 pixels, blue where positive and orange where negative, in the strongest colour where \
             they are largest. After {}: {}.",
            counted(self.steps(), "step"),
            all.join("; ")
        );
        let note = "blue: positive weights, orange: negative".to_string();
        let body = Body::Images(Images { width, height, items });
        Figure::of(FIGURES, "rows", note, description, body)
    }

    /// One curve an arm, those from number `first` on. The arm with hidden neurons dropped is drawn as
    /// `role`, on top; the one whose numbers are shown is stronger than the others.
    fn courses(
        &self,
        first: usize,
        now: &[f64],
        role: Role,
        name: impl Fn(usize) -> String,
    ) -> Vec<Series> {
        let at = self.steps() as f64;
        let mut order: Vec<usize> = (0..now.len()).collect();
        order.sort_by_key(|&arm| (arm == HIDDEN_DROPPED, arm == self.shown()));
        let one = |arm: usize| {
            let role = match arm {
                HIDDEN_DROPPED => role,
                arm if arm == self.shown() => Role::Neutral,
                _ => Role::Member,
            };
            self.curves.series(first + arm, &name(arm), role, Run::A, (at, now[arm]))
        };
        order.into_iter().map(one).collect()
    }

    /// What stands at the end of an arm’s line. Before the first step the three arms that are equal in
    /// all are one point, and have one name.
    fn end(&self, arm: usize) -> &'static str {
        match (self.steps(), arm) {
            (0, 0) => "equal: all three",
            (0, 1 | HIDDEN_DROPPED) => "",
            _ => KINDS[arm].label,
        }
    }

    fn step_axis(&self) -> Axis {
        let planned = self.settings.whole("steps") as f64;
        Axis::linear("step", 0.0, planned.max(self.steps() as f64))
    }

    pub(super) fn difference_figure(&self) -> Figure {
        let now: Vec<f64> = self.arms.iter().map(|arm| arm.difference).collect();
        let name = |arm: usize| match (self.end(arm), now[arm]) {
            ("", _) => String::new(),
            (end, 0.0) => format!("{end}: exactly 0"),
            (end, _) => end.to_string(),
        };
        let series = self.courses(0, &now, Role::Average, name);
        let perturbation = self.settings.real("perturbation");
        let low = if perturbation > 0.0 { perturbation.min(DIFFERENCES.0) } else { DIFFERENCES.0 };
        let label = "largest difference between two rows of W⁽¹⁾";
        let y = Axis::log(label, BELOW * low, DIFFERENCES.1);
        let note = format!("{}: {}", KINDS[HIDDEN_DROPPED].label, told(now[HIDDEN_DROPPED]));
        let all: Vec<String> = KINDS
            .iter()
            .zip(&now)
            .map(|(kind, &now)| format!("{}: {}", kind.label, told(now)))
            .collect();
        let description = format!(
            "The largest difference between two rows of W⁽¹⁾ after {}: {}. The axis is \
             logarithmic; a line at its start, below all its numbers, is a difference of exactly 0.",
            counted(self.steps(), "step"),
            all.join("; ")
        );
        let body = Body::chart(self.step_axis(), y, series, Vec::new());
        Figure::of(FIGURES, "difference", note, description, body)
    }

    pub(super) fn error_figure(&self) -> Figure {
        let now: Vec<f64> = self.measures().iter().map(|measures| measures.test_error).collect();
        let series = self.courses(now.len(), &now, Role::Test, |arm| self.end(arm).to_string());
        let all: Vec<String> = KINDS
            .iter()
            .zip(&now)
            .map(|(kind, &now)| format!("{}: {}", kind.label, percent(now)))
            .collect();
        let description =
            format!("The test error after {}: {}.", counted(self.steps(), "step"), all.join("; "));
        let y = Axis::linear("test error", 0.0, 1.0).percent();
        let body = Body::chart(self.step_axis(), y, series, Vec::new());
        let note = format!("{}: {}", KINDS[HIDDEN_DROPPED].label, percent(now[HIDDEN_DROPPED]));
        Figure::of(FIGURES, "error", note, description, body)
    }

    pub(super) fn cosines_figure(&self) -> Figure {
        let measures = &self.measures()[self.shown()];
        let n = self.settings.whole("units");
        let mean = fixed(measures.mean_cosine, 3);
        let note = format!("{}: mean {mean}", KINDS[self.shown()].label);
        let description = format!(
            "A matrix of {n} rows and {n} columns: the cosine of the angle between the weights of \
             two neurons, 1 where they look for the same thing. Their mean off the diagonal is \
             {mean}; the rows take {} directions.",
            fixed(measures.effective_rank, 2)
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
        let label = KINDS[self.shown()].label;
        let note = match apart {
            0.0 => format!("{label}: {units} lines, all on one"),
            _ => format!("{label}: {units} lines"),
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
            value if value.is_nan() => Cell::Text(NO_NUMBER.to_string()),
            // In a narrow column it stays on one line.
            value => Cell::Text(told(value).replace(' ', "\u{a0}")),
        };
        let all = || self.arms.iter().zip(self.measures()).zip(&KINDS);
        let rows = all().map(|((arm, measures), kind)| {
            vec![
                Cell::Text(kind.label.to_string()),
                difference(arm.first),
                difference(arm.difference),
                Cell::Text(fixed(measures.mean_cosine, 3)),
                Cell::Text(fixed(measures.effective_rank, 2)),
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
            "The largest difference between two rows of W⁽¹⁾ after the first step and now, the mean \
             cosine between rows, their effective rank and the test error, after {}. Exactly \
             equal at every step so far: {}.",
            counted(self.steps(), "step"),
            if zero.is_empty() { "none".to_string() } else { zero.join("; ") }
        );
        Figure::of(FIGURES, "arms", note, description, body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Run as LabRun;
    use crate::labs::symmetry_breaking::SYMMETRY_BREAKING;
    use crate::param::Settings;

    #[test]
    fn the_strips_of_all_networks_show_whose_neurons_differ() {
        let settings = Settings::from_query(SYMMETRY_BREAKING.parameters, "units=3").unwrap();
        let mut run = LabRun::new(&SYMMETRY_BREAKING, settings).unwrap();
        run.step(2).unwrap();
        let Body::Images(images) = run.figure("rows").unwrap().body else { panic!("images") };
        assert_eq!((images.items.len(), images.width, images.height), (5, 28, 8));
        let alike = |image: &Image| {
            let mut lines = image.pixels.chunks_exact(images.width);
            lines.all(|line| line[..8] == line[10..18] && line[..8] == line[20..28])
        };
        let alike: Vec<bool> = images.items.iter().map(alike).collect();
        assert_eq!(alike, [true, true, false, false, false]);
        let told = images.items.iter().map(|item| item.caption.ends_with(": all the same"));
        assert_eq!(told.collect::<Vec<_>>(), alike);
    }

    #[test]
    fn exactly_zero_lies_below_all_numbers_of_the_axis() {
        let settings = Settings::defaults(SYMMETRY_BREAKING.parameters);
        let mut run = LabRun::new(&SYMMETRY_BREAKING, settings).unwrap();
        run.step(2).unwrap();
        let Body::Chart(chart) = run.figure("difference").unwrap().body else { panic!("a chart") };
        assert!(chart.y.min < DIFFERENCES.0);
        let zero: Vec<&str> =
            chart.series.iter().filter(|s| s.y == [0.0; 3]).map(|s| &*s.name).collect();
        assert_eq!(zero, ["equal, dropout on inputs: exactly 0", "equal, no dropout: exactly 0"]);
        let last = chart.series.last().unwrap();
        assert_eq!((last.role, &*last.name), (Role::Average, "equal, dropout on hidden neurons"));
    }

    #[test]
    fn many_neurons_go_on_below() {
        assert_eq!(strip_size(8), (78, 8));
        assert_eq!(strip_size(17), (158, 18));
    }
}
