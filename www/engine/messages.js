// What the page and the engine say to each other: types alone, nothing of this runs. The engine has a
// handler `on_<kind>` for every kind of request, which a check of the types holds it to.

/** @import {FigureData, Metrics, Params, Progress} from "../pkg/regularization_playground.js" */
/** @import {Pace} from "./pacer.js" */

/**
 * What the page asks for: the kind, and what comes with it. Where it has an `id` it is answered by one
 * `Reply`, once it is done or refused.
 * @typedef {object} Requests
 * @property {{lab: string, query: string, figures: string[], pace: Pace}} load Opens a lab with what a
 *   link holds, "" for the defaults; `figures` as in `watch`.
 * @property {{}} play
 * @property {{}} pause
 * @property {{}} step
 * @property {{}} reset
 * @property {{changes: Params}} change Changes settings, all of them or none.
 * @property {{pace: Pace}} pace
 * @property {{figures: string[]}} watch The figures that are in sight: they come with every frame.
 * @property {{awake: boolean}} awake Whether anybody can see the page; training rests while nobody can.
 * @property {{took: number}} ack The page has drawn the last frame and is ready for the next; how long
 *   that kept it busy, in milliseconds.
 * @property {{}} ping Asks for nothing but the answer.
 * @property {{}} unload Ends the run and gives back its memory.
 */

/** @typedef {{[K in keyof Requests]: {kind: K, id?: number} & Requests[K]}[keyof Requests]} Request */
/** @typedef {{[K in keyof Requests as `on_${K}`]: (content: Requests[K]) => void}} Handlers */

/** @typedef {{name: string, message: string, step?: number}} PlainError An error as it travels. */

/**
 * How the run stands. At most one of these is under way at a time, and none where nothing has changed.
 * @typedef {object} Frame
 * @property {"frame"} kind
 * @property {string} lab The lab's id.
 * @property {number} run Counts the runs: a new number after every restart.
 * @property {boolean} playing Whether the run is going on by itself.
 * @property {boolean} touched Whether a setting was changed after the first step.
 * @property {Progress} progress
 * @property {number} speed Steps a second over the last moments; 0 while it stands still.
 * @property {Metrics} metrics
 * @property {Params} params
 * @property {string} query What a link to this run holds.
 * @property {Record<string, FigureData>} figures Of the figures that were asked for, those that have changed.
 * @property {Fault | null} fault What stopped the run.
 */

/** @typedef {PlainError & {number: number}} Fault Numbered, so that the same one twice is told twice. */
/** @typedef {{kind: "reply", id: number, error: PlainError | null}} Reply */
/** @typedef {{kind: "broken", error: PlainError}} Broken What nobody had asked for went wrong. */

/** @typedef {Frame | Reply | Broken} Told What the page is told. */
/** @typedef {{kind: "ready"} | {kind: "unable", error: PlainError}} Started What a worker says first. */

export {};
