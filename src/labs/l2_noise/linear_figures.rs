//! What the linear lab shows.

use super::charts::{
    at_alpha, copies_chart, steps_picture, weight_levels, weight_points, weights_chart,
};
use super::helps::{COPIES, DRAWS, Errors, GRID};
use super::linear::Linear;
use super::terms::Measured;
use super::{percent, short};
use crate::figure::{Axis, Body, Cell, Mark, Role, Series, doubled};
use crate::lab::Picture;
use crate::numbers::counted;

impl Linear {
    pub(super) fn weights_picture(&self) -> Picture {
        let average = self.fitting.average();
        let series = vec![
            weight_levels("ridge", &self.ridge),
            weight_points("last iterate", Role::Train, &self.fitting.last()),
            weight_points("SGD average", Role::Average, &average),
            weight_points("K copies", Role::Member, &self.fitting.copies.fit),
            weight_points("without noise", Role::Neutral, &self.plain).dashed(),
        ];
        let description = format!(
            "The weights by ridge and by the average of SGD with noise: {}.",
            self.problem.both_in_words(&self.ridge, &average)
        );
        let body = weights_chart(&self.problem.names, series, [&self.ridge, &self.plain]);
        let picture = Picture { note: String::new(), description, body };
        picture.told_once(self.fitting.steps > 0)
    }

    pub(super) fn steps_picture(&self) -> Picture {
        let told = |steps: String, [average, last, plain]: [String; 3]| {
            format!(
                "After {steps} the average over the second half of them is {average} from the ridge \
                 weights, the last iterate {last}; least squares without noise is {plain} from them."
            )
        };
        let planned = self.settings.real("steps");
        steps_picture(&self.fitting, &self.plain, planned, "distance to ridge", told)
    }

    pub(super) fn copies_picture(&self) -> Picture {
        let at = self.fitting.copies.counts.last().copied().unwrap_or(0.0);
        let now = self.fitting.copies.last_rms();
        let predicted = self.one_copy / at.max(1.0).sqrt();
        let note = format!("K = {at}: {}, predicted {}", percent(now), percent(predicted));
        let description = format!(
            "Least squares on K noisy copies, eight times with other noise (grey), the root of their \
             mean square (points), and the predicted line, which falls as one over the root of K. \
             {note}."
        );
        let law = ("predicted", Role::Theory);
        let wanted = self.settings.real("copies");
        let body =
            copies_chart(&self.fitting.copies, wanted, law, self.one_copy, "distance to ridge");
        Picture { note, description, body }
    }

    pub(super) fn terms_picture(&self) -> Picture {
        let terms = &self.terms;
        let heads = ["term", "measured", "± its error", "expected"];
        let row = |name: &str, Measured { mean, se }: Measured, expected: f64| {
            Cell::row(name, [mean, se, expected])
        };
        let exact = Measured { mean: terms.loss, se: 0.0 };
        let rows = vec![
            row("f(w), without noise", exact, terms.loss),
            row("cross term, 2 (xᵀw − y) nᵀw", terms.cross(), 0.0),
            row("quadratic term, (nᵀw)²", terms.quadratic(), terms.penalty),
            row("loss with noise", terms.augmented(), terms.loss + terms.penalty),
            row("difference", terms.gap(), 0.0),
        ];
        let gap = terms.gap();
        let note = counted(terms.drawn as u64, "noisy example");
        let told = format!(
            "Over {note}: the loss with noise is {}, f + α wᵀw is {}; they differ by {} with a \
             standard error of {}. The three terms add up to the loss with noise but for {}.",
            short(terms.augmented().mean),
            short(terms.loss + terms.penalty),
            short(gap.mean),
            short(gap.se),
            short(terms.identity_gap())
        );
        let none = "No noise is drawn yet: nothing is measured.".to_string();
        let description = if terms.drawn > 0.0 { told } else { none };
        Picture { note, description, body: Body::table(heads, rows) }
    }

    pub(super) fn helps_picture(&self) -> Picture {
        let draws = self.helps.finished();
        let (low, high) = (GRID[0], GRID[GRID.len() - 1]);
        let mut series = Vec::new();
        if let Some(first) = draws.first() {
            let ridge = first.on_grid().iter().map(|errors| errors.ridge);
            let one = Series::line("one draw", Role::Member, GRID.to_vec(), ridge.collect());
            series.push(one);
            let level = Series::level("no noise", Role::Test, [low, high], self.helps.plain());
            series.push(level.dashed());
            series.push(self.curve("ridge", Role::Theory, |errors| errors.ridge));
            let noise = self.curve("with noise", Role::Test, |errors| errors.noise);
            series.push(noise.with_mark(Mark::Points));
        }
        let highest = series.iter().flat_map(|series| &series.y).fold(1.0f64, |a, b| a.max(*b));
        let x = Axis::log("α", low, high);
        let y = Axis::linear(self.helps.unit(), 0.0, doubled(2.5, highest));
        let alpha = self.settings.real("alpha");
        let events = at_alpha(alpha, low..=high);
        let [noise, ridge, plain] =
            [self.helps.noise(), self.helps.ridge(), self.helps.plain()].map(short);
        let note = format!("{} of {DRAWS} draws", draws.len());
        let description = format!(
            "Mean over {note} of the training set. At alpha = {}: {noise} with noise ({COPIES} noisy \
             copies), {ridge} by ridge, {plain} without either. A single draw, in grey, can say \
             something else.",
            short(alpha)
        );
        Picture { note, description, body: Body::chart(x, y, series, events) }
    }

    /// The mean over the finished draws along the grid, with bars of one standard error.
    fn curve(&self, name: &str, role: Role, of: fn(&Errors) -> f64) -> Series {
        let at = |i: usize| self.helps.mean_and_se(|draw| of(&draw.on_grid()[i]));
        let (means, errors): (Vec<f64>, Vec<f64>) = (0..GRID.len()).map(at).unzip();
        let bounds = |sign: f64| {
            let pairs = means.iter().zip(&errors);
            pairs.map(|(mean, se)| mean + sign * se).collect::<Vec<f64>>()
        };
        let (low, high) = (bounds(-1.0), bounds(1.0));
        let series = Series::line(name, role, GRID.to_vec(), means);
        if role == Role::Theory { series } else { Series { low, high, ..series } }
    }
}
