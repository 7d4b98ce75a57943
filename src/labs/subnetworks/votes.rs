//! All smaller networks that dropout can make, one after another: their votes, and what becomes of
//! the average.

use super::average::{Average, Mean};
use super::measure::{agreement, largest_gap, mean_gap};
use super::smaller::{Answers, Dropout, Smaller, Whole};
use crate::data::DIGIT_CLASSES;
use crate::nn::{Stream, log_softmax, shuffle, stream};

/// The votes that have come in.
pub(super) struct Votes {
    /// All smaller networks, as [`in_order`] has them: so the first few are such as dropout makes.
    pub voters: Vec<Smaller>,
    /// Of those that have voted.
    pub average: Average,
    /// Means of the logarithms of the probabilities, and of the outputs before the softmax.
    logs: Mean,
    outputs: Mean,
    /// Room for one vote.
    answers: Answers,
}

/// How far means over all smaller networks are from the whole network in one pass, over all test
/// images and classes.
pub(super) struct Gaps {
    /// The share of images for which the arithmetic mean and the one pass say the same class.
    pub agreement: f64,
    /// The largest difference of the geometric mean of the probabilities.
    pub geometric: f64,
    /// The largest difference of their arithmetic mean.
    pub average: f64,
    /// And the mean one.
    pub average_mean: f64,
    /// The largest difference of the mean of the outputs before the softmax.
    pub outputs: f64,
}

impl Votes {
    /// No votes yet on images of these classes.
    pub fn new(dropout: Dropout, y: &[f64], seed: u32) -> Self {
        Votes {
            voters: in_order(dropout, seed),
            average: Average::new(y),
            logs: Mean::default(),
            outputs: Mean::default(),
            answers: Answers::default(),
        }
    }

    /// How many networks there are.
    pub fn all(&self) -> usize {
        self.voters.len()
    }

    /// How many have voted.
    pub fn counted(&self) -> usize {
        self.average.count()
    }

    /// The one that has voted last.
    pub fn last(&self) -> Option<&Smaller> {
        self.voters[..self.counted()].last()
    }

    /// Whether every network has voted.
    pub fn complete(&self) -> bool {
        self.counted() == self.all()
    }

    /// A number that is known only when every network has voted.
    pub fn in_the_end(&self, number: impl FnOnce(&Average) -> f64) -> f64 {
        if self.complete() { number(&self.average) } else { f64::NAN }
    }

    /// Lets networks vote until `due` of them have.
    pub fn until(&mut self, due: usize, whole: &Whole) {
        while self.counted() < due.min(self.all()) {
            let Smaller { kept, chance } = &self.voters[self.counted()];
            whole.ask(kept, &mut self.answers);
            self.outputs.add(*chance, &self.answers.outputs);
            self.logs.add(*chance, &self.answers.logs);
            self.average.add(*chance, &self.answers.y_hat);
        }
    }

    /// The geometric mean of the probabilities, made to sum to 1.
    pub fn geometric_mean(&self) -> Vec<f64> {
        let mut mean = Vec::new();
        log_softmax(&mut self.logs.so_far(), &mut mean, DIGIT_CLASSES);
        mean
    }

    /// The wrong answers of the geometric mean, a fraction; not a number before the first vote.
    pub fn error_geometric(&self) -> f64 {
        self.logs.wrong(&self.average.y)
    }

    /// The differences from one pass; not numbers before all networks have voted.
    pub fn gaps(&self, one_pass: &Answers) -> Gaps {
        if !self.complete() {
            let none = f64::NAN;
            let [agreement, geometric, average] = [none; 3];
            return Gaps { agreement, geometric, average, average_mean: none, outputs: none };
        }
        let average = self.average.y_hat();
        Gaps {
            agreement: agreement(&average, &one_pass.y_hat),
            geometric: largest_gap(&self.geometric_mean(), &one_pass.y_hat),
            average: largest_gap(&average, &one_pass.y_hat),
            average_mean: mean_gap(&average, &one_pass.y_hat),
            outputs: largest_gap(&self.outputs.so_far(), &one_pass.outputs),
        }
    }

    /// The places in the order of voting, from the least error to the largest.
    pub fn best_to_worst(&self) -> Vec<usize> {
        let errors = &self.average.errors;
        let mut places: Vec<usize> = (0..errors.len()).collect();
        places.sort_by(|&a, &b| errors[a].total_cmp(&errors[b]));
        places
    }

    /// So many of those places, at equal steps of chance from the best to the worst: all of them where
    /// there are no more, and fewer where one network is as likely as several others together.
    pub fn some_best_to_worst(&self, count: usize) -> Vec<usize> {
        let places = self.best_to_worst();
        if places.len() <= count {
            return places;
        }
        let chances = self.chances();
        let mut below = 0.0;
        let shares = places.iter().map(|&place| {
            below += self.voters[place].chance / chances;
            below
        });
        let shares: Vec<f64> = shares.collect();
        let at = |i: usize| {
            let share = i as f64 / (count - 1) as f64;
            places[shares.partition_point(|&below| below <= share).min(places.len() - 1)]
        };
        let mut some: Vec<usize> = (0..count).map(at).collect();
        some.dedup();
        some
    }

