//! The weights of a lab's networks, to be taken away.

use crate::lab::weights::{Numbers, Weights};
use crate::nn::{Network, Parameter, Real};

/// The weights of some networks, each with its name; of several members each, by number.
pub fn weights_of<'a, T: Real>(
    networks: impl IntoIterator<Item = (impl ToString, &'a Network<T>)>,
) -> Vec<Weights> {
    let one = |(name, network): (_, &'a Network<T>)| members(&ToString::to_string(&name), network);
    networks.into_iter().flat_map(one).collect()
}

fn members<T: Real>(name: &str, network: &Network<T>) -> Vec<Weights> {
    let count = network.config().n_members;
    let numbers = |Parameter { name, shape, values }| Numbers { name, shape, values };
    let one = |member| Weights {
        network: match count {
            1 => name.to_string(),
            _ => format!("{name}, member {}", member + 1),
        },
        parameters: network
            .parameters(member)
            .expect("a member")
            .into_iter()
            .map(numbers)
            .collect(),
    };
    (0..count).map(one).collect()
}
