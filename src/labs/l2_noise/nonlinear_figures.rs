//! What the nonlinear lab shows.

use super::nonlinear::{ALPHAS, FIGURES, L2, NOISE, Nonlinear, PLAIN};
use super::short;
use crate::figure::{Axis, Body, Cell, Column, Event, Figure, Mark, Role, Run, Series, Table};
use crate::numbers::counted;

impl Nonlinear {
    pub(super) fn curves_figure(&self) -> Figure {
        let line =
            |name: &str, role, y: Vec<f64>| Series::line(name, role, self.truth.x.clone(), y);
        let train = Series::line("", Role::Neutral, self.train.x.clone(), self.train.y.clone());
        let series = vec![
            line("without", Role::Member, self.fit(PLAIN)),
            line("truth", Role::Neutral, self.truth.y.clone()).of_run(Run::B),
            line("L2", Role::Test, self.fit(L2)),
            line("noise", Role::Train, self.fit(NOISE)),
            line("exact, for noise", Role::Theory, self.exact.clone()),
            train.with_mark(Mark::Points),
        ];
        let [.., to_exact, l2_to_exact] = self.scores();
        let note = format!("noise {} from exact, L2 {}", short(to_exact), short(l2_to_exact));
        let description = format!(
            "Three tanh networks on {} noisy points of a sine. The thin line is the exact minimizer \
             of the loss with noise; the network trained with noise is {} from it, the one with an \
             L2 penalty {} (root mean square). Dashed is the sine itself.",
            self.train.y.len(),
            short(to_exact),
            short(l2_to_exact)
        );
        let (x, y) = (Axis::linear("x", -1.5, 1.5), Axis::linear("y", -2.0, 2.0));
        Figure::of(FIGURES, "curves", note, description, Body::chart(x, y, series, Vec::new()))
    }

    /// Some of the recorded curves against steps.
    fn against_steps(&self, curves: &[(usize, &str, Role)]) -> Vec<Series> {
        let (now, step) = (self.scores(), self.steps as f64);
        let one = |&(curve, name, role): &(usize, &str, Role)| {
            self.curves.series(curve, name, role, Run::A, (step, now[curve]))
        };
        curves.iter().map(one).collect()
    }

    fn steps_axis(&self) -> Axis {
        let planned = self.settings.real("steps");
        Axis::linear("step", 0.0, planned.max(self.steps as f64))
    }

    pub(super) fn distance_figure(&self) -> Figure {
        let series = self.against_steps(&[(4, "L2", Role::Test), (3, "noise", Role::Train)]);
        let [.., noise, l2] = self.scores();
        let description = format!(
            "After {} the network with noise is {} from the exact curve and the one with L2 {}.",
            counted(self.steps, "step"),
            short(noise),
            short(l2)
        );
        let y = Axis::log("root mean square", 0.01, 2.0);
        let body = Body::chart(self.steps_axis(), y, series, Vec::new());
        Figure::of(FIGURES, "distance", String::new(), description, body)
    }

    pub(super) fn error_figure(&self) -> Figure {
        let series = self.against_steps(&[
            (2, "without", Role::Member),
            (1, "L2", Role::Test),
            (0, "noise", Role::Train),
        ]);
        let [noise, l2, plain, ..] = self.scores().map(short);
        let description = format!(
            "After {}: {noise} with noise, {l2} with L2, {plain} without either.",
            counted(self.steps, "step")
        );
        let y = Axis::log("mean squared error", 0.01, 2.0);
        let body = Body::chart(self.steps_axis(), y, series, Vec::new());
        Figure::of(FIGURES, "error", String::new(), description, body)
    }

    pub(super) fn taylor_figure(&self) -> Figure {
        let ends = vec![ALPHAS[0], ALPHAS[ALPHAS.len() - 1]];
        let line = |name: &str, role, which: usize| {
            Series::line(name, role, ALPHAS.to_vec(), self.ratios[which][..ALPHAS.len()].to_vec())
                .with_mark(Mark::Points)
        };
        let series = vec![
            Series::line("exact", Role::Theory, ends, vec![1.0; 2]),
            line("without", Role::Member, 1),
            line("L2", Role::Test, 0),
        ];
        let alpha = self.settings.real("alpha");
        let here = Event { x: alpha, label: format!("α = {}", short(alpha)) };
        let within = (ALPHAS[0]..=0.3).contains(&alpha);
        let events = if within { vec![here] } else { Vec::new() };
        let (small, here) = (self.ratios[0][0], self.ratios[0][ALPHAS.len()]);
        let description = format!(
            "What noise adds to the loss, divided by alpha mean(slope² + error times second \
             derivative). For the L2 network it is {} at alpha = 0.00001 and {} at alpha = {}.",
            short(small),
            short(here),
            short(alpha)
        );
        let x = Axis::log("α", ALPHAS[0], 0.3);
        let y = Axis::linear("noise over slope penalty", 0.0, 1.5);
        let note = format!("at α = {}: {}", short(alpha), short(here));
        Figure::of(FIGURES, "taylor", note, description, Body::chart(x, y, series, events))
    }

    pub(super) fn rescaled_figure(&self) -> Figure {
        let heads = ["of a relu network", "before", "rescaled", "factor"];
        let row = |name: &str, [before, after]: [f64; 2]| {
            let numbers = [before, after, after / before].map(Cell::Number);
            [Cell::Text(name.to_string())].into_iter().chain(numbers).collect::<Vec<Cell>>()
        };
        let rescaling = self.rescaling;
        let rows = vec![
            row("sum of squared weights", rescaling.l2),
            row("what noise adds to the loss", rescaling.noise),
        ];
        let table = Table { columns: heads.map(Column::plain).to_vec(), rows };
        let factor = self.settings.real("rescale");
        let note = format!("W(1), b(1) times {0}, W(2) over {0}", short(factor));
        let description = format!(
            "A relu network whose first layer is multiplied by {0} and whose second layer is divided \
             by {0} is the same function: the noise penalty stays, the L2 penalty is multiplied by \
             {1}.",
            short(factor),
            short(rescaling.l2[1] / rescaling.l2[0])
        );
        Figure::of(FIGURES, "rescaled", note, description, Body::Table(table))
    }
}
