// The reader's own experiment: what varies, over which seeds, what is measured; its runs, its figure, and the
// differences of what is compared. Loaded when it is first opened.

import { bindings, loadBindings } from "../engine/bindings.js";
import { joined, parted } from "../engine/ticket.js";
import { el, freshId, setText } from "./dom.js";
import { buildForm } from "./experiment-form.js";
import { SIDE_BY_SIDE, buildJob } from "./experiment-job.js";
import { readAsked, writeAsked } from "./experiment-link.js";
import { buildResults } from "./experiment-results.js";
import { inTime } from "./experiment-time.js";
import { messageOf } from "./lost.js";
import { whole } from "./numbers.js";

/** @import {Experiment, ExperimentPreset, LabSpec, Metrics, PlannedCells} from "../pkg/regularization_playground.js" */
/** @import {Frame} from "../engine/messages.js" */
/** @import {buildFigures} from "./figures.js" */

/**
 * What an experiment asks of the page around it.
 * @typedef {object} Around
 * @property {() => number} took How long the last run took, in milliseconds; NaN where none has ended.
 * @property {(query: string) => void} onLink The link to the experiment has changed.
 */

/**
 * @param {HTMLElement} box Takes it. @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {ReturnType<typeof buildFigures>} figures The figures of the section, which this one joins.
 * @param {Around} around
 */
export async function buildExperiment(box, lab, figures, around) {
  await loadBindings();
  const presets = bindings.experimentPresets(lab.id);
  const form = buildForm(lab, bindings.suggestedValues(lab.id), () => edit());
  const job = buildJob(lab.id, () => show());
  /** What a link to the lab's run holds. */
  let base = "";
  /** What is planned, and the settings of the page it goes by. @type {{experiment: Experiment, cells: PlannedCells} | null} */
  let plan = null;
  let problem = "";
  /** What of a link nobody understands. */
  let unread = "";
  let stale = false;
  let linked = false;
  /** Whether what is asked is what a link held. */
  let fromLink = false;
  let turn = 0;

  const go = el("button", { type: "button", name: "experiment_run", class: "primary", onclick: () => (job.isGoing() ? job.stop() : start()) });
  const pause = el("button", { type: "button", name: "experiment_pause", onclick: () => job.pause(!job.isPaused()) });
  const progress = el("progress", { max: "1", value: "0", "aria-label": "Runs of the experiment" });
  const told = el("p", { class: "help experiment-told", role: "status" });
  const refused = el("p", { class: "problem", role: "alert" });
  const what = el("p", { class: "help" });
  const invited = el("p");
  const accept = el("button", { type: "button", name: "experiment_accept", class: "primary", onclick: () => start() });
  const invitation = el("div", { class: "experiment-invitation", hidden: true }, invited, el("div", { class: "batch" }, accept));
  const results = buildResults(lab, figures, () => standing(), () => take());
  const columns = el("div", { class: "experiment-columns" },
    el("div", {}, form.element, what, refused, el("div", { class: "batch" }, go, pause, progress), told),
    invitation, results.element);
  box.append(...presetsOf(presets, (preset) => begin(preset)), columns);

  /** What changes the picture and no run. */
  const looks = () => {
    const { metrics, bars, each } = form.read();
    const preset = presetLike(presets, form.read());
    return { metrics: preset?.metrics ?? metrics, title: preset?.title, bars, each };
  };
  /** What is shown: of what was measured no more than is asked for. */
  const standing = () => {
    if (!plan) return null;
    const experiment = { ...plan.experiment, ...looks() };
    const own = (/** @type {Metrics} */ metrics) => Object.fromEntries(experiment.metrics.map(({ key }) => [key, metrics[key]]));
    const cells = job.ended().map(({ metrics, ...cell }) => (metrics ? { ...cell, metrics: own(metrics) } : cell));
    return { experiment, cells, planned: plan.cells };
  };
  /** Plans what the form says with the settings of the page, and looks up what is known of it. */
  const take = async () => {
    const { bars, each, ...asked } = form.read();
    const experiment = { lab: lab.id, ...asked, ...looks(), base: parted(base).settings };
    stale = false;
    turn += 1;
    if (base === "") return; // what the page shows is still to come
    problem = form.asks();
    plan = null;
    try {
      if (!problem) plan = { experiment, cells: planned(experiment) };
    } catch (error) {
      problem = messageOf(error);
    }
    await job.take(plan?.cells.cells ?? []);
  };
  const edit = () => {
    [fromLink, unread] = [false, ""];
    const now = form.read();
    const asks = form.asks();
    if (linked && !asks) around.onLink(writeAsked(now));
    // another metric or other bars are another look at the same runs
    const same = plan && !stale && !asks && ["x", "curves", "seeds", "set"].every((key) => plan?.experiment[/** @type {"x"} */ (key)] === now[/** @type {"x"} */ (key)]) && now.metrics.length > 0;
    if (!same || !plan) return take();
    plan.experiment.metrics = now.metrics;
    plan.cells = planned(plan.experiment);
    show();
  };
  const start = async () => {
    if (stale || !plan) await take();
    if (!plan) return;
    link();
    job.start();
  };
  const link = () => {
    linked = true;
    around.onLink(writeAsked(form.read()));
  };
  /** @param {ExperimentPreset} preset */
  const begin = async (preset) => {
    form.fill(preset);
    unread = "";
    await take();
    await start();
  };

  const show = () => {
    const { of, done, failed } = job.count();
    const going = job.isGoing();
    go.disabled = !plan;
    setText(go, going ? "Cancel" : !plan ? "Run" : done >= of && of > 0 && !stale ? "All runs are done" : done > 0 && !stale ? `Go on: ${runs(of - done)} left` : `Run ${runs(of)}`);
    if (!going && done >= of && !stale) go.disabled = true;
    pause.hidden = !going;
    setText(pause, job.isPaused() ? "Go on" : "Pause");
    progress.hidden = !going;
    progress.max = of || 1;
    progress.value = job.part();
    setText(what, plan ? plan.cells.told : "");
    setText(refused, [problem, unread].filter(Boolean).join("; "));
    setText(told, plan ? [...stateOf({ of, done, going }), ...(failed > 0 ? [`${failed === 1 ? "One run has" : `${whole(failed)} runs have`} no result: ${firstError()}.`] : []),
      ...(job.trouble() ? [job.trouble()] : []), ...(stale ? ["The settings above have changed since; Run takes them as they are now."] : [])].join(" ") : "");
    invitation.hidden = !fromLink || !plan || going || done > 0;
    setText(invited, `This link is to an experiment of ${runs(of)}, none of which has been run in this browser.`);
    setText(accept, `Run ${runs(of)}`);
    results.show(done > 0, JSON.stringify([done, turn, looks()]));
  };
  const firstError = () => job.ended().find(({ error }) => error !== undefined)?.error ?? "";
  /** @param {{of: number, done: number, going: boolean}} how @returns {string[]} */
  const stateOf = ({ of, done, going }) => {
    if (done >= of) return [`${whole(done)} of ${runs(of)} are done.`];
    if (going) return [`${whole(done)} of ${runs(of)} are done${job.isPaused() ? "; paused" : ""}.`, ...(Number.isFinite(job.left()) ? [`About ${inTime(job.left())} left.`] : [])];
    const estimate = (around.took() * (of - done)) / Math.min(SIDE_BY_SIDE, of - done);
    const cost = Number.isFinite(estimate) ? [`At most about ${inTime(estimate)}, ${SIDE_BY_SIDE === 1 ? "one run at a time" : `${SIDE_BY_SIDE} runs side by side`}, by how long the last run took, which was drawn on its way.`] : [];
    return [...(done > 0 ? [`${whole(done)} of ${runs(of)} are known from before.`] : []), ...cost];
  };

  return {
    /** The lab's run has changed. @param {Frame} frame */
    show(frame) {
      if (frame.query === base) return;
      base = frame.query;
      if (!plan || (job.count().done === 0 && !job.isGoing())) return take();
      const now = again();
      stale = !now || now.cells[0].query !== plan.cells.cells[0].query;
      show();
    },
    /** Opens what a link holds. @param {string} query */
    open(query) {
      const { asked, problems } = readAsked(query);
      form.fill(asked);
      link();
      [fromLink, unread] = [true, problems.join("; ")];
      return take().then(() => columns.scrollIntoView({ block: "start" }));
    },
    attend: job.attend,
    end: job.stop,
  };

  /** Every link to a run names the reader's own data too, where the lab learns from it. @param {Experiment} experiment */
  function planned(experiment) {
    const { cells, ...rest } = bindings.planCells(experiment);
    const { ticket } = parted(base);
    return { ...rest, cells: cells.map((cell) => ({ ...cell, query: joined(cell.query, ticket) })) };
  }

  /** The plan with the settings as they are now. */
  function again() {
    try {
      return plan && planned({ ...plan.experiment, base: parted(base).settings });
    } catch {
      return null;
    }
  }
}

