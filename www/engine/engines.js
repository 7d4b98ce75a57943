// The engines that share one instance of the module, in a worker or on the page, each by the number of its place.

import { Engine } from "./engine.js";

/** @import {Bindings} from "./bindings.js" */
/** @import {Request, Told} from "./messages.js" */

export class Engines {
  /**
   * @param {Bindings} bindings
   * @param {(place: number, message: Told) => void} tell
   * @param {(turn: () => void, delay: number) => void} schedule Calls back after `delay` ms, one after the other.
   * @param {number} slice The longest stretch of work in one go, in milliseconds.
   */
  constructor(bindings, tell, schedule, slice) {
    /** @type {Map<number, Engine>} */
    this.all = new Map();
    /** @param {number} place */
    this.open = (place) => {
      const engine = new Engine(bindings, (message) => tell(place, message), schedule, slice);
      this.all.set(place, engine);
      return engine;
    };
  }

  /** @param {number} place @param {Request} request */
  handle(place, request) {
    const engine = this.all.get(place) ?? this.open(place);
    engine.handle(request);
    if (request.kind === "unload") this.all.delete(place);
    if (this.all.size > 1) engine.park(); // of many labs those in sight have the memory
  }
}
