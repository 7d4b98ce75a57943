export interface LabSpec {
  id: string;
  title: string;
  /** The heading of the lecture's slides; empty for free play. */
  slide: string;
  claim: string;
  parameters: ParamSpec[];
  metrics: MetricSpec[];
  figures: FigureSpec[];
  /** Its map; none where its answer is no number against a slider. */
  main?: MainSpec;
}
/** A lab's map: its main metric against its main parameter. */
export interface MainSpec {
  /** The key of the main parameter: across. */
  parameter: string;
  /** The keys of what is measured: up. */
  metrics: string[];
  /** The key of the metric they are compared with: a dashed level, or a line of theory. */
  level?: string;
  /** The key of a choice: one curve for each of its values that was run. */
  by?: string;
  scale_x: "linear" | "log";
  scale_y: "linear" | "log";
  /** Values of the main parameter that are run to fill the map in, and how many seeds of each. */
  stops: number[];
  seeds: number;
  /** `shape`: points in the unit square of the map, x to the right and y up. */
  guesses: { label: string; shape: [number, number][] }[];
}
export interface ParamSpec {
  key: string;
  label: string;
  symbol: string;
  unit: string;
  help: string;
  kind: "real" | "integer" | "choice" | "flag" | "text";
  default: Setting;
  min?: number;
  max?: number;
  step?: number;
  /** "log" goes by ratios; where `min` is 0, the first stop is 0 and the next one `step`. */
  scale?: "linear" | "log";
  /** Named values on the slider: a number, or where another parameter stands. */
  marks?: { label: string; at: SliderPlace }[];
  /** The part of the range that is allowed with the other settings as they are: from, to. */
  within?: [SliderPlace, SliderPlace];
  /** What a text is made of: `of`, each letter there is, and at most so many of them. */
  letters?: { of: string; most: number };
  choices?: { value: string; label: string; suggests?: Record<string, Setting>; images?: { classes?: number; of_each: number } }[];
  /** Whether a change starts the run anew; otherwise it takes effect at once. */
  rebuilds: boolean;
  /** Whether it only chooses what is shown of a run; such a change leaves the run as it is. */
  view: boolean;
}
/** A number, where another parameter or a metric stands now, or where the data at hand end (`Lab.limits`). */
export type SliderPlace = { number: number } | { parameter: string } | { metric: string } | { data: true };
/** `decimals`: written with so many, however small it is. */
export interface MetricSpec { key: string; label: string; symbol: string; unit: string; decimals?: number; help: string }
export interface FigureSpec { key: string; title: string; description: string }
export type Setting = number | string | boolean;
export type Params = Record<string, Setting>;
/**
 * What a change did to the run: something else of it is shown; it goes on with the new settings; it stands
 * at its first step.
 */
export type Effect = "view" | "live" | "restart";
/** NaN where a metric does not apply. */
export type Metrics = Record<string, number>;
export interface Progress { done: boolean; steps: number; of: number }

export interface FigureData { key: string; title: string; note: string; description: string; body: FigureBody; handles?: Handle[] }
/** A place of a figure where a hand changes settings: by a press, or by dragging. */
export interface Handle {
  /** What it is called; stays while it is dragged. */
  name: string;
  /** How it stands, in words. */
  state: string;
  /** On a chart's axes, in fractions of the picture, on an image or cell, on all cells, or on the whole picture. */
  at: { point: { x: number; y: number } } | { spot: { x: number; y: number } } | { item: number } | { cells: { chosen?: number } } | "all";
  /** What a press, or any move, changes. */
  sets: { parameter: string; value: Setting }[];
  /** What a press in each cell of a grid changes besides choosing it. */
  each?: { parameter: string; value: Setting }[];
  /** Whether it is on, where it is a switch. */
  pressed?: boolean;
  across?: Along;
  up?: Along;
}
/** How a number follows a hand: its value now, and what a unit of the axis, a pixel of an image, a cell or the whole width changes it by. */
export interface Along { parameter: string; from: number; per: number; wraps: boolean }
/** Where a handle lies in a picture, in CSS pixels. */
export interface Grip {
  handle: Handle;
  /** Its centre. */
  x: number;
  y: number;
  /** 0 where it is a point. */
  width: number;
  height: number;
  /** Of a grid of cells; else 1. */
  columns: number;
  rows: number;
  /** What a pixel to the right and one downwards is, in the units of `Along`; 0 where it cannot be dragged so. */
  across: number;
  down: number;
}
export type FigureBody =
  | "empty"
  | { chart: ChartData }
  | { network: NetworkDrawing }
  | { images: ImagesData }
  | { matrices: { items: MatrixData[] } }
  | { table: TableData }
  | { heat: HeatData }
  | { strips: StripsData }
  | { masks: { items: { layers: boolean[][]; caption: string; role: SeriesData["role"] }[] } };
