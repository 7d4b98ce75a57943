//! "Pre-training": with labels few and many, features kept and destroyed, and where it does not help.

use super::claim::{Claim, Effort, Rows, assert_all_hold, cell, mean, print_table};

/// The rows of this section.
const ROWS: &[Rows] = &[
    (WITHOUT_LABELS, few_and_many),
    (WITHOUT_LABELS, kept_and_destroyed),
    (WITHOUT_LABELS, pretexts),
    (OTHER_LABELS, teacher),
    (OTHER_LABELS, halves),
];

#[test]
fn few_seeds() {
    assert_all_hold(ROWS);
}

#[test]
#[ignore = "many seeds"]
fn table() {
    print_table(ROWS);
}

const WITHOUT_LABELS: &str = "pre_training_unsupervised";
const OTHER_LABELS: &str = "pre_training_supervised";

/// What one setting comes to over the seeds: test errors from scratch and pre-trained.
struct Outcome {
    scratch: Vec<f64>,
    pretrained: Vec<f64>,
    gains: Vec<f64>,
    /// Whether the errors are shares of wrong answers.
    shares: bool,
}

impl Outcome {
    fn of(lab: &'static str, query: &str, seeds: u32) -> Self {
        let keys = ["test_error_scratch", "test_error_pretrained", "gain"];
        let run = |seed: u32| cell(lab, &format!("{query}&seed={seed}"), keys);
        let rows: Vec<[f64; 3]> = (400..400 + seeds).map(run).collect();
        let column = |key: usize| rows.iter().map(|row| row[key]).collect();
        let shares = lab == WITHOUT_LABELS || query.contains("task=digits");
        Outcome { scratch: column(0), pretrained: column(1), gains: column(2), shares }
    }

    fn gain(&self) -> f64 {
        mean(&self.gains)
    }

    fn wins(&self) -> usize {
        self.gains.iter().filter(|&&gain| gain > 0.0).count()
    }

    /// Seeds in which the pre-trained network has at most half the error.
    fn halved(&self) -> usize {
        self.scratch.iter().zip(&self.pretrained).filter(|(a, b)| 2.0 * *b <= **a).count()
    }

    /// Both means, as the page prints them.
    fn means(&self) -> [String; 2] {
        [mean(&self.scratch), mean(&self.pretrained)].map(|error| match error {
            much if much > 1.0 => format!("{:.0} %", 100.0 * much),
            error => format!("{:.1} %", 100.0 * error),
        })
    }

    fn told(&self) -> String {
        let ([scratch, pretrained], seeds) = (self.means(), self.gains.len());
        let how = if self.shares {
            let least = self.gains.iter().copied().fold(f64::INFINITY, f64::min);
            let (gain, least) = (100.0 * self.gain(), 100.0 * least);
            format!("gain {gain:+.1} points (least {least:+.1}), ahead in {}", self.wins())
        } else {
            format!("halved in {}", self.halved())
        };
        format!("{scratch} → {pretrained}, {how} of {seeds}")
    }

    /// A row of the table.
    fn row(&self, claim: &str, criterion: &'static str, holds: bool) -> Claim {
        Claim { claim: claim.to_string(), criterion, measured: self.told(), holds }
    }
}

fn few_and_many(effort: Effort) -> Vec<Claim> {
    let row = |n: u32, criterion, holds: &dyn Fn(&Outcome) -> bool| {
        let outcome = Outcome::of(WITHOUT_LABELS, &format!("n_labels={n}"), effort.of(1, 10));
        let claim = format!("digits moved to the middle, then {n} labels");
        outcome.row(&claim, criterion, holds(&outcome))
    };
    let clear = |outcome: &Outcome| {
        outcome.gain() >= 0.06 && 10 * outcome.wins() >= 9 * outcome.gains.len()
    };
    let some = |outcome: &Outcome| (0.01..=0.06).contains(&outcome.gain());
    let none = |outcome: &Outcome| outcome.gain().abs() <= 0.04;
    let (clearly, nothing) =
        ("mean gain at least 6 points, ahead in 9 of 10 seeds", "mean gain within 4 points of 0");
    let mut rows = vec![row(10, clearly, &clear)];
    if effort == Effort::Full {
        rows.push(row(20, clearly, &clear));
        rows.push(row(50, "mean gain 1 to 6 points", &some));
        rows.push(row(100, "mean gain 1 to 6 points", &some));
        rows.push(row(300, nothing, &none));
        rows.push(row(1000, nothing, &none));
    }
    rows
}

