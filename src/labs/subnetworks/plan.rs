//! Which steps train, in which the smaller networks vote, and in which groups of them are drawn.

/// The steps after which each part of a run is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    /// The last step that updates weights.
    pub trained: usize,
    /// The step at which all smaller networks have voted.
    counted: usize,
    /// The step at which all groups have been drawn: the planned end.
    end: usize,
}

impl Plan {
    /// Two thirds of the steps to train, and three fifths of the rest to vote.
    pub fn of(steps: usize) -> Self {
        let trained = (2 * steps / 3).max(1);
        Plan { trained, counted: trained + (steps - trained) * 3 / 5, end: steps }
    }

    /// How many of the votes and how many of the draws are to be in after so many steps.
    pub fn due(&self, step: usize, votes: usize, draws: usize) -> (usize, usize) {
        (share(step, self.trained, self.counted, votes), share(step, self.counted, self.end, draws))
    }
}

/// Of a number spread evenly over the steps after `from` up to `to`, how many are due.
fn share(step: usize, from: usize, to: usize, all: usize) -> usize {
    match step {
        step if step >= to => all,
        step if step <= from => 0,
        step => all * (step - from) / (to - from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_in_at_the_planned_end_whenever_that_is() {
        for steps in [1, 2, 3, 4, 5, 7, 30, 3000] {
            let plan = Plan::of(steps);
            assert!((1..=steps).contains(&plan.trained));
            assert_eq!(plan.due(steps, 1024, 100), (1024, 100), "{steps}");
            let votes = |step: usize| plan.due(step, 1024, 100);
            assert!((1..steps).all(|step| votes(step).0 <= votes(step + 1).0));
            // Nobody is drawn before all have voted.
            assert!((plan.trained..=steps).all(|s| votes(s).1 == 0 || votes(s).0 == 1024));
        }
        assert_eq!(Plan::of(3000), Plan { trained: 2000, counted: 2600, end: 3000 });
    }
}