export interface ImagesData {
  width: number;
  height: number;
  items: {
    pixels: number[];
    caption: string;
    role: SeriesData["role"];
    /** On a ground in the tint of its role. */
    lit?: boolean;
    /** As neurons are that are dropped. */
    crossed?: boolean;
    /** The one that is told of. */
    ringed?: boolean;
  }[];
  /** What stands above each row, where the rows mean something. */
  rows?: string[];
  /** Weights, even where no pixel is negative. */
  signed?: boolean;
}
export interface ChartData { x: AxisData; y: AxisData; map?: MapData; series: SeriesData[]; events: { x: number; label: string }[] }
export interface AxisData { label: string; unit: "plain" | "percent"; scale: "linear" | "log"; min: number; max: number; /** Of the places 1, 2, … where they are no numbers. */ names?: string[]; /** Those written along a horizontal axis, where they are not round ones. */ marks?: number[]; /** Units are as long as on the other axis. */ equal?: boolean }
export interface MapData { columns: number; rows: number; label: string; low: number; high: number; values: number[] }
export interface SeriesData {
  name: string;
  /** What stands at the end of its line, where that is not its name. */
  label?: string;
  role: "train" | "test" | "theory" | "average" | "member" | "positive" | "negative" | "neutral";
  run: "a" | "b" | "c";
  mark: "line" | "points" | "joined" | "spot" | "ring" | "levels" | "bars";
  x: number[];
  y: number[];
  low: number[];
  high: number[];
  /** Of an earlier run. */
  faint?: boolean;
}
/** What a chart's curves say at one place, as drawn: `x` and `y` in CSS pixels, `at` on the horizontal axis; or a cell. */
export interface Readout {
  x: number;
  at: number;
  /** "step 495" */
  label: string;
  /** From top to bottom; several curves of one name are one item, "0.61 to 0.74". */
  items: { name: string; role: SeriesData["role"]; run: SeriesData["run"]; value: string; y: number; faint?: boolean }[];
  cell?: { left: number; top: number; width: number; height: number };
}
/** What one run measured, and the value of the parameter it ran with. */
export interface SweepCell { x: number; metrics: Metrics }
/** A metric that is averaged over seeds; its cells have their seeds as `x`. */
export interface Average { lab: string; metric: string }
/** A finished run on a map; `filled`: run to fill the map in, and not by hand. */
export interface MapRun { params: Params; metrics: Metrics; filled: boolean }
/** A map as it is asked for. */
export interface MapState {
  lab: string;
  /** Those alike in all but the main parameter, the seed, `by`, and what only chooses what is shown. */
  runs: MapRun[];
  /** The finished run that is shown: a large point. */
  now: MapRun | null;
  /** Where the main parameter stands under the hand: a thin line. */
  at: number;
  /** The number of the guess that was made, drawn as a dotted shape. */
  guess: number | null;
  /** Whether more than `now` may be seen: the guess has been made, or waved away. */
  open: boolean;
}
/** What the points say of a guess, in one sentence with measured numbers. */
export interface MapVerdict { state: "right" | "wrong" | "open"; text: string }
/** A run of the fill-in: where it stands, and what a link to it holds. */
export interface MapCell { x: number; seed: number; query: string }

