// Beside a run on the reader's own data: under the choice of data which it is, and the way to other data; and points
// that are drawn by hand, on the figure of what was learned of them.

import { heldAs } from "../engine/own.js";
import { joined, parted } from "../engine/ticket.js";
import { el, setText } from "./dom.js";
import { follow } from "./follow.js";
import { whole } from "./numbers.js";
import { drawnLast, pointsIn } from "./own-drawn.js";
import "./own-styles.js";
import { namedBy } from "./own-ticket.js";
import { joinQueries, pick } from "./query.js";

/** @import {Params, Setting} from "../pkg/regularization_playground.js" */
/** @import {Frame} from "../engine/messages.js" */
/** @import {LabView} from "./lab-view.js" */

/** @type {WeakMap<LabView, (frame: Frame) => void>} */
const lines = new WeakMap();

/** @param {LabView} view @param {Frame} frame @param {(view: LabView) => void} onOwn Brings other data. */
export function showOwn(view, frame, onOwn) {
  const show = lines.get(view) ?? build(view, onOwn);
  lines.set(view, show);
  show(frame);
}

/** @param {LabView} view @param {(view: LabView) => void} onOwn */
function build(view, onOwn) {
  const said = el("span");
  const other = el("button", { type: "button", class: "quiet", name: "own", text: "Other data …", onclick: () => onOwn(view) });
  /** The run on own data that was shown last, by its settings and its data; its task, and whether it still is shown. */
  let [settings, left, task, isOwn] = ["", "", /** @type {Setting | undefined} */ (undefined), false];
  /** Who leaves a task for one without images, and comes back to it, comes back to the images: of what else the choice sets, it is as it was. @param {Params} changes */
  const comeBack = (changes) => {
    if (!("task" in changes) || changes.task !== task || view.locked.has("task") || !view.frame) return false;
    const before = pick(settings, (key) => key === "dataset" || key in changes);
    follow(`#${view.lab.id}?${joined(joinQueries(view.frame.query, before), left)}`);
    return true;
  };
  const drawn = () => (pointsIn(namedBy(left)) ? drawnLast() : null);
  const back = el("button", { type: "button", class: "quiet", name: "back",
    onclick: () => follow(`#${view.lab.id}?${joined(settings, drawn()?.ticket ?? left)}`) });
  const line = el("p", { class: "help", hidden: true }, said, other, back);
  const place = view.section.querySelector(".control:has([name=dataset])") ?? view.section.querySelector(".main-controls");
  place?.append(line);
  const name = view.section.querySelector("[data-own]");
  /** @type {Promise<typeof import("./own-points.js") | null> | null} */
  let points = null;
  return async (/** @type {Frame} */ frame) => {
    const shown = parted(frame.query);
    const table = heldAs(shown.ticket);
    const named = namedBy(shown.ticket);
    other.hidden = !table;
    // also before the other task is shown; but not for who has chosen other data
    if (table) view.comeBack = comeBack;
    else if (isOwn && frame.params.task === task) view.comeBack = null;
    if (table) [settings, left, task] = [shown.settings, shown.ticket, frame.params.task];
    isOwn = Boolean(table);
    back.hidden = isOwn || !(heldAs(left) || drawn());
    line.hidden = other.hidden && back.hidden;
    if (!table) setText(said, "");
    if (!back.hidden) setText(back, drawn() ? "Go on with the points you drew" : `Go back to “${namedBy(left).name}”`);
    if (table && name) setText(name, `“${named.name}”`);
    if (table) setText(said, `“${named.name}”: ${whole(table.rows)} ${table.image_side ? "images" : "rows"}, to predict “${table.target}”. Averages in the texts below, and the links there, are for the built-in data. `);
    if (pointsIn(named)) points ??= import("./own-points.js").catch(() => null);
    (await points)?.showPoints(view, frame);
  };
}
