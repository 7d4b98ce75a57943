//! How far one training point reaches: it is moved up or down, and what the fits do of that.
//!
//! The exact answer for noise is an average weighted by a Gaussian of variance alpha: of a move it
//! follows, at every x, the weight that the point has there, and beyond a few roots of alpha nothing. A
//! network with an L2 penalty has no such width.

use super::moved::from_the_left;
use super::networks::Annealed;
use super::nonlinear::{Fits, Nonlinear};
use super::{percent, short};
use crate::figure::{Axis, Body, Event, Handle, Place, Role, Series};
use crate::lab::Picture;
use crate::lab::course::Course;
use crate::nn::nadaraya_watson;

impl Nonlinear {
    /// Every point can be dragged up and down; the one that was dragged before goes back.
    pub(super) fn point_handles(&self) -> Vec<Handle> {
        let handle = |(place, row): (usize, usize)| {
            let by = if row == self.moved { self.settings.real("moved_by") } else { 0.0 };
            let state = if by == 0.0 { String::new() } else { format!("moved by {}", short(by)) };
            let at = Place::Point { x: self.train.x[row], y: self.train.y[row] };
            Handle::press(format!("training point {}", place + 1), state, at)
                .sets("moved", place as f64 + 1.0)
                .up("moved_by", by, 1.0)
        };
        from_the_left(&self.train).into_iter().enumerate().map(handle).collect()
    }

    /// What share of the move of a point the exact answer follows, along the curve.
    fn exact_share(&self) -> Vec<f64> {
        let mut of_point = vec![0.0; self.train.y.len()];
        of_point[self.moved] = 1.0;
        let alpha = self.settings.real("alpha");
        nadaraya_watson(&self.train.x, &of_point, alpha, &self.truth.x).expect("the lab's points")
    }

    /// What share of it the networks with noise and with L2 follow; nothing where nothing has moved.
    fn network_shares(&self) -> Option<[Vec<f64>; 2]> {
        let (unmoved, by) = (self.unmoved.as_ref()?, self.settings.real("moved_by"));
        let Fits { noise, l2, .. } = self.fits();
        let share = |fit: &[f64], course: &Course<Annealed, ()>| {
            let before = course.now().fit(&self.truth.x);
            fit.iter().zip(before).map(|(after, before)| (after - before) / by).collect()
        };
        Some([share(noise, &unmoved.noise), share(l2, &unmoved.l2)])
    }

    /// What the move of one point has changed of each curve, as a share of the move, so that its axis
    /// stays while the point is dragged.
    pub(super) fn influence_picture(&self) -> Picture {
        let (at, width) = (self.train.x[self.moved], self.settings.real("alpha").sqrt());
        let by = self.settings.real("moved_by");
        let line = |name: &str, role, y| Series::line(name, role, self.truth.x.clone(), y);
        let mut series = vec![line("exact, for noise", Role::Theory, self.exact_share())];
        let mut told = "Nothing is moved: drag a point up or down.".to_string();
        let mut note = format!("√α = {}; drag a point to see what the networks do", short(width));
        if let Some([noise, l2]) = self.network_shares() {
            let far = |share: &[f64]| percent(self.beyond(share));
            note = format!("beyond 2√α: noise {}, L2 {}", far(&noise), far(&l2));
            told = format!(
                "The point at x = {} is moved by {}. More than 2√α away, the curve of the network with \
                 noise follows at most {} of the move, that of the network with L2 {}.",
                short(at),
                short(by),
                far(&noise),
                far(&l2)
            );
            series.push(line("L2", Role::Test, l2).dashed());
            series.push(line("noise", Role::Test, noise));
        }
        let description = format!(
            "What share of the move each curve follows, along x. The exact answer for noise follows it \
             within about √α = {} of the point, and not beyond. {told}",
            short(width)
        );
        let event = |x, label: &str| Event { x, label: label.to_string() };
        let events = vec![event(at - width, "−√α"), event(at, ""), event(at + width, "+√α")];
        let x = Axis::linear("x", -1.5, 1.5);
        let y = Axis::linear("share of the move", -0.5, 1.0).percent();
        Picture { note, description, body: Body::chart(x, y, series, events) }
    }

    /// The largest share, of either sign, more than two roots of alpha from the point.
    fn beyond(&self, share: &[f64]) -> f64 {
        let (at, far) = (self.train.x[self.moved], 2.0 * self.settings.real("alpha").sqrt());
        let beyond = self.truth.x.iter().zip(share).filter(|(x, _)| (*x - at).abs() > far);
        beyond.fold(0.0, |most, (_, share)| most.max(share.abs()))
    }
}
