// Joins the lab in a frame to the page around it: tells what happens, and does what is asked.

import { THEMES } from "../page/options.js";
import { hear, settingsIn, shown, tell } from "./messages.js";

/** @import {Frame} from "../engine/messages.js" */
/** @import {LabView} from "../page/lab-view.js" */

/** @param {Frame} frame */
const runOf = ({ lab, query, params }) => ({ lab, query, params });

/** @param {Frame} frame */
const standingOf = ({ metrics, progress: { steps }, state, touched }) => ({ metrics, steps, state, touched });

/** @param {{view: () => LabView | null, setTheme: (theme: string) => void}} page The lab that is shown. */
export function joinHost({ view, setTheme }) {
  /** What was told of last: the lab, the settings, and the run whose end it was. */
  const last = { lab: "", query: "", done: 0 };

  /** A lab that is there, and how it stands. */
  const present = () => {
    const lab = view();
    if (!lab?.frame) throw new Error("the lab is not there yet: wait for “ready”");
    return { lab, frame: lab.frame };
  };

  /** @type {Record<string, (content: Record<string, unknown>, id: string | number | undefined) => Promise<void> | void>} */
  const actions = {
    async set({ params, theme }) {
      if (theme !== undefined && (typeof theme !== "string" || !THEMES.includes(theme))) throw new Error(`theme = ${shown(theme)}: must be ${THEMES.join(" or ")}`);
      if (params !== undefined || theme === undefined) {
        const refused = await present().lab.set(settingsIn(params));
        if (refused) throw new Error(refused);
      }
      if (theme !== undefined) setTheme(theme);
    },
    play: () => present().lab.play(),
    pause: () => present().lab.actions().pause(),
    reset: () => present().lab.ask("reset"),
    "metrics?": (_, id) => {
      const { frame } = present();
      tell({ action: "metrics", ...runOf(frame), ...standingOf(frame) }, id);
    },
  };
  hear(({ action, content, id }) => actions[action](content, id));

  return {
    /** @param {LabView} shown @param {Frame} frame */
    onFrame({ section }, frame) {
      if (frame.lab !== last.lab) {
        Object.assign(last, { lab: frame.lab, query: frame.query, done: 0 });
        tell({ action: "ready", ...runOf(frame) });
      } else if (frame.query !== last.query) {
        last.query = frame.query;
        tell({ action: "change", ...runOf(frame) });
      }
      const { run, state } = frame;
      if (state !== "done") last.done = 0;
      // a change that is not answered yet may be about to begin another run
      if (section.dataset.state !== "done" || run === last.done) return;
      last.done = run;
      tell({ action: "done", ...runOf(frame), ...standingOf(frame) });
    },
  };
}
