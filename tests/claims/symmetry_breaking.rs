//! "Symmetry breaking": equal neurons stay equal, exactly; dropping some of them sets them apart.

use super::claim::{
    Claim, Effort, Rows, assert_all_hold, cell, largest, mean, percent, print_table, printed,
};

/// The rows of this section.
const ROWS: &[Rows] = &[(LAB, stays), (LAB, breaks), (LAB, unstable)];

#[test]
fn few_seeds() {
    assert_all_hold(ROWS);
}

#[test]
#[ignore = "many seeds"]
fn table() {
    print_table(ROWS);
}

const LAB: &str = "symmetry_breaking";

const KEYS: [&str; 6] = [
    "max_difference",
    "first_difference",
    "most_difference",
    "mean_cosine",
    "effective_rank",
    "test_error",
];

/// The metrics over the seeds from 0 on, with which the page opens, one column a key.
fn columns(query: &str, seeds: u32) -> [Vec<f64>; 6] {
    let run = |seed: u32| cell(LAB, &format!("{query}&seed={seed}"), KEYS);
    let runs: Vec<[f64; 6]> = (0..seeds).map(run).collect();
    std::array::from_fn(|place| runs.iter().map(|run| run[place]).collect())
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn told([now, first, _, cosine, rank, error]: &[Vec<f64>; 6]) -> String {
    format!(
        "difference {:.3} after one step (least {:.3}), {:.2} at the end (least {:.2}); cosine \
         {:.3} (most {:.3}), effective rank {:.2}, test error {:.1} % (from {:.1} to {:.1} %); {} \
         seeds",
        mean(first),
        least(first),
        mean(now),
        least(now),
        mean(cosine),
        largest(cosine),
        mean(rank),
        100.0 * mean(error),
        100.0 * least(error),
        100.0 * largest(error),
        now.len()
    )
}

fn stays(effort: Effort) -> Vec<Claim> {
    let run = |arm: &str| columns(&format!("arm={arm}"), effort.of(3, 20));
    let [tied, inputs] = ["tied", "tied_input_dropout"].map(run);
    let claim = |all: &[Vec<f64>; 6], name: &str| {
        let exact = largest(&all[2]) == 0.0;
        Claim {
            claim: format!("{name}: all neurons stay equal, and the error is stuck"),
            criterion: "difference exactly 0.0 at every step, test error at least 50 %, every seed",
            measured: format!("exactly 0: {exact}; {}", told(all)),
            holds: exact && least(&all[5]) >= 0.5,
        }
    };
    let sizes = effort.of(&[3, 13][..], &[2, 3, 5, 7, 12, 13, 17, 32][..]);
    let most: Vec<f64> = sizes
        .iter()
        .flat_map(|units| {
            let query =
                format!("arm=tied_input_dropout&units={units}&steps={}", effort.of(300, 2000));
            let [_, _, most, ..] = columns(&query, effort.of(1, 3));
            most
        })
        .collect();
    vec![
        claim(&tied, "all weights equal"),
        claim(&inputs, "all weights equal, inputs dropped"),
        Claim {
            claim: "the same with any number of neurons".into(),
            criterion: "difference exactly 0.0 at every step",
            measured: format!("largest {:.0e}, {} runs", largest(&most), most.len()),
            holds: largest(&most) == 0.0,
        },
    ]
}

fn breaks(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(3, 20);
    let run = |arm: &str| columns(&format!("arm={arm}"), seeds);
    let [hidden, rows, random] = ["tied_hidden_dropout", "rows_equal", "random"].map(run);
    let apart = |all: &[Vec<f64>; 6]| least(&all[1]) > 0.01 && least(&all[0]) >= 1.5;
    let alike = |all: &[Vec<f64>; 6]| largest(&all[3]) <= 0.4 && largest(&all[5]) <= 0.16;
    let mut claims = vec![
        Claim {
            claim: "all weights equal, hidden neurons dropped: the tie breaks at once".into(),
            criterion: "difference above 0.01 after one step, at least 1.5 at the end; cosine at \
                        most 0.4, test error at most 16 %, every seed",
            measured: told(&hidden),
            holds: apart(&hidden) && alike(&hidden),
        },
        Claim {
            claim: "only the rows of W(1) equal: the next layer breaks the tie at once".into(),
            criterion: "the same",
            measured: told(&rows),
            holds: apart(&rows) && alike(&rows),
        },
        Claim {
            claim: "all weights random".into(),
            criterion: "cosine at most 0.4, test error at most 16 %, every seed",
            measured: told(&random),
            holds: alike(&random),
        },
    ];
    let figures = [
        percent(&hidden[5]),
        format!("goes up to {:.1} of 8", mean(&hidden[4])),
        percent(&random[5]),
    ];
    claims.extend(printed(effort, LAB, &figures));
    claims
}

fn unstable(effort: Effort) -> Vec<Claim> {
    let run = |size: &str, steps: u32| {
        let query = format!("arm=tied&perturbation={size}&steps={steps}");
        columns(&query, effort.of(2, 20))
    };
    let start = run("0.00000001", 1);
    let ends = effort.of(&[2000][..], &[500, 1000, 1500, 2000, 4000][..]);
    let rows: Vec<(u32, [Vec<f64>; 6])> =
        ends.iter().map(|&steps| (steps, run("0.00000001", steps))).collect();
    let by_step: Vec<String> = rows
        .iter()
        .map(|(steps, all)| {
            format!("{steps}: {:.1e} (error {:.1} %)", mean(&all[0]), 100.0 * mean(&all[5]))
        })
        .collect();
    let large = run("0.001", 2000);
    let at = rows.iter().find(|(steps, _)| *steps == 2000);
    let grown = at.map_or(0.0, |(_, all)| least(&all[0]) / largest(&start[0]));
    let mut claims = vec![Claim {
        claim: "equal neurons are unstable: a difference of 1e-8 grows by itself".into(),
        criterion: "at least a hundredfold in 2000 steps, every seed",
        measured: format!(
            "{:.1e} at first; {}; least growth {grown:.0}-fold; from 1e-3: {:.2}, error {:.1} %",
            mean(&start[0]),
            by_step.join(", "),
            mean(&large[0]),
            100.0 * mean(&large[5])
        ),
        holds: grown >= 100.0,
    }];
    // Apart by so much at first, after 500 steps, and what is wrong after 2,000.
    let mut figures = vec![format!("{:.0}·10⁻⁸", 1e8 * mean(&start[0]))];
    let of = |wanted: u32| rows.iter().find(move |(steps, _)| *steps == wanted);
    figures.extend(of(500).map(|(_, all)| format!("{:.2} after 500 steps", mean(&all[0]))));
    figures.extend(of(2000).map(|(_, all)| percent(&all[5])));
    claims.extend(printed(effort, LAB, &figures));
    claims
}