fn kept_and_destroyed(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(1, 10);
    let mut rows = vec![destroyed(seeds)];
    if effort == Effort::Quick {
        return rows;
    }
    let low = Outcome::of(WITHOUT_LABELS, "", seeds);
    let same = Outcome::of(WITHOUT_LABELS, "tuning=same_rate", seeds);
    let claim = "and that costs a part of the gain at 10 labels";
    let criterion = "mean gain less than at a lower rate";
    rows.push(same.row(claim, criterion, same.gain() < low.gain()));
    for (n, criterion, sign) in [
        (10, "mean gain more than 1 point", 1.0),
        (300, "mean loss more than 1 point", -1.0),
        (1000, "mean loss more than 1 point", -1.0),
    ] {
        let frozen = Outcome::of(WITHOUT_LABELS, &format!("tuning=frozen&n_labels={n}"), seeds);
        let claim = format!("frozen features, {n} labels");
        rows.push(frozen.row(&claim, criterion, sign * frozen.gain() > 0.01));
    }
    rows
}

/// How many times as much the old decoder errs after fine-tuning at the same rate, in the mean.
fn destroyed(seeds: u32) -> Claim {
    let times = |tuning: &str| -> Vec<f64> {
        let one = |seed: u32| {
            let keys = ["reconstruction_tuned", "reconstruction_error"];
            let [tuned, before] =
                cell(WITHOUT_LABELS, &format!("tuning={tuning}&seed={seed}"), keys);
            tuned / before
        };
        (400..400 + seeds).map(one).collect()
    };
    let (same, low) = (times("same_rate"), times("low_rate"));
    let least = same.iter().copied().fold(f64::INFINITY, f64::min);
    let most = low.iter().copied().fold(0.0, f64::max);
    Claim {
        claim: format!("10 labels at the same rate everywhere destroy the features, {seeds} seeds"),
        criterion: "the old decoder errs 10 times as much; at a lower rate less than that",
        measured: format!(
            "{:.0} times (least {least:.0}); at a lower rate {:.1} (most {most:.1})",
            mean(&same),
            mean(&low)
        ),
        holds: least >= 10.0 && most < 10.0,
    }
}

fn pretexts(effort: Effort) -> Vec<Claim> {
    let of = |query: &str| Outcome::of(WITHOUT_LABELS, query, effort.of(1, 10));
    if effort == Effort::Quick {
        return Vec::new();
    }
    let copy = of("pretext=copy");
    let claim = "an autoencoder that draws what it sees where it sees it, 10 labels";
    let criterion = "mean loss more than 5 points";
    let mut rows = vec![copy.row(claim, criterion, copy.gain() < -0.05)];
    let fixed = of("augment=false&tuning=frozen");
    let claim = "10 labels, each digit at one place only, frozen features: dramatic and unfair";
    let criterion = "mean gain at least 25 points";
    rows.push(fixed.row(claim, criterion, fixed.gain() >= 0.25));
    let (ten, fifty) = (
        of("shifted=false&pretext=denoise&n_labels=10"),
        of("shifted=false&pretext=denoise&n_labels=50"),
    );
    let claim = "digits in the middle, noise to take away, 10 labels";
    let criterion = "mean gain less than by moving digits, where they are shifted";
    rows.push(ten.row(claim, criterion, ten.gain() < of("").gain()));
    let claim = "digits in the middle, noise to take away, 50 labels";
    let criterion = "mean gain within 4 points of 0";
    rows.push(fifty.row(claim, criterion, fifty.gain().abs() <= 0.04));
    let nothing = of("pretext_steps=0&steps=1500");
    let claim = "nothing pre-trained, 10 labels: it is not the lower rate that helps";
    rows.push(nothing.row(claim, "no gain in the mean", nothing.gain() <= 0.0));
    rows
}