export interface NetworkDrawing {
  layers: { label: string; units: UnitDrawing[]; total: number }[];
  edges: { layer: number; from: number; to: number; weight: number; kept: boolean; label: string; group?: number }[];
  largest: number;
  /** The group of weights that stands out; where none does, the groups lie on bands. */
  lit?: number;
  /** Weights used at several places: each tie has a colour of its own, and a place in the key. */
  ties?: { name: string; groups: number[] }[];
  /** A click on a weight of group g sets the parameter to 1 + g % count. */
  picks?: { parameter: string; count: number };
}
export interface UnitDrawing { x: number; y: number; kept: boolean; name: string; value: string; level?: number }
export interface MatrixData {
  symbol: string;
  label: string;
  rows: number;
  columns: number;
  values: number[];
  states: ("plain" | "updated" | "unchanged" | "dropped")[];
}
/** Row 0 is at the top; `low` is orange, `high` blue. `items`: what a row and what a column stands for. */
export interface HeatData { label: string; items: [string, string]; row_names?: string[]; rows: number; columns: number; low: number; high: number; values: number[]; /** Of many small cells: what frames them, which one is ringed, and the image they are about. */ wall?: { frame: number; ringed?: number; image: number[] } }
/** Rows of cells over places or time steps; `full` is the value drawn in full blue; `now` is the column looked at, from 1, with `reach` more on each side. */
export interface StripsData {
  item: string;
  columns: number;
  rows: { name: string; note: string; mark: "cells" | "keys" | "bars" | "lamps"; values: number[]; full: number; answers: ("open" | "right" | "wrong")[] }[];
  now?: number;
  reach: number;
  /** Borders behind a column. */
  events: ChartData["events"];
}
export interface TableData { columns: { label: string; unit: "plain" | "percent" }[]; rows: (number | string)[][] }

export interface NetworkConfig {
  /** What a row of input is: so many numbers, a signal, an image (both channel first), or a sequence (step by step). */
  input: number | [channels: number, length: number] | [channels: number, height: number, width: number] | { steps: number; features: number };
  /** The last one is the output layer: never dropped. */
  layers: LayerConfig[];
  /** mse: mean over rows and outputs; half_sse: half the sum over outputs, mean over rows; cross_entropy: softmax, mean over rows (and over time steps, each with a class of its own). */
  loss: "mse" | "half_sse" | "cross_entropy";
  keep_prob_input?: number;
  /** Variance of the noise added to the inputs in training. */
  alpha?: number;
  /** Penalty l2 * sum of squared weights, biases left out, no 1/2. */
  l2?: number;
  dropout_scaling?: "inverted" | "at_test" | "none";
  optimizer?: {
    kind: "sgd" | "momentum" | "nesterov" | "adam" | "adamw" | "rmsprop" | "adagrad";
    learning_rate: number;
    momentum?: number;
    dampening?: number;
    beta1?: number;
    beta2?: number;
    eps?: number;
    weight_decay?: number;
    centered?: boolean;
  };
  max_norm?: number;
  /** 0 is the whole set. */
  batch_size?: number;
  n_members?: number;
  bootstrap?: boolean;
  /** A whole number below 2^32. */
  seed?: number;
}
export type Activation = "linear" | "relu" | "tanh" | "sigmoid";
export type Init = "he" | "glorot" | "zeros" | "equal_rows";
export type LayerConfig =
  | {
      kind: "dense";
      units: number;
      activation?: Activation;
      /** 1 in the output layer. */
      keep_prob?: number;
      init?: Init;
      /** What the learning rate is multiplied by for this layer; 0 freezes it. 1. */
      learning_rate_scale?: number;
      /** After a sequence: false = weights of its own at every time step. */
      shared?: boolean;
    }
  | {
      kind: "conv1d" | "conv2d";
      filters: number;
      /** conv2d also takes [height, width]. */
      kernel: number | [height: number, width: number];
      stride?: number;
      /** Zeros round the input; less than the kernel. */
      padding?: number;
      activation?: Activation;
      keep_prob?: number;
      init?: Init;
      learning_rate_scale?: number;
      /** false = a filter of its own at every location. */
      shared?: boolean;
    }
  /** Windows side by side; what is left over at the end is left out. */
  | { kind: "max_pool"; size: number }
  | {
      kind: "recurrent";
      units: number;
      /** tanh where it is left out. */
      activation?: Activation;
      /** Of wx; wh starts as the identity (as zeros, where wx does). */
      init?: Init;
      learning_rate_scale?: number;
      /** The state after the last time step, or the states of all. */
      outputs: "last" | "all";
      /** false = weights of its own at every time step. */
      shared?: boolean;
    };
