//! Passes in 64 bits where 32 may not hold their sums.
//!
//! Inputs and weights that 32 bits hold may have products and sums that 32 bits do not: infinity, and
//! infinity less infinity is no number. A prediction is then made once more, in 64 bits. Training is not:
//! what it begins with is checked, and where it comes to such numbers later it has diverged.

use super::pass::to_f64;
use super::{Network, Real};

impl<T: Real> Network<T> {
    /// The same network in 64 bits, as far as predictions and gradients go.
    pub(super) fn wide(&self) -> Network<f64> {
        let mut wide: Network<f64> =
            Network::new(self.config().clone()).expect("it has been built before");
        for (member, to) in wide.members.iter_mut().enumerate() {
            to.parameters = to_f64(self.member_parameters(member));
        }
        wide
    }
}