fn teacher(effort: Effort) -> Vec<Claim> {
    let of = |query: &str| Outcome::of(OTHER_LABELS, query, effort.of(2, 10));
    let half = "squared error at most half in 9 of 10 seeds";
    let halves = |outcome: &Outcome| 10 * outcome.halved() >= 9 * outcome.gains.len();
    let mut rows = Vec::new();
    for n in [20, 50, 100] {
        let outcome = of(&format!("n_labels={n}"));
        let claim = format!("teacher, {n} examples of the new task");
        rows.push(outcome.row(&claim, half, halves(&outcome)));
    }
    if effort == Effort::Quick {
        return rows;
    }
    let many = of("n_labels=5000");
    let claim = "teacher, 5,000 examples: nothing is left to gain";
    let criterion = "mean difference at most 0.03";
    rows.push(many.row(claim, criterion, many.gain().abs() <= 0.03));
    let frozen = of("n_labels=20&tuning=frozen");
    rows.push(frozen.row("teacher, 20 examples, frozen body", half, halves(&frozen)));
    let (low, same) = (of("n_labels=20"), of("n_labels=20&tuning=same_rate"));
    let claim = "teacher, 20 examples, same rate everywhere: most of the gain is lost";
    let criterion = "mean error at least 3 times that at a lower rate, which is more than frozen";
    let [frozen, low, forgot] = [&frozen, &low, &same].map(|outcome| mean(&outcome.pretrained));
    rows.push(same.row(claim, criterion, frozen < low && forgot >= 3.0 * low));
    let nothing = of("n_labels=20&source_steps=0&steps=3000");
    let claim = "teacher, 20 examples, nothing pre-trained: a part of the gain is the slow body";
    let criterion = "less error than from scratch, but more than always answering the mean";
    let [scratch, slow] = [&nothing.scratch, &nothing.pretrained].map(|errors| mean(errors));
    rows.push(nothing.row(claim, criterion, slow > 1.0 && slow < scratch));
    rows
}

fn halves(effort: Effort) -> Vec<Claim> {
    let of =
        |query: &str| Outcome::of(OTHER_LABELS, &format!("task=digits&{query}"), effort.of(1, 10));
    let few: &[u32] = effort.of(&[25], &[5, 10, 25, 50]);
    let one = |n: &u32| {
        let outcome = of(&format!("n_labels={n}"));
        let claim = format!("shifted digits 0 to 4, then 5 to 9 with {n} labels");
        let criterion = "mean gain at least 2 points, ahead in 9 of 10 seeds";
        let holds = outcome.gain() >= 0.02 && 10 * outcome.wins() >= 9 * outcome.gains.len();
        outcome.row(&claim, criterion, holds)
    };
    let mut rows: Vec<Claim> = few.iter().map(one).collect();
    if effort == Effort::Quick {
        return rows;
    }
    let frozen = of("n_labels=500&tuning=frozen");
    let criterion = "mean loss more than 5 points";
    let claim = "the same with 500 labels and a frozen body";
    rows.push(frozen.row(claim, criterion, frozen.gain() < -0.05));
    let middle = of("n_labels=25&shifted=false");
    let claim = "digits in the middle, 0 to 4, then 5 to 9 with 25 labels";
    rows.push(middle.row(claim, "no gain in the mean", middle.gain() <= 0.0));
    let many = of("n_labels=500");
    let (claim, criterion) = ("shifted digits, 500 labels", "mean gain within 4 points of 0");
    rows.push(many.row(claim, criterion, many.gain().abs() <= 0.04));
    let told = of("n_labels=25&augment=true");
    let claim = "shifted digits, 25 labels at fresh places: from scratch it knows shifts too";
    rows.push(told.row(claim, "no gain in the mean", told.gain() <= 0.0));
    rows
}
