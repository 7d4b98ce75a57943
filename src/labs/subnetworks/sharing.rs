//! What sharing weights costs and saves: sixteen smaller networks beside sixteen that share nothing.

use super::Subnetworks;
use super::networks::{count_parameters, updates};
use crate::figure::{Body, Cell};
use crate::lab::Picture;
use crate::nn::Network;
use crate::numbers::{NO_NUMBER, fixed, percent, trimmed, whole};

impl Subnetworks {
    pub(super) fn sharing_picture(&self) -> Picture {
        let rows = [self.sizes_and_errors(), self.costs()].concat();
        let rows = rows.into_iter().map(|row| row.map(Cell::Text).to_vec()).collect();
        let rivals = self.networks.averaged();
        let shared = self.error_of_sixteen();
        let [together, alone] = [rivals.error(), rivals.mean_error()].map(percent);
        let description = if shared.is_finite() {
            format!(
                "Sixteen smaller networks, drawn at random, get {} of the test images wrong together; \
                 sixteen that were trained apart and share no weight, {together}. One alone gets {} and \
                 {alone} wrong.",
                percent(shared),
                percent(self.votes.average.mean_error())
            )
        } else {
            format!(
                "Sixteen networks that were trained apart and share no weight get {together} of the test \
                 images wrong together, and {alone} alone. The smaller networks are compared with them \
                 when they have voted."
            )
        };
        let body = Body::table(["of the networks", "shared", "independent"], rows);
        Picture { note: String::new(), description, body }.told_once(self.steps > 0)
    }

    /// What is said of the shared ones, then of the independent ones.
    fn sizes_and_errors(&self) -> Vec<[String; 3]> {
        let (votes, rivals) = (&self.votes.average, self.networks.averaged());
        let units = self.networks.independent().widths()[1];
        let errors = |shared, own| [percent(shared), percent(own)];
        let alike = [self.correlation_of_shared(), rivals.correlation()].map(|c_v| fixed(c_v, 2));
        vec![
            row("hidden neurons", [self.mean_kept(), units.to_string()]),
            row("one alone, on average", errors(votes.mean_error(), rivals.mean_error())),
            row("16 averaged", errors(self.error_of_sixteen(), rivals.error())),
            row("all averaged", [percent(votes.error()), NO_NUMBER.into()]),
            row("correlation of errors, c/v", alike),
        ]
    }

    /// A step of a network with half the weights is half the work: so steps alone do not tell it.
    fn costs(&self) -> Vec<[String; 3]> {
        let both = [&self.networks.whole, self.networks.independent()];
        // Each member of an ensemble makes its steps on its own parameters alone.
        let work = |network: &Network<f64>| count_parameters(network) * network.steps();
        let millions = |number: u64| fixed(number as f64 / 1e6, 1);
        vec![
            row("parameters", both.map(|network| whole(count_parameters(network)))),
            row("training steps", both.map(|network| whole(updates(network)))),
            row("steps × parameters, millions", both.map(|network| millions(work(network)))),
        ]
    }

    /// How many neurons of a layer a smaller network keeps, on average.
    fn mean_kept(&self) -> String {
        let kept = self.networks.dropout.keep_prob * self.settings.whole("units") as f64;
        trimmed(kept, 1)
    }
}

fn row(name: &str, [shared, independent]: [String; 2]) -> [String; 3] {
    [name.to_string(), shared, independent]
}
