// What playwright does with mouse and keyboard, done by WebDriver: as a person's hand does it, so that all comes of it
// that a browser makes of such a hand.
import { Command, Name } from "selenium-webdriver/lib/command.js";
import { keyOf } from "./webdriver.mjs";

const BUTTONS = ["left", "middle", "right"];
const PAUSE = { type: "pause" };

/** In playwright's words: `page` is what it keeps of one on its own side. */
export class Hand {
  #waiting = [];
  #acting = Promise.resolve();

  constructor(driver, page) {
    Object.assign(this, { driver, page });
  }

  /** One after the other; what comes while another is on its way goes together. */
  #act(step) {
    this.#waiting.push(step);
    return (this.#acting = this.#acting.catch(() => {}).then(() => this.#perform(this.#waiting.splice(0))));
  }

  async #perform(steps) {
    if (steps.length === 0) return; // gone with one before
    const of = (kind, what) => ({ type: kind, id: kind, ...what, actions: steps.map((step) => step[kind] ?? PAUSE) });
    const actions = [of("pointer", { parameters: { pointerType: "mouse" } }), of("key")];
    await this.driver.execute(new Command(Name.ACTIONS).setParameter("actions", actions));
  }

  /** Only to places of the page: what would be beyond its edge is at its edge. */
  move(progress, x, y) {
    const { width, height } = this.page.emulatedSize().viewport;
    const inside = (place, size) => Math.min(Math.max(Math.round(place), 0), size - 1);
    return progress.race(this.#act({ pointer: { type: "pointerMove", x: inside(x, width), y: inside(y, height), duration: 0, origin: "viewport" } }));
  }

  down(progress, _x, _y, button) {
    return progress.race(this.#act({ pointer: { type: "pointerDown", button: BUTTONS.indexOf(button) } }));
  }

  up(progress, _x, _y, button) {
    return progress.race(this.#act({ pointer: { type: "pointerUp", button: BUTTONS.indexOf(button) } }));
  }

  keydown(progress, _modifiers, _name, { key }) {
    return progress.race(this.#act({ key: { type: "keyDown", value: keyOf(key) } }));
  }

  keyup(progress, _modifiers, _name, { key }) {
    return progress.race(this.#act({ key: { type: "keyUp", value: keyOf(key) } }));
  }

  /** A text at once, as from a clipboard. */
  async sendText(progress, text) {
    const frame = await this.page.delegate.deepestFocusedFrame(progress);
    await progress.race(frame.mainContext().then((context) => context.evaluate((inserted) => document.execCommand("insertText", false, inserted), text)));
  }
}
