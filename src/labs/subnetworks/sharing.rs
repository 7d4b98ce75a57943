//! What sharing weights costs and saves: sixteen smaller networks beside sixteen that share nothing.

use super::draws::{ALL, SIXTEEN};
use super::independent;
use super::{FIGURES, Subnetworks};
use crate::figure::{Body, Cell, Column, Figure, Table};
use crate::numbers::{NO_NUMBER, fixed, percent, trimmed, whole};

impl Subnetworks {
    pub(super) fn sharing_figure(&self) -> Figure {
        let rows = [self.sizes_and_errors(), self.costs()].concat();
        let rows = rows.into_iter().map(|row| row.map(Cell::Text).to_vec()).collect();
        let columns = ["", "shared", "independent"].map(Column::plain).to_vec();
        let rivals = &self.trained().independent;
        let description = format!(
            "Sixteen smaller networks, drawn at random, get {} of the test images wrong together; \
             sixteen that were trained apart and share no weight, {}. One alone gets {} and {} wrong.",
            percent(self.error_of_sixteen()),
            percent(rivals.error()),
            percent(self.votes.mean_error()),
            percent(rivals.mean_error)
        );
        let body = Body::Table(Table { columns, rows });
        Figure::of(FIGURES, "sharing", String::new(), description, body)
    }

    /// What is said of the shared ones, then of the independent ones.
    fn sizes_and_errors(&self) -> Vec<[String; 3]> {
        let (votes, rivals) = (&self.votes, &self.trained().independent);
        let (v, c) = votes.moments(self.y());
        let shared = if votes.complete() { c / v } else { f64::NAN };
        let own = rivals.moments.1 / rivals.moments.0;
        let all = percent(votes.error_average(self.y()));
        vec![
            row("hidden neurons", self.mean_kept(), self.independent.units.to_string()),
            row("one alone, on average", percent(votes.mean_error()), percent(rivals.mean_error)),
            row("16 averaged", percent(self.error_of_sixteen()), percent(rivals.error())),
            row("all averaged", all, NO_NUMBER.into()),
            row("correlation of errors, c/v", fixed(shared, 2), fixed(own, 2)),
        ]
    }

    /// A step of a network with half the weights is half the work: so steps alone do not tell it.
    fn costs(&self) -> Vec<[String; 3]> {
        let updates = self.updates() as usize;
        let (own, all) = (independent::count(&self.network), self.independent.parameters());
        let steps = whole((self.independent.count() * updates) as u64);
        let millions = |number: usize| fixed(number as f64 / 1e6, 1);
        vec![
            row("parameters", whole(own as u64), whole(all as u64)),
            row("training steps", whole(updates as u64), steps),
            row("steps × parameters, millions", millions(updates * own), millions(updates * all)),
        ]
    }

    /// Sixteen smaller networks averaged; not a number before they have been drawn.
    fn error_of_sixteen(&self) -> f64 {
        if self.draws.made == ALL { self.draws.error(SIXTEEN).0 } else { f64::NAN }
    }

    /// How many neurons of a layer a smaller network keeps, on average.
    fn mean_kept(&self) -> String {
        let kept = self.problem.keep_prob * self.settings.whole("units") as f64;
        trimmed(kept, 1)
    }
}

fn row(name: &str, shared: String, independent: String) -> [String; 3] {
    [name.to_string(), shared, independent]
}
