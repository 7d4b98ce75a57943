//! The formula as a dartboard: one throw, and the means of many.

use super::darts::{THROWS, mean, measured, squared_distance};
use super::formula::Formula;
use super::moments::Moments;
use crate::figure::{Axis, Body, Handle, Mark, Place, Role, Series, round_up};
use crate::lab::Picture;
use crate::numbers::{fixed, whole};

/// Corners of a ring.
const CORNERS: usize = 96;

/// A ring about the bullseye.
fn ring(name: &str, role: Role, radius: f64) -> Series {
    let turn = |corner: usize| corner as f64 / CORNERS as f64 * std::f64::consts::TAU;
    let of = |part: fn(f64) -> f64| (0..=CORNERS).map(|at| radius * part(turn(at))).collect();
    Series::line(name, role, of(libm::cos), of(libm::sin))
}

fn places(name: &str, role: Role, spots: &[[f64; 2]]) -> Series {
    let of = |way: usize| spots.iter().map(|spot| spot[way]).collect();
    Series::points(name, role, of(0), of(1))
}

/// A root mean square distance that cannot be below 0 but for rounding.
fn root(square: f64) -> f64 {
    square.max(0.0).sqrt()
}

impl Formula {
    /// A board with what is on it: of the same size for all c and n, so that the ring is seen to grow.
    fn board(&self, series: Vec<Series>) -> Body {
        let reach = round_up(1.6 * root(self.moments.v));
        let bullseye = places("bullseye", Role::Neutral, &[[0.0, 0.0]]).dashed().unlabelled();
        let axis = |label| Axis::linear(label, -reach, reach);
        let alone = ring("one arrow", Role::Neutral, root(self.moments.v)).dashed();
        let series = [bullseye, alone].into_iter().chain(series).collect();
        Body::chart(axis("error across").equal(), axis("error up"), series, Vec::new())
    }

    /// The throws made so far: as many of all as examples are drawn of those that are planned.
    fn thrown(&self) -> usize {
        let share = THROWS as usize * self.drawn.examples / self.samples.max(1);
        share.clamp(1, THROWS as usize)
    }

    pub(super) fn throw_picture(&self) -> Picture {
        let (Moments { v, c, n }, throw) = (self.moments, self.throw);
        let arrows = self.darts().arrows(throw - 1);
        let middle = mean(&arrows);
        let spot = places("average", Role::Average, &[middle]).with_mark(Mark::Spot);
        let series = vec![places("arrows", Role::Member, &arrows), spot.labelled("their mean")];
        let [off, alone] = [squared_distance(middle), measured(&arrows).mean].map(root);
        let [off, alone] = [off, alone].map(|distance| fixed(distance, 2));
        let note = format!("arrows {alone} off, mean {off}");
        let description = format!(
            "Throw {throw} of {}: {n} arrows at a bullseye, one a predictor, with v = {v} and c = {c}. \
             They land {alone} from it, as a root mean square; their mean lands {off} from it. The \
             dashed ring is where one arrow lands, as a root mean square over all throws: {}.",
            whole(THROWS.into()),
            fixed(root(v), 3)
        );
        Picture { note, description, body: self.board(series) }
    }

    /// A press on the mean throws again.
    pub(super) fn throw_again(&self) -> Vec<Handle> {
        let ([x, y], next) =
            (mean(&self.darts().arrows(self.throw - 1)), self.throw as u32 % THROWS + 1);
        let again =
            Handle::press("Throw again", format!("throw {}", self.throw), Place::Point { x, y });
        vec![again.sets("throw", f64::from(next))]
    }

    pub(super) fn means_picture(&self) -> Picture {
        let (thrown, n) = (self.thrown(), self.n());
        let means = self.darts().means(thrown);
        let (found, predicted) = (measured(&means), self.moments.expected());
        let here = [mean(&self.darts().arrows(self.throw - 1))];
        let series = vec![
            places("means", Role::Member, &means),
            ring("measured", Role::Average, root(found.mean)).unlabelled(),
            ring("formula", Role::Theory, root(predicted)),
            places("average", Role::Average, &here).with_mark(Mark::Spot).labelled("this throw"),
        ];
        let [mean, error] = [found.mean, found.standard_error].map(|square| fixed(square, 3));
        let note = format!("{mean} ± {error}, formula {}", fixed(predicted, 3));
        let description = format!(
            "The means of {n} arrows in {} throws: their squared distance from the bullseye is {mean} \
             on average, with a standard error of {error}; the formula says {}, and one arrow alone has \
             v = {}. The rings are the roots of these: measured {}, formula {}, one arrow {}.",
            whole(thrown as u64),
            fixed(predicted, 3),
            self.moments.v,
            fixed(root(found.mean), 3),
            fixed(root(predicted), 3),
            fixed(root(self.moments.v), 3)
        );
        Picture { note, description, body: self.board(series) }
    }
}
