//! What the nonlinear lab shows.

use super::charts::at_alpha;
use super::law::{ALPHAS, Ratios};
use super::networks::Penalty;
use super::nonlinear::{Fits, Nonlinear};
use super::short;
use crate::figure::{Axis, Body, Cell, Mark, Role, Series};
use crate::lab::Picture;
use crate::numbers::counted;

impl Nonlinear {
    pub(super) fn curves_picture(&self) -> Picture {
        let line =
            |name: &str, role, y: Vec<f64>| Series::line(name, role, self.truth.x.clone(), y);
        let points = |name: &str, role, x: &[f64], y: &[f64]| {
            Series::points(name, role, x.to_vec(), y.to_vec()).unlabelled()
        };
        let (x, y, at) = (&self.train.x, &self.train.y, self.moved);
        let by = self.settings.real("moved_by");
        let moved = points("point that is moved", Role::Train, &[x[at]], &[y[at]]);
        let before = points("where it was", Role::Neutral, &[x[at]], &[y[at] - by]).dashed();
        let reach = y[at].abs().ceil().max(2.0);
        let Fits { noise, l2, plain } = self.fits();
        let series = vec![
            line("without", Role::Member, plain.clone()),
            line("truth", Role::Neutral, self.truth.y.clone()).dashed(),
            line("L2", Role::Test, l2.clone()).dashed(),
            line("noise", Role::Test, noise.clone()),
            line("exact, for noise", Role::Theory, self.exact.clone()),
            points("training points", Role::Train, x, y),
            before,
            moved.with_mark(Mark::Spot),
        ];
        let [noise, l2] = self.distances();
        let note = format!("noise {noise} from exact, L2 {l2}");
        let description = format!(
            "Three tanh networks on {} noisy points of a sine. The thin line is the exact minimizer \
             of the loss with noise; the network trained with noise is {noise} from it, the one \
             with an L2 penalty (dashed) {l2} (root mean square). Grey and dashed is the sine itself.",
            self.train.y.len()
        );
        let (x, y) = (Axis::linear("x", -1.5, 1.5), Axis::linear("y", -reach, reach));
        let picture = Picture { note, description, body: Body::chart(x, y, series, Vec::new()) };
        picture.told_once(self.steps > 0)
    }

    /// How far the network with noise, and the one with L2, are from the exact curve.
    fn distances(&self) -> [String; 2] {
        let curves = self.curves();
        ["distance_noise_exact", "distance_l2_exact"].map(|key| short(curves.now(key)))
    }

    /// Learning curves on a logarithmic axis of errors; that of the network with L2 is dashed.
    fn course(&self, what: &str, lines: &[(&'static str, &str, Role)]) -> Body {
        let curves = self.curves();
        let line = |&(key, label, role): &(&'static str, &str, Role)| {
            let line = curves.line(key, label, role);
            if label == "L2" { line.dashed() } else { line }
        };
        let x = curves.steps(self.settings.whole("steps"));
        let y = Axis::log(what, 0.01, 2.0);
        Body::chart(x, y, lines.iter().map(line).collect(), Vec::new())
    }

    pub(super) fn distance_picture(&self) -> Picture {
        let [noise, l2] = self.distances();
        let description = format!(
            "After {} the network with noise is {noise} from the exact curve and the one with L2 {l2}.",
            counted(self.steps, "step")
        );
        let lines = [
            ("distance_l2_exact", "L2", Role::Test),
            ("distance_noise_exact", "noise", Role::Test),
        ];
        let body = self.course("root mean square", &lines);
        Picture { note: String::new(), description, body }.told_once(self.steps > 0)
    }

    pub(super) fn error_picture(&self) -> Picture {
        let lines = [
            ("test_error_unregularized", "without", Role::Member),
            ("test_error_l2", "L2", Role::Test),
            ("test_error_noise", "noise", Role::Test),
        ];
        let curves = self.curves();
        let [plain, l2, noise] = lines.map(|(key, ..)| short(curves.now(key)));
        let description = format!(
            "After {}: {noise} with noise, {l2} with L2, {plain} without either.",
            counted(self.steps, "step")
        );
        let body = self.course("mean squared error", &lines);
        Picture { note: String::new(), description, body }.told_once(self.steps > 0)
    }

    pub(super) fn taylor_picture(&self) -> Picture {
        let ends = [ALPHAS[0], ALPHAS[ALPHAS.len() - 1]];
        let line = |name: &str, role, ratios: &Ratios| {
            Series::points(name, role, ALPHAS.to_vec(), ratios.at.to_vec())
        };
        let series = vec![
            Series::level("exact", Role::Theory, ends, 1.0),
            line("without", Role::Member, &self.plain_ratios),
            line("L2", Role::Test, &self.l2_ratios).dashed(),
        ];
        let alpha = self.settings.real("alpha");
        let events = at_alpha(alpha, ALPHAS[0]..=0.3);
        let (small, here) = (self.l2_ratios.at[0], self.l2_ratios.own);
        let description = format!(
            "What noise adds to the loss, divided by alpha mean(slope² + error times second \
             derivative). For the L2 network it is {} at alpha = 0.00001 and {} at alpha = {}.",
            short(small),
            short(here),
            short(alpha)
        );
        let x = Axis::log("α", ALPHAS[0], 0.3);
        let y = Axis::linear("noise / slope penalty", 0.0, 1.5);
        let note = format!("at α = {}: {}", short(alpha), short(here));
        Picture { note, description, body: Body::chart(x, y, series, events) }
    }

    pub(super) fn rescaled_picture(&self) -> Picture {
        let heads = ["of a relu network", "before", "rescaled", "factor"];
        let row = |name: &str, penalty: Penalty| {
            Cell::row(name, [penalty.before, penalty.after, penalty.factor()])
        };
        let rescaling = self.rescaling;
        let rows = vec![
            row("sum of squared weights", rescaling.l2),
            row("what noise adds to the loss", rescaling.noise),
        ];
        let factor = self.settings.real("rescale");
        let note = format!("W(1), b(1) times {0}, W(2) over {0}", short(factor));
        let description = format!(
            "A relu network whose first layer is multiplied by {0} and whose second layer is divided \
             by {0} is the same function: the noise penalty stays, the L2 penalty is multiplied by \
             {1}.",
            short(factor),
            short(rescaling.l2.factor())
        );
        Picture { note, description, body: Body::table(heads, rows) }
    }
}
