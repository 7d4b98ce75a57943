// What is opened where a link could not be, in whole or in part: what can be understood of it, else the lab's defaults.

import { loadBindings } from "../engine/bindings.js";
import { heldAs } from "../engine/own.js";
import { joined, parted } from "../engine/ticket.js";
import { cut, messageOf } from "./lost.js";
import { AbsentData, bring } from "./own-data.js";
import { namedBy } from "./own-ticket.js";
import { changesOf } from "./own-words.js";
import { pick, takeExperiment } from "./query.js";

/** @import {LabView} from "./lab-view.js" */
/** @import {Action} from "./notice.js" */
/** @import {Named} from "./own-ticket.js" */

/** So many characters of a link that could not be read are shown. */
const MOST_KEPT = 2000;

const NOT_OPENED = "This link could not be opened: the lab is as it was before.";
const UNSUITED = "This link could not be opened with its data, so the lab starts with its defaults.";
const UNREADABLE = "This link could not be read, so the lab starts with its defaults.";
export const IN_PART = "A part of this link could not be read. The rest of it is set.";

/**
 * What stands around a lab that is opened.
 * @typedef {object} Around
 * @property {{held: boolean}} writer The address keeps what it held until a setting is changed.
 * @property {string[]} problems What else could not be read.
 * @property {string} left What the lab was last shown with; "" where it was not.
 * @property {((view: LabView, named?: Named) => void) | undefined} onOwn Asks for the reader's own data, where that can be brought.
 */

/** Loads other settings than the link's and says why. @param {LabView} view @param {Around} around @param {string} query @param {string[]} lines @param {Action[]} [actions] */
async function openInstead(view, { writer, problems, left }, query, lines, actions = []) {
  const text = location.href.slice(0, MOST_KEPT);
  writer.held = true;
  await view.load(query, view.opening(query === left));
  view.notice.show([...lines, ...problems], actions, text);
}

/** What could not be read may be of another version. @param {string} said */
const ofVersion = async (said) => `${said} This is version ${(await loadBindings()).version()}.`;

/** Opens the first lab where there is none of that name. @param {LabView} view @param {Around} around @param {string} named */
export const openFirst = async (view, around, named) => openInstead(view, around, view.defaults(), [await ofVersion(`There is no lab named “${cut(named)}”. This is the first one.`)]);

/** Opens what can be understood of a link that was refused, as far as its data allow; else the defaults. @param {LabView} view @param {Around} around @param {string} link @param {unknown} error */
export async function openRest(view, around, link, error) {
  if (error instanceof AbsentData) return openAbsent(view, around, error);
  const { lab } = view;
  const asked = takeExperiment(view, link);
  const { readLink } = await loadBindings();
  try {
    const { ticket, settings } = parted(await bring(asked, view.bridge));
    const { query, problems } = readLink(lab.id, settings);
    const suited = readLink(lab.id, settings, heldAs(ticket)?.rows).query;
    if (problems.length === 0 && query === suited) throw error;
    const changes = changesOf(lab, understoodOf(settings, query), suited);
    const lines = [...(problems.length > 0 ? [await ofVersion(query === readLink(lab.id, "").query ? UNREADABLE : IN_PART), ...problems] : []),
      ...(changes ? [`This link does not suit its data “${namedBy(ticket).name}” as it is. Changed with it: ${changes}.`] : [])];
    await openInstead(view, around, joined(suited, ticket), lines);
  } catch (refused) {
    const { onOwn } = around;
    const { ticket, settings } = parted(link);
    const isOwn = new URLSearchParams(settings).get("dataset") === "own";
    const bringing = onOwn && ticket === "" && isOwn ? [{ label: "Your own data …", act: () => onOwn(view) }] : [];
    const stays = (ticket !== "" || isOwn) && isThere(around.left);
    const said = stays ? NOT_OPENED : ticket !== "" ? UNSUITED : bringing.length > 0 ? UNREADABLE : await ofVersion(UNREADABLE);
    await openInstead(view, around, stays ? around.left : view.defaults(), [said, ...messageOf(refused).split("; ")], bringing);
  }
}

/** Of what a link names, as far as it was understood: what it leaves open is nobody's wish. @param {string} settings @param {string} query */
function understoodOf(settings, query) {
  const named = new URLSearchParams(settings);
  return pick(query, (key) => named.has(key));
}

/** Whether what a lab was last shown with can be shown again. @param {string} left */
function isThere(left) {
  const { ticket } = parted(left);
  return left !== "" && (ticket === "" || heldAs(ticket) !== undefined);
}

/** @param {LabView} view @param {Around} around @param {AbsentData} error */
function openAbsent(view, around, { message, named }) {
  const { onOwn } = around;
  const stays = isThere(around.left);
  const until = stays ? "is as it was before" : "shows its defaults";
  const what = onOwn ? `To see that run, choose the file. Until then the lab ${until}.`
    : `Where the playground itself is open, the file can be chosen. Here the lab ${until}.`;
  return openInstead(view, around, stays ? around.left : view.defaults(), [`${message} ${what}`], onOwn ? [{ label: "Choose the file …", act: () => onOwn(view, named) }] : []);
}
