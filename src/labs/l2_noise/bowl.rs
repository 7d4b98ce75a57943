//! What the linear lab shows of a model of one weight.

use super::linear::Linear;
use super::one_weight::OneWeight;
use super::short;
use crate::data::{Examples, Standard};
use crate::figure::{Axis, Body, Handle, Mark, Place, Role, Series, doubled, round_up};
use crate::lab::Picture;
use crate::numbers::counted;

/// Weights at which the loss with noise is measured: as many as leave the knob on the curve free.
const MEASURED: usize = 7;

/// Rows of the cloud, evenly from all: more cover each other.
const SHOWN: usize = 60;

/// Points of a smooth curve.
const SMOOTH: usize = 61;

impl Linear {
    fn one(&self) -> &OneWeight {
        self.one.get(|| {
            let settings = &self.settings;
            let centred = settings.flag("intercept");
            let mean = if centred { Standard::of(&self.problem.examples).y_mean } else { 0.0 };
            let copies = settings.whole("copies");
            OneWeight::of(&self.problem, mean, self.noise(), copies, settings.seed())
        })
    }

    /// Some rows as they are and in one noisy copy, another one at every step; the lines are of all.
    pub(super) fn cloud_picture(&self) -> Picture {
        let (one, alpha) = (self.one(), self.settings.real("alpha"));
        let place = self.fitting.steps as usize % one.copies;
        let Standard { x_sd, y_mean, y_sd, .. } = Standard::of(&one.rows);
        let (reach, height) = (round_up(3.0 * x_sd[0]), round_up(2.5 * y_sd + y_mean.abs()));
        let line = |name: &str, role, w: f64| {
            Series::line(name, role, vec![-reach, reach], vec![-w * reach, w * reach])
        };
        let [plain, ridge, noisy] = [one.least(0.0), one.least(alpha), one.least_measured()];
        let Examples { x, y } = &one.rows;
        let some = |name: &str, role, x: &[f64]| {
            let every = y.len().div_ceil(SHOWN);
            let [x, y] = [x, y].map(|all| all.iter().copied().step_by(every).collect());
            Series::points(name, role, x, y)
        };
        let series = vec![
            some("noisy copy", Role::Member, &one.copy(place)),
            some("as it is", Role::Train, x),
            line("without noise", Role::Neutral, plain).labelled("no noise").dashed(),
            line("measured", Role::Average, noisy).labelled("noise"),
            line("ridge", Role::Theory, ridge),
        ];
        let note = format!("copy {} of {}", place + 1, one.copies);
        let description = format!(
            "{} across, the target upwards: some of {} as they are, and in grey with noise of \
             variance {} on {} ({note}). The line that fits best has slope {} without noise, {} by ridge and {} \
             on all noisy copies.",
            one.name,
            counted(y.len() as u64, "row"),
            short(alpha),
            one.name,
            short(plain),
            short(ridge),
            short(noisy)
        );
        let (x, y) = (Axis::linear(&one.name, -reach, reach), Axis::linear("y", -height, height));
        Picture { note, description, body: Body::chart(x, y, series, Vec::new()) }
    }

    /// f(w) + alpha w^2.
    fn lifted(&self, w: f64) -> f64 {
        self.one().loss(w) + self.settings.real("alpha") * w * w
    }

    /// Up the arm of the curve: there it is lifted by alpha times the arm's square.
    pub(super) fn bowl_handles(&self) -> Vec<Handle> {
        let (alpha, arm) = (self.settings.real("alpha"), arm_of(self.one().least(0.0)));
        let at = Place::Point { x: arm, y: self.lifted(arm) };
        let handle = Handle::press("noise variance α", short(alpha), at);
        vec![handle.up("alpha", alpha, 1.0 / (arm * arm))]
    }

    /// The loss against the weight. The knob stands on an arm of f + alpha w^2.
    pub(super) fn bowl_picture(&self) -> Picture {
        let one = self.one();
        let [plain, ridge] = [0.0, self.settings.real("alpha")].map(|alpha| one.least(alpha));
        let arm = arm_of(plain);
        let [at, with, want] = [arm, one.measured(arm), self.lifted(arm)].map(short);
        let note = format!("at w = {at}: {with}, formula {want}");
        let description = format!(
            "The loss of a model whose one weight w is that of {}: without noise (dashed), with α w² \
             on top (green), and measured on K = {} noisy copies (points). At w = {at} the points say \
             {with} and the formula {want}. The loss is least at w = {} without noise, at {} with α w², \
             and at {} as measured.",
            one.name,
            one.copies,
            short(plain),
            short(ridge),
            short(one.least_measured())
        );
        let (ends, (low, high)) = (weights(arm, 2), loss_axis(one, self.lifted(arm)));
        let x = Axis::linear("weight w", ends[0], ends[1]);
        let y = Axis::linear("loss", low, high);
        let body = Body::chart(x, y, self.losses(plain, ridge), Vec::new());
        Picture { note, description, body }
    }

    /// The three losses, where the first two are least, and the knob.
    fn losses(&self, plain: f64, ridge: f64) -> Vec<Series> {
        let (one, arm) = (self.one(), arm_of(plain));
        let curve = |name: &str, role, count: usize, of: &dyn Fn(f64) -> f64| {
            let x = weights(arm, count);
            let y = x.iter().map(|w| of(*w)).collect();
            Series::line(name, role, x, y)
        };
        let point = |name: &str, role, w: f64, loss: f64| {
            Series::points(name, role, vec![w], vec![loss]).unlabelled()
        };
        let measured = curve("measured", Role::Average, MEASURED, &|w| one.measured(w));
        let knob = point("noise variance", Role::Theory, arm, self.lifted(arm));
        vec![
            curve("f", Role::Neutral, SMOOTH, &|w| one.loss(w)).dashed(),
            curve("f + α w²", Role::Theory, SMOOTH, &|w| self.lifted(w)),
            point("least squares", Role::Neutral, plain, one.loss(plain)).dashed(),
            point("ridge", Role::Theory, ridge, self.lifted(ridge)),
            measured.with_mark(Mark::Points),
            knob.with_mark(Mark::Spot).labelled("α"),
        ]
    }
}

/// The weight under the knob: a round number beyond the one that fits best. There the curve is lifted
/// by alpha times its square, which is alpha itself where it is 1.
fn arm_of(plain: f64) -> f64 {
    round_up(1.5 * plain.abs()).max(0.1).copysign(plain)
}

/// Weights from the other side of 0 to half beyond the arm.
fn weights(arm: f64, count: usize) -> Vec<f64> {
    let [a, b] = [-0.5 * arm, 1.5 * arm];
    let (from, to) = (a.min(b), a.max(b));
    (0..count).map(|i| from + (to - from) * i as f64 / (count - 1) as f64).collect()
}

/// From a little below the least loss to a few times its depth above it, and as far as the knob stands.
fn loss_axis(one: &OneWeight, knob: f64) -> (f64, f64) {
    let least = one.loss(one.least(0.0));
    let depth = (one.loss(0.0) - least).max(0.05 * least);
    let step = round_up(depth) / 2.0;
    let low = ((least - 0.5 * depth) / step).floor() * step;
    let high = ((least + 4.0 * depth) / step).ceil() * step;
    (low.max(0.0), doubled(high, knob))
}
