// The dialog that brings the reader's own data: a file, what was pasted, MNIST or points drawn by hand; what was
// understood of it, before anything is trained; and what of it is to be learned. It is read in the worker.

import { loadBindings } from "../engine/bindings.js";
import { hold } from "../engine/own.js";
import { joined, parted } from "../engine/ticket.js";
import { el, freshId, setText } from "./dom.js";
import { follow } from "./follow.js";
import { readLink } from "./link.js";
import { messageOf } from "./lost.js";
import { whole } from "./numbers.js";
import { MNIST, readMnist } from "./own-data.js";
import { FIRST, pointsIn, tableOf, ticketFor } from "./own-drawn.js";
import { readFiles, readPasted } from "./own-files.js";
import { buildKept } from "./own-kept.js";
import { buildPaste } from "./own-paste.js";
import { store } from "./own-store.js";
import { styled } from "./own-styles.js";
import { namedBy, ticketOf } from "./own-ticket.js";
import { buildUnderstood } from "./own-understood.js";
import { changesOf, differenceOf, outcomeOf, sentence, tooFew } from "./own-words.js";
import { pick } from "./query.js";

/** @import {CsvOptions, Params, Table} from "../pkg/regularization_playground.js" */
/** @import {CsvRead} from "../engine/messages.js" */
/** @import {LabView} from "./lab-view.js" */
/** @import {Named} from "./own-ticket.js" */
/** @import {Source} from "./own-files.js" */

/** The lab that takes any table. */
const ANY_TABLE = "playground";

/** What was read last, so that the dialog opens with it again. @type {{source: Source, choices: CsvOptions} | null} */
let last = null;

/**
 * Opens the dialog.
 * @param {LabView} view The lab that is shown.
 * @param {{files?: File[], named?: Named}} [given] Files that were dropped on the page; the data that a link asks for.
 */
