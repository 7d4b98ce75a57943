// The reader's own data that this browser keeps, each to be used again or forgotten; and the points drawn last.

import { release } from "../engine/own.js";
import { el } from "./dom.js";
import { whole } from "./numbers.js";
import { drawnLast } from "./own-drawn.js";
import { allStored, forget, stored } from "./own-store.js";
import { namedBy } from "./own-ticket.js";
import { readingOf } from "./own-words.js";

/** @import {Table} from "../pkg/regularization_playground.js" */
/** @import {Named} from "./own-ticket.js" */

/**
 * @param {() => string} shown What links call the data of the run on screen.
 * @param {{use: (named: Named, table: () => Promise<Table | null>) => void, draw: (ticket: string) => void, say: (text: string) => void}} act
 */
export function buildKept(shown, { use, draw, say }) {
  const element = el("div", { class: "own-kept", tabindex: "-1" });
  /** @param {string} ticket @param {string} name */
  const letGo = async (ticket, name) => {
    const inUse = shown() === ticket;
    await forget(ticket);
    release(ticket, inUse);
    await show();
    say(`“${name}” is no longer kept.${inUse ? " The run on screen still uses it, until it is left or the page is loaded again." : ""}`);
    element.focus();
  };
  const drawn = () => {
    const last = drawnLast();
    if (!last || last.ticket === shown()) return [];
    return [el("div", { class: "own-one" }, el("span", { text: `The ${whole(last.points.length)} points you drew` }),
      el("button", { type: "button", name: "drawn", text: "Go on with them", onclick: () => draw(last.ticket) }))];
  };
  const show = async () => {
    const all = await allStored();
    element.replaceChildren(...drawn(), ...all.map(({ ticket, name, rows, target }) => {
      const named = namedBy(ticket);
      const reading = readingOf(named, { target });
      return el("div", { class: "own-one" },
        el("span", { text: `${name}: ${whole(rows)} rows, ${reading}, kept in this browser` }),
        el("button", { type: "button", text: "Use", "aria-label": `Use ${name}, ${reading}`, onclick: () => use(named, () => stored(ticket)) }),
        el("button", { type: "button", class: "quiet", text: "Forget", "aria-label": `Forget ${name}, ${reading}`, onclick: () => letGo(ticket, name) }));
    }));
  };
  return { element, show };
}
