//! What the lab of dropout in linear regression shows.

use super::charts::{copies_chart, steps_picture, weight_levels, weight_points, weights_chart};
use super::dropout_ridge::DropoutRidge;
use super::{percent, short};
use crate::figure::{Body, Cell, Role};
use crate::lab::Picture;

const WHAT: &str = "distance to the formula";

impl DropoutRidge {
    pub(super) fn weights_picture(&self) -> Picture {
        let [average, last] = [self.fitting.average(), self.fitting.last()];
        let series = vec![
            weight_levels("formula", &self.exact),
            weight_points("last iterate", Role::Train, &last),
            weight_points("SGD average", Role::Average, &average),
            weight_points("ridge", Role::Theory, &self.ridge).dashed(),
            weight_points("without dropout", Role::Neutral, &self.plain).dashed(),
        ];
        let description = format!(
            "The weights by the formula for dropout and by ridge: {}.",
            self.problem.both_in_words(&self.exact, &self.ridge)
        );
        let body = weights_chart(&self.problem.names, series, [&self.exact, &self.plain]);
        Picture { note: String::new(), description, body }
    }

    pub(super) fn steps_picture(&self) -> Picture {
        let told = |steps: String, [average, last, plain]: [String; 3]| {
            format!(
                "After {steps} with fresh masks the average over the second half of them is {average} \
                 from the formula, the last iterate {last}; least squares without dropout is {plain} \
                 from it."
            )
        };
        steps_picture(&self.fitting, &self.plain, self.settings.real("steps"), WHAT, told)
    }

    pub(super) fn copies_picture(&self) -> Picture {
        let at = self.fitting.copies.counts.last().copied().unwrap_or(0.0);
        let now = self.fitting.copies.last_rms();
        let note = format!("K = {at}: {}", percent(now));
        let description = format!(
            "Least squares on K masked copies, eight times with other masks (grey), the root of their \
             mean square (points), and a line that falls as one over the root of K, drawn through the \
             last point. {note}."
        );
        // Nothing is predicted here: the line shows the slope alone.
        let one_copy = now * at.sqrt();
        let guide = ("∝ 1/√K", Role::Neutral);
        let wanted = self.settings.real("copies");
        let body = copies_chart(&self.fitting.copies, wanted, guide, one_copy, WHAT);
        Picture { note, description, body }
    }

    pub(super) fn table_picture(&self) -> Picture {
        let heads = ["column", "formula", "all 1,024 masks", "ridge, α = (1−p)/p", "no dropout"];
        let row = |(j, name): (usize, &String)| {
            let fits = [&self.exact, &self.enumerated, &self.ridge, &self.plain];
            Cell::row(name, fits.map(|fit| fit[j]))
        };
        let rows = self.problem.names.iter().enumerate().map(row).collect();
        let description = format!(
            "The weights in standard units. All masks enumerated differ from the formula by {}, ridge \
             by {}.",
            short(self.fitting.distance(&self.enumerated)),
            percent(self.fitting.distance(&self.ridge))
        );
        let note = "in standard units".to_string();
        Picture { note, description, body: Body::table(heads, rows) }
    }
}