export async function openOwn(view, { files, named } = {}) {
  const { bridge } = view;
  const { catalogue, readLink: understoodLink } = await loadBindings();
  /** What is to be trained on. @type {{named: Named, table: Table} | null} */
  let ready = null;
  /** @type {Source | null} */
  let source = null;
  /** @type {CsvOptions} */
  let choices = {};
  let asked = 0;

  const title = el("h2", { id: freshId("own"), text: named ? `The data of this link: ${named.name}` : "Your own data" });
  const close = el("button", { type: "button", text: "Close", onclick: () => dialog.close() });
  const said = el("p", { class: "own-said", role: "status" });
  const problem = el("p", { class: "problem", role: "alert" });
  const other = el("p", { class: "own-other", role: "alert" });
  const outcome = el("p", { class: "own-outcome", role: "status" });
  const train = el("button", { type: "button", class: "primary", name: "train", text: "Train on it", disabled: true, onclick: () => trainRead() });
  const understood = buildUnderstood((changed) => {
    choices = changed;
    readTable();
  });
  const choose = el("input", { type: "file", multiple: true, class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", onchange: () => {
    const chosen = [...choose.files ?? []];
    choose.value = ""; // the same one may be chosen again
    if (chosen.length > 0) takeFiles(chosen);
  } });
  const paste = buildPaste((text) => take("what was pasted", () => readPasted(text)));
  const kept = buildKept(() => parted(view.frame?.query ?? "").ticket, {
    use: (named, table) => takeKept(named, table),
    draw: (ticket) => trainOn(ticket, tableOf(pointsIn(namedBy(ticket)) ?? FIRST)),
    say: (text) => setText(said, text),
  });
  const sources = el("div", { class: "own-sources" },
    el("button", { type: "button", name: "choose", text: "Choose a file …", onclick: () => choose.click() }), choose,
    el("button", { type: "button", name: "mnist", text: "MNIST, 5,000 images", onclick: () => takeMnist() }),
    el("button", { type: "button", name: "points", text: "Draw points", onclick: () => trainOn(ticketFor(FIRST), tableOf(FIRST)) }), paste.field);
  const dialog = el("dialog", { id: "own", "aria-labelledby": title.id, onclose: () => dialog.remove() },
    el("div", { class: "own-head" }, title, close),
    el("p", { class: "help", text: "A table as CSV, one row an example, up to 5 MB; or images and their labels in IDX form, as MNIST has them, packed by gzip or not. Files can be dropped here, too. Nothing leaves this machine; what is trained on stays in this browser, for when the page is loaded again, until you forget it." }),
    sources, kept.element, other, understood.element,
    el("div", { class: "own-foot" }, el("div", { class: "own-told" }, said, problem, outcome), understood.spare, train));
  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => {
    const dropped = [...event.dataTransfer?.files ?? []];
    if (dropped.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    takeFiles(dropped);
  });

  /** @param {File[]} chosen */
  function takeFiles(chosen) {
    paste.clear();
    return take(chosen[0].name, () => readFiles(chosen));
  }

  /** What was understood before stays where the next thing cannot be read. @param {string} name @param {() => Promise<Source>} read */
  async function take(name, read) {
    const turn = begin(name);
    try {
      const next = await read();
      if (turn !== asked) return;
      await readSource(next, isAsked(next) ? named?.choices ?? {} : {}, turn);
    } catch (error) {
      refuse(turn, error);
    }
  }

  /** @param {Source} next @param {CsvOptions} wanted @param {number} turn */
  async function readSource(next, wanted, turn) {
    if ("table" in next) {
      /** @type {CsvRead} */
      const read = await bridge.call({ kind: "read_csv", file: next.table, options: wanted });
      if (turn !== asked) return;
      understood.show(next.name, read, wanted);
      finish(next, wanted, read.table, read.problem);
    } else {
      const table = await bridge.call({ kind: "read_idx", images: next.images, labels: next.labels });
      if (turn !== asked) return;
      understood.clear();
      finish(next, {}, table, "");
    }
  }

  /** The same file once more, with other choices. */
  async function readTable() {
    if (!source) return;
    const turn = begin(source.name);
    try {
      await readSource(source, choices, turn);
    } catch (error) {
      refuse(turn, error);
    }
  }

  /** What this browser keeps. @param {Named} named @param {() => Promise<Table | null>} read */
  async function takeKept(named, read) {
    const turn = begin(named.name);
    const table = await read();
    if (turn !== asked) return;
    understood.clear();
    if (table) settle({ named, table });
    else refuse(turn, new Error(`“${named.name}” is no longer kept: choose the file again.`));
  }

  async function takeMnist() {
    paste.clear();
    const turn = begin(MNIST.name);
    try {
      const table = await readMnist(bridge);
      if (turn !== asked) return;
      understood.clear();
      settle({ named: MNIST, table });
    } catch (error) {
      refuse(turn, error);
    }
  }

  /** @param {string} name @returns {number} */
  function begin(name) {
    setText(said, `Reading ${name} …`);
    train.disabled = true;
    return ++asked;
  }

  /** @param {number} turn @param {unknown} error */
  function refuse(turn, error) {
    if (turn !== asked) return;
    setText(said, "");
    setText(problem, sentence(messageOf(error)));
    train.disabled = ready === null;
  }

  /** @param {Source} read @param {CsvOptions} wanted @param {Table | null} table @param {string} trouble */
  function finish(read, wanted, table, trouble) {
    [source, choices, last] = [read, wanted, { source: read, choices: wanted }];
    const name = named && isAsked(read) ? named.name : read.name; // renamed it is the same file
    if (named) setText(other, differenceOf(read.sum, named.sum));
    settle(table && { named: { name, sum: read.sum, choices: wanted }, table }, trouble);
  }

  /** @param {typeof ready} next @param {string} [trouble] */
  function settle(next, trouble = "") {
    const few = next ? tooFew(next.table, suited(view, next.table).takes ? view.lab : labOf(ANY_TABLE)) : "";
    ready = few ? null : next;
    setText(said, "");
    setText(problem, sentence(few || trouble));
    setText(outcome, ready ? `${outcomeOf(ready.named.name, ready.table)}${named ? "" : changedFor(ready.table)}` : "");
    train.disabled = !ready;
  }

  async function trainRead() {
    if (!ready) return;
    const { named, table } = ready;
    const ticket = ticketOf(named);
    const found = ticket === ticketOf(MNIST) || await store({ ticket, name: named.name, table });
    trainOn(ticket, table, found ? "" : `“${named.name}” could not be kept in this browser: it is here until the page is left or loaded again.`);
  }

  /** @param {string} ticket @param {Table} table @param {string} [remark] */
  function trainOn(ticket, table, remark = "") {
    hold(ticket, table);
    dialog.close();
    follow(named ? linkAsked(ticket) : linkOf(ticket, table), remark);
  }

  /** @param {string} id */
  const labOf = (id) => catalogue().find((lab) => lab.id === id) ?? view.lab;

  /** What else a run on this data sets, and where it opens. @param {Table} table */
  function changedFor(table) {
    const { takes, wanted } = suited(view, table);
    if (!takes) return ` It opens in the Playground: this lab learns from ${wanted}.`;
    const changes = changesOf(view.lab, parted(view.frame?.query ?? "").settings, settingsFor(table));
    return changes ? ` These settings change with it: ${changes}.` : "";
  }

  /** As the lab is set, as far as the data allows, but for what suits own data. @param {Table} table */
  function settingsFor(table) {
    const { lab, frame } = view;
    const { suggests } = suited(view, table);
    const usual = lab.parameters.find(({ key }) => key === "n_train")?.default;
    const other = (/** @type {string} */ key) => key in suggests || key === "dataset" || (key === "n_train" && frame?.params.n_train === usual);
    const kept = pick(parted(frame?.query ?? "").settings, (key) => !other(key));
    return understoodLink(lab.id, [kept, "dataset=own"].filter(Boolean).join("&"), table.rows).query;
  }

  /** The link to a run on this data. @param {string} ticket @param {Table} table */
  function linkOf(ticket, table) {
    const { takes } = suited(view, table);
    return `#${takes ? view.lab.id : ANY_TABLE}?${joined(takes ? settingsFor(table) : "dataset=own", ticket)}`;
  }

  /** Whether a file is the very one that the link was made with. @param {Source} file */
  const isAsked = ({ sum }) => sum !== "" && sum === named?.sum;

  await styled;
  for (const before of document.querySelectorAll("dialog#own")) /** @type {HTMLDialogElement} */ (before).close();
  document.body.append(dialog);
  kept.show();
  dialog.showModal();
  if (files) takeFiles(files);
  else if (last && !named) readSource(last.source, last.choices, begin(last.source.name)).catch((error) => refuse(asked, error));
}

/** The link that asks for data, with what was brought. @param {string} ticket */
function linkAsked(ticket) {
  const { lab, query } = readLink();
  return `#${lab}?${joined(parted(query).settings, ticket)}`;
}

/**
 * Whether the lab that is shown takes this data, and which settings come with it.
 * @param {LabView} view @param {Table} table @returns {{takes: boolean, wanted: string, suggests: Params}} `wanted`: what the lab takes, in words.
 */
function suited({ lab, frame }, table) {
  const chosen = lab.parameters.find(({ key }) => key === "dataset")?.choices?.find(({ value }) => value === "own");
  const { classes = table.classes.length, of_each: least = 0 } = chosen?.images ?? {};
  const takes = chosen !== undefined && (!chosen.images || table.image_side !== undefined)
    && table.classes.length === classes && table.rows >= least * classes;
  const wanted = chosen ? `images${chosen.images?.classes ? ` of ${whole(classes)} classes` : ""}${least > 1 ? `, ${whole(least)} of each at least` : ""}` : "data of its own";
  // what other data was learned with suits this hardly; of own data before it is as the reader has set it
  return { takes, wanted, suggests: frame?.params.dataset === "own" ? {} : chosen?.suggests ?? {} };
}
