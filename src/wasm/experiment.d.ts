/** An experiment over many runs: what is varied over which values and seeds, and what is measured. */
export interface Experiment {
  lab: string;
  /**
   * The parameter on the horizontal axis and its values: "keep_prob=0.1..1:0.1", "units=8,16,32", or with
   * what else is set at a value "keep_prob=0.25(units=256),0.5(units=128)". A colon may stand for "=".
   */
  x: string;
  /** A parameter whose values are separate curves, written alike; empty where there is one curve. */
  curves?: string;
  /**
   * Without a role, training errors are `train` and the others follow one another; `run` b is dashed;
   * without a name, a line is called by what its label does not share with the others.
   */
  metrics: { key: string; role?: SeriesData["role"]; run?: SeriesData["run"]; name?: string }[];
  /** "5": the seeds 0 to 4; "5..25". */
  seeds: string;
  /** What else is set in all runs, parted by semicolons: "steps=300;compare=false". */
  set?: string;
  /** What a link to the lab holds: whatever is not said above is as it is there, but for what only looks. */
  base?: string;
  title?: string;
  /** The name of the vertical axis; without it, what the metrics' labels have in common. */
  axis?: string;
  /** Around the means: one standard error of the mean (without it), one deviation of a run, or least to greatest. */
  bars?: "standard_error" | "deviation" | "extremes";
  /** Whether each run has a point of its own. */
  each?: boolean;
}
/** Where a cell stands, and what a link to it holds. */
export interface PlannedCell { x: string; curve?: string; seed: number; query: string }
/** The cells, curve by curve and value by value; what they are in words; what runs them natively. */
export interface PlannedCells { cells: PlannedCell[]; told: string; command: string }
/** A cell whose run has ended: what it measured, or why it did not. */
export interface EndedCell extends PlannedCell { metrics?: Metrics; error?: string }
export interface ExperimentFound {
  figure: FigureData;
  /** What was run and what is shown of it, for under a picture of the figure. */
  caption: string;
  /** A row for each place of each line: mean, standard error, least, greatest, seeds. */
  means: TableData;
  /** Of runs with the same seed, curve against first curve or metric against first metric, with 95 % intervals by Student's t. */
  differences?: { words: string[]; table: TableData };
}
export interface ExperimentReport {
  version: string;
  experiment: { lab: string; x: { key: string; values: string[] }; curves?: { key: string; values: string[] }; metrics: string[]; seeds: [from: number, end: number]; set: [string, string][] };
  cells: EndedCell[];
}
/** An experiment that redraws a figure of the field: where it is from, and how ours differs. */
export interface ExperimentPreset extends Required<Pick<Experiment, "lab" | "x" | "curves" | "metrics" | "seeds" | "set" | "title">> {
  source: string;
  /** Empty where there is none. */
  url: string;
  differs: string;
}
/** A parameter that can be varied, with values as `Experiment.x` has them. */
export interface SuggestedValues { key: string; label: string; values: string }
