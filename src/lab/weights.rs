//! What a lab has trained, to be taken away: its networks' weights by the names of the networks.

/// The weights of one network, or of a linear model.
pub struct Weights {
    /// What the lab calls it.
    pub network: String,
    /// Weight matrices and bias vectors.
    pub parameters: Vec<Numbers>,
}

/// Numbers with a name and a shape.
pub struct Numbers {
    /// `w1`, `b1`, …; of a linear model `w`.
    pub name: String,
    /// The last one runs fastest.
    pub shape: Vec<usize>,
    /// Row by row.
    pub values: Vec<f64>,
}

impl Weights {
    /// Those of a linear model.
    pub fn linear(network: &str, shape: &[usize], values: &[f64]) -> Weights {
        let (name, shape, values) = ("w".to_string(), shape.to_vec(), values.to_vec());
        Weights { network: network.to_string(), parameters: vec![Numbers { name, shape, values }] }
    }
}
