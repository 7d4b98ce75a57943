// What the page and the engine say to each other: types alone, nothing of this runs. The engine has a
// handler `on_<kind>` for every kind of request, which a check of the types holds it to.

/** @import {CsvDescription, CsvOptions, FigureData, Metrics, Params, Progress, Table, Weights} from "../pkg/regularization_playground.js" */
/** @import {Pace} from "./pacer.js" */

/**
 * What the page asks for: the kind, and what comes with it. Where it has an `id` it is answered by one
 * `Reply`, once it is done or refused.
 * @typedef {object} Requests
 * @property {{lab: string, query: string, figures: string[], pace: Pace, hero: string | null, open: Open}} load
 *   Opens a lab with what a link holds. "" is how it was left; where it was not, or is the one that is open,
 *   its defaults. `figures` as in `watch`; `hero`: the key of the run's main figure.
 * @property {{}} play Goes on at the pace; from its end the run is replayed.
 * @property {{}} pause The run, or the answer, stops where it is.
 * @property {{steps?: number}} step So many steps, else one, also beyond the planned end; an answer under way is
 *   let go, for its run's first step.
 * @property {{}} reset To the first step, paused.
 * @property {{changes: Params}} change Changes settings, all of them or none. Answered once they are taken
 *   or refused: what comes while a run is being answered is taken together when that has ended.
 * @property {{pace: Pace}} pace
 * @property {{figures: string[]}} watch The figures that are in sight: they come with every frame.
 * @property {{awake: boolean}} awake Whether anybody can see the page; training rests while nobody can.
 * @property {{took: number}} ack The page has drawn the last frame and is ready for the next; how long
 *   that kept it busy, in milliseconds.
 * @property {{figures: string[]}} describe All of the run as it stands, with these figures: its answer bears it.
 * @property {{own: Own}} table The reader's own data, for labs that are opened from now on by links that name it.
 * @property {{file: Uint8Array, options: CsvOptions}} read_csv Its answer bears what was understood, and the table or why there is none.
 * @property {{images: Uint8Array, labels: Uint8Array}} read_idx Its answer bears the table.
 * @property {{}} ping Asks for nothing but the answer.
 * @property {{}} unload Ends the run and gives back its memory.
 */

/**
 * What becomes of a lab's run when it is opened: it is trained to its planned end and then played from its
 * start; it is trained and stands at its end; it waits at its first step until somebody plays it or changes a
 * setting; or it stands at its first step until somebody plays it, and no change trains it.
 * @typedef {"play" | "end" | "wait" | "stand"} Open
 */

/** @typedef {{[K in keyof Requests]: {kind: K, id?: number} & Requests[K]}[keyof Requests]} Request */
/** @typedef {{[K in keyof Requests as `on_${K}`]: (content: {id?: number} & Requests[K]) => unknown}} Handlers What they give comes with the reply. */

/** @typedef {Pick<Frame, "query" | "params" | "progress" | "touched" | "metrics"> & {figures: FigureData[], weights: Weights[]}} Described */

/** @typedef {{ticket: string, table: Table}} Own The reader's own data, and what links call it (ticket.js). */
/** @typedef {{description: CsvDescription, table: Table | null, problem: string}} CsvRead */

/** @typedef {{name: string, message: string, step?: number}} PlainError An error as it travels. */

/**
 * How the run stands. At most one of these is under way at a time, and none where nothing has changed.
 * @typedef {object} Frame
 * @property {"frame"} kind
 * @property {string} lab The lab's id.
 * @property {number} run Counts the runs: a new number after every restart.
 * @property {"playing" | "paused" | "done" | "diverged"} state Whether something is under way, a replay or an
 *   answer; or else where it stands: on the way, at its planned end or beyond, or where its numbers gave out.
 * @property {boolean} playing Whether something is under way.
 * @property {boolean} touched Whether a setting was changed after the first step.
 * @property {Progress} progress
 * @property {number} speed Steps a second over the last moments; 0 while it stands still.
 * @property {Metrics} metrics
 * @property {Params} params
 * @property {Record<string, number>} limits How far the data at hand let parameters go.
 * @property {string} query What a link to this run holds.
 * @property {Record<string, FigureData>} figures Of the figures that were asked for, those that have changed.
 * @property {Fault | null} fault What stopped the run.
 */

/**
 * A run that has come to its planned end, by whatever way and whether or not a frame shows it; told once.
 * @typedef {object} Finished
 * @property {"finished"} kind
 * @property {string} lab The lab's id.
 * @property {string} query What a link to this run holds.
 * @property {Params} params
 * @property {Metrics} metrics
 * @property {number} steps Steps taken.
 * @property {boolean} touched Whether a setting was changed after the first step.
 * @property {FigureData | null} hero The run's main figure, where one was named.
 */

/** @typedef {PlainError & {number: number}} Fault Numbered, so that the same one twice is told twice. */
/** @typedef {{kind: "reply", id: number, error: PlainError | null, answer?: unknown}} Reply */
/** @typedef {{kind: "broken", error: PlainError}} Broken What nobody had asked for went wrong. */

/** @typedef {Frame | Finished | Reply | Broken} Told What the page is told. */
/** @typedef {{kind: "ready"} | {kind: "unable", error: PlainError}} Started What a worker says first. */
/** @typedef {{seat: number, request: Request}} ToWorker Each engine in a worker goes by the number of its place. */
/** @typedef {{seat: number, told: Told} | {lost: number}} FromWorker Of place 0 what concerns all; `lost`: the worker is of no more use, as was found there. */

export {};