    /// The chance of each of the errors, in bins of equal width from 0 to 1.
    pub fn histogram(&self, bins: usize) -> Vec<f64> {
        let chances = self.chances();
        let mut shares = vec![0.0; bins];
        for (error, Smaller { chance, .. }) in self.average.errors.iter().zip(&self.voters) {
            let bin = ((error * bins as f64) as usize).min(bins - 1);
            shares[bin] += chance / chances;
        }
        shares
    }

    /// The chance of all that have voted together.
    fn chances(&self) -> f64 {
        self.voters[..self.counted()].iter().map(|voter| voter.chance).sum()
    }
}

/// The smaller networks dropout can make, in the order in which they vote: drawn without putting any
/// back, each as likely as dropout makes it.
fn in_order(dropout: Dropout, seed: u32) -> Vec<Smaller> {
    let mut voters: Vec<Smaller> = dropout.all().collect();
    shuffle(&mut stream(seed, Stream::MonteCarlo(1), 0), &mut voters);
    // A race: each is late by a time that is shorter on average the greater its chance is.
    let all = voters.len() as f64;
    let late = |place: usize| -libm::log(1.0 - (place as f64 + 0.5) / all);
    let times = voters.into_iter().enumerate();
    let mut race: Vec<(f64, Smaller)> =
        times.map(|(place, voter)| (late(place) / voter.chance, voter)).collect();
    race.sort_by(|a, b| a.0.total_cmp(&b.0));
    race.into_iter().map(|(_, voter)| voter).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{PARAMETERS, networks::Networks};
    use super::*;
    use crate::param::Settings;

    /// Networks that have learned for a while, and the votes of all smaller ones.
    fn all_voted(query: &str) -> (Networks, Votes) {
        let mut networks =
            Networks::new(&Settings::from_query(PARAMETERS, query).unwrap(), 40).unwrap();
        (0..40).for_each(|_| networks.step().unwrap());
        let mut votes = Votes::new(networks.dropout, &networks.split.test.y, 0);
        votes.until(votes.all(), &networks.trained().whole);
        (networks, votes)
    }

    /// The engine takes the same networks through whole passes, one at a time.
    #[test]
    fn the_means_are_those_of_the_engine() {
        for query in ["units=4", "units=3&hidden_layers=2&activation=tanh", "units=5&keep_prob=0.8"]
        {
            let (networks, votes) = all_voted(query);
            let engine = networks.whole.enumerate_subnetworks(&networks.split.test.x).unwrap();
            assert_eq!(engine.count, votes.counted());
            let gaps = [
                largest_gap(&engine.arithmetic_mean, &votes.average.y_hat()),
                largest_gap(&engine.geometric_mean, &votes.geometric_mean()),
                largest_gap(&engine.weight_scaled, &networks.trained().one_pass.y_hat),
            ];
            assert!(gaps.iter().all(|&gap| gap < 1e-12), "{query}: {gaps:?}");
            let variance = engine.variance.iter().sum::<f64>() / engine.variance.len() as f64;
            assert!((votes.average.spread() / variance.sqrt() - 1.0).abs() < 1e-9, "{query}");
        }
    }

    /// c from all pairs of different networks, one by one.
    #[test]
    fn the_covariance_is_that_of_all_pairs() {
        let (networks, votes) = all_voted("units=3&keep_prob=0.7");
        let test = &networks.split.test;
        let (mut sum, mut pairs, mut y_hats) = (0.0, 0.0, Vec::new());
        networks
            .whole
            .each_subnetwork(&test.x, |_, chance, y_hat| y_hats.push((chance, y_hat.to_vec())))
            .unwrap();
        let truth: Vec<f64> = (0..test.y.len() * 10)
            .map(|i| f64::from(u8::from(test.y[i / 10] as usize == i % 10)))
            .collect();
        for (i, (chance, a)) in y_hats.iter().enumerate() {
            for (other, b) in y_hats.iter().skip(i + 1).map(|(chance, b)| (chance, b)) {
                let errors = a.iter().zip(b).zip(&truth).map(|((a, b), y)| (a - y) * (b - y));
                sum += chance * other * errors.sum::<f64>() / truth.len() as f64;
                pairs += chance * other;
            }
        }
        let (_, c) = votes.average.moments();
        assert!((c / (sum / pairs) - 1.0).abs() < 1e-10, "{c} and {}", sum / pairs);
    }

    fn count_kept(kept: &[bool]) -> f64 {
        kept.iter().filter(|&&kept| kept).count() as f64
    }

    /// As many neurons kept as dropout keeps on average; and every network votes once.
    #[test]
    fn the_first_voters_are_like_those_that_dropout_makes() {
        for (keep_prob, low, high) in [(0.2, 1.5, 3.5), (0.5, 4.5, 5.5), (0.8, 7.0, 8.5)] {
            let voters = Votes::new(Dropout { units: 10, keep_prob }, &[0.0], 0).voters;
            let kept: f64 =
                voters[..50].iter().map(|voter| count_kept(&voter.kept)).sum::<f64>() / 50.0;
            assert!((low..high).contains(&kept), "p = {keep_prob}: {kept}");
            let mut all: Vec<Vec<bool>> = voters.into_iter().map(|voter| voter.kept).collect();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 1024);
        }
    }
}