/** w1 (out x in, or filters x channels x kernel…), b1, w2, …; of a recurrent layer wx1, wh1, b1. Where every location or time step has parameters of its own, they stand in front: [locations…, …]. */
export interface Parameter { name: string; shape: number[]; values: Float64Array }
/** What a lab has trained: the weights of one of its networks, or of a linear model (`w`). */
export interface Weights { network: string; parameters: Parameter[] }
export interface Gradients {
  loss: number;
  penalty: number;
  /** Before the softmax. */
  output: Float64Array;
  /** Of loss + penalty. */
  parameters: Parameter[];
  /** With respect to the unmasked inputs. */
  input: Float64Array;
  /** Of the loss alone, for layers that share weights: as though every location or time step had parameters of its own, [locations…, …]. Their sum over locations is the gradient above, less the penalty's part. */
  untied: Parameter[];
}
export interface StepReport { step: number; loss: number; penalty: number; objective: number }
export interface MonteCarlo { mean: Float64Array; variance: Float64Array }
export interface RidgeFit { weights: Float64Array; intercept: number; loss: number; objective: number }
export interface EnsembleErrors {
  /** Raw second moments, so that `predicted` equals `measured` up to rounding. */
  variance: number;
  covariance: number;
  predicted: number;
  measured: number;
  ambiguity: number;
  bias: number;
}
export interface Subnetworks {
  arithmetic_mean: Float64Array;
  /** Empty without a softmax. */
  geometric_mean: Float64Array;
  variance: Float64Array;
  weight_scaled: Float64Array;
  count: number;
}
/** Rows of inputs, row major, and one target a row. */
export interface Examples { x: Float64Array; y: Float64Array }
/** How a file is to be read; what is left out is guessed. */
export interface CsvOptions {
  separator?: "," | ";" | "\t";
  decimal?: "." | ",";
  /** Whether the first row names the columns. */
  header?: boolean;
  /** The name of the column to learn. Guessed: one called target, label, class, y, outcome or species, else the last that can be. */
  target?: string;
  /** Names of columns that are no inputs. */
  leave_out?: string[];
  /** Guessed: classes for words and for at most 10 different whole numbers. */
  task?: "regression" | "classes";
  /** Rows with empty cells: "refuse" names them in an Error, and is the default. */
  missing?: "refuse" | "leave_out";
  /** Inputs, and a target that is a number, by the mean and deviation of the rows learned from. true */
  standardize?: boolean;
}
export interface CsvColumn {
  /** That of the header, made different from others; else "column 3". */
  name: string;
  kind: "number" | "words";
  /** Different values; 101 where there are more than 100. */
  distinct: number;
  /** Empty cells, "NA", and in a column of numbers those that are none. */
  missing: number;
  /** Words can be an input while there are at most 12 different ones. */
  fits_input: boolean;
  /** What it can be as the target, the likeliest first. */
  tasks: ("regression" | "classes")[];
  /** How a number with a mark between thousands was understood, or why it was not; mostly "". */
  note: string;
}
export interface CsvDescription {
  /** Of a file given as bytes: Windows-1252 is a guess, where it is nothing else. */
  encoding: "UTF-8" | "UTF-16" | "Windows-1252";
  separator: "," | ";" | "\t";
  decimal: "." | ",";
  header: boolean;
  /** Rows of data. */
  rows: number;
  columns: CsvColumn[];
  /** The first rows of data, as they are written. */
  preview: string[][];
  /** The first hundred cells and rows (`column` is "") that cannot be read; `line` is the file's, from 1. */
  left_out: { line: number; column: string; what: string }[];
  left_out_count: number;
  /** How many rows they are in. */
  left_out_rows: number;
}
/** A table of one's own: plain data, which a lab copies. Numbers are as they were read. */
export interface Table {
  /** The names of the columns of `x`: of a column of words one for each, "colour = red". */
  inputs: string[];
  target: string;
  task: "regression" | "classes";
  /** The names of the classes, of which `y` holds the numbers; none of regression. */
  classes: string[];
  /** rows x inputs, row major. */
  x: Float64Array;
  y: Float64Array;
  rows: number;
  standardize: boolean;
  /** Pixels along a side, where every row is a square image. */
  image_side?: number;
  /** Rows at the end of the file that no longer fitted. */
  rows_left_off?: number;
  understood?: CsvDescription;
}