/** @param {number} count */
const runs = (count) => (count === 1 ? "1 run" : `${whole(count)} runs`);

/** The preset that the form says, if any. @param {ExperimentPreset[]} presets @param {ReturnType<ReturnType<typeof buildForm>["read"]>} asked */
function presetLike(presets, asked) {
  const flat = (/** @type {string} */ text) => text.replaceAll(/\s/g, "").replaceAll("=", ":");
  const keys = (/** @type {{key: string}[]} */ metrics) => metrics.map(({ key }) => key).sort().join();
  return presets.find((preset) => ["x", "curves", "set"].every((key) => flat(preset[/** @type {"x"} */ (key)]) === flat(asked[/** @type {"x"} */ (key)])) && keys(preset.metrics) === keys(asked.metrics));
}

/** @param {ExperimentPreset[]} presets @param {(preset: ExperimentPreset) => void} begin */
function presetsOf(presets, begin) {
  if (presets.length === 0) return [];
  const heading = el("h3", { id: freshId("presets"), text: "Figures of the field, one press each" });
  const item = (/** @type {ExperimentPreset} */ preset) => el("li", {},
    el("button", { type: "button", name: "experiment_preset", text: preset.title, onclick: () => begin(preset) }),
    el("p", { class: "help" }, preset.url ? el("a", { href: preset.url, rel: "noreferrer", text: preset.source }) : preset.source, `. ${preset.differs}`));
  return [heading, el("ul", { class: "experiment-presets", "aria-labelledby": heading.id }, ...presets.map(item)), el("h3", { text: "Or your own" })];
}
