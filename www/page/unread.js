// What is opened where a link could not be, in whole or in part: what can be understood of it, else the lab's defaults.

import { loadBindings } from "../engine/bindings.js";
import { joined, parted } from "../engine/ticket.js";
import { messageOf } from "./lost.js";
import { AbsentData } from "./own-data.js";
import { takeExperiment } from "./query.js";

/** @import {LabView} from "./lab-view.js" */
/** @import {Action} from "./notice.js" */
/** @import {Named} from "./own-ticket.js" */

/** So many characters of a link that could not be read are shown. */
const MOST_KEPT = 2000;

const UNREADABLE = "This link could not be read, so the lab starts with its defaults.";
export const IN_PART = "A part of this link could not be read. The rest of it is set.";

/**
 * What stands around a lab that is opened.
 * @typedef {object} Around
 * @property {{held: boolean}} writer The address keeps what it held until a setting is changed.
 * @property {string[]} problems What else could not be read.
 * @property {((view: LabView, named?: Named) => void) | undefined} onOwn Asks for the reader's own data, where that can be brought.
 */

/** Loads other settings than the link's and says why. @param {LabView} view @param {Around} around @param {string} query @param {string[]} lines @param {Action[]} [actions] */
export async function openInstead(view, { writer, problems }, query, [said, ...lines], actions = []) {
  const text = location.href.slice(0, MOST_KEPT);
  writer.held = true;
  await view.load(query, view.opening(false));
  const { version } = await loadBindings();
  view.notice.show([actions.length > 0 ? said : `${said} This is version ${version()}.`, ...lines, ...problems], actions, text);
}

/** Opens what can be understood of a link that was refused; else the defaults. @param {LabView} view @param {Around} around @param {string} link @param {unknown} error */
export async function openRest(view, around, link, error) {
  if (error instanceof AbsentData) return openAbsent(view, around, error);
  const { ticket, settings } = parted(link);
  const { readLink } = await loadBindings();
  try {
    const { query, problems } = readLink(view.lab.id, takeExperiment(view, settings));
    if (problems.length === 0) throw error;
    await openInstead(view, around, joined(query, ticket), [query === readLink(view.lab.id, "").query ? UNREADABLE : IN_PART, ...problems]);
  } catch (refused) {
    const { onOwn } = around;
    const bring = onOwn && ticket === "" && new URLSearchParams(settings).get("dataset") === "own" ? [{ label: "Your own data …", act: () => onOwn(view) }] : [];
    await openInstead(view, around, view.defaults(), [UNREADABLE, ...messageOf(refused).split("; ")], bring);
  }
}

/** @param {LabView} view @param {Around} around @param {AbsentData} error */
function openAbsent(view, around, { message, named }) {
  const { onOwn } = around;
  const what = onOwn ? `To see that run, choose the file. Until then the lab shows its defaults.`
    : "Where the playground itself is open, the file can be chosen. Here the lab shows its defaults.";
  return openInstead(view, around, view.defaults(), [`${message} ${what}`], onOwn ? [{ label: "Choose the file …", act: () => onOwn(view, named) }] : []);
}
