// A soak's part on the page, before all scripts of its own: it does what a script can do, keeps the page from being
// left, and counts what stirs and what is there.
(() => {
  const SHOWN = "section[data-lab]:not([hidden])";
  // What leads away, or opens a window that no script can close, is stopped before anybody hears of it.
  const stop = (event) => event.preventDefault();
  for (const type of ["dragstart", "contextmenu", "auxclick"]) addEventListener(type, stop, true);
  // nor does a finger that goes across the page go back to what was there before it
  document.documentElement.style.overscrollBehaviorX = "none";
  const within = ({ target }, selector) => target instanceof Element && target.closest(selector) !== null;
  /** Sizes go by single stops, and never far one way, so that no run takes long, nor ever more memory. */
  const SIZE = "input[type=range]:is([name=units], [name=hidden_layers], [name=n_members], [name=n_train], [name$=steps], [name=copies], [name=filters], [name=n_labels], [name=batch_size], [name$=length], [name=n_pathways])";
  /** So many stops from where it was, or from where it was put back to. */
  const FAR = 3;
  /** How many stops each size has gone. @type {WeakMap<EventTarget, number>} */
  const gone = new WeakMap();
  /** Whether an arrow key may move a size. */
  const goes = ({ key, target }) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key] ?? NaN;
    const at = (gone.get(target) ?? 0) + step;
    if (!(Math.abs(at) <= FAR)) return false;
    gone.set(target, at);
    return true;
  };
  const LARGE = "button:is([name=defaults], [name=mnist]), .experiment-presets button";
  for (const type of ["mousedown", "pointerdown", "touchstart"]) addEventListener(type, (event) => within(event, `select, ${SIZE}`) && stop(event), { capture: true, passive: false });
  addEventListener("keydown", (event) => {
    if (event.key !== "Tab" && within(event, "select")) stop(event);
    if (event.key !== "Tab" && within(event, SIZE) && !goes(event)) event.stopImmediatePropagation(), stop(event);
  }, true);
  addEventListener("click", (event) => within(event, LARGE) && (event.stopImmediatePropagation(), stop(event)), true);
  const leads = (link) => link.hasAttribute("download") || link.href.split("#")[0] !== location.href.split("#")[0];
  addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest("a");
    if (target?.matches("input[type=file]") || (link && leads(link))) event.preventDefault();
  }, true);
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function press() { if (!leads(this)) click.call(this); };
  window.print = () => {};

  const later = setTimeout.bind(window);
  /** How often anything stirred, and what did last. */
  const stirred = { count: 0, last: "" };
  const note = (what, of) => {
    stirred.count += 1;
    stirred.last = `${what}: ${String(of).slice(0, 200)}`;
  };
  for (const name of ["requestAnimationFrame", "setTimeout", "setInterval"]) {
    const own = window[name].bind(window);
    window[name] = (callback, ...rest) => {
      if (String(callback).includes("JavaScriptTimeout")) return own(callback, ...rest); // of WebKit's driver
      note(name, callback);
      return own((...values) => { note(`${name}, due`, callback); callback(...values); }, ...rest);
    };
  }
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function post(...message) {
    note("a message", JSON.stringify(message[0]));
    postMessage.apply(this, message);
  };

  const PRESSED = "button, summary, a[href], input, select, textarea, canvas, [tabindex='0'], .handle, .own-layer, .own-dot";
  const root = () => document.querySelector("dialog[open]") ?? document;
  const isThere = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled;
  const all = (selector) => [...root().querySelectorAll(selector)].filter(isThere);
  const pick = (list, share) => list[Math.floor(share * list.length)];
  const named = (element) => {
    const words = (element.getAttribute("aria-label") ?? element.name ?? "") || element.textContent.trim().slice(0, 30);
    return `${element.localName}${words ? ` “${words}”` : ""}`;
  };
  const tell = (element, types) => types.forEach((type) => element.dispatchEvent(new Event(type, { bubbles: true })));
  const press = (element) => {
    if (!element) return "nothing to press";
    element.click();
    return `press ${named(element)}`;
  };
  let visited = 0;

  const acts = {
    button: ([which]) => press(pick(all("button"), which)),
    slide([which, to]) {
      const slider = pick(all("input[type=range]"), which);
      if (!slider) return "nothing to slide";
      const { min, max, value, name } = slider;
      const key = slider.matches(SIZE) ? (to < 0.5 ? "ArrowLeft" : "ArrowRight") : "";
      if (key) slider.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      else for (const share of [0.5, 1]) {
        slider.value = String(Number(value) + share * (Number(min) + to * (max - min) - value));
        tell(slider, ["input"]);
      }
      tell(slider, ["change"]);
      return `slide ${name} ${key || `to ${slider.value}`}`;
    },
    choose([which, to]) {
      const select = pick(all("select"), which);
      if (!select) return "nothing to choose";
      select.selectedIndex = Math.floor(to * select.options.length);
      tell(select, ["input", "change"]);
      return `choose ${select.value} in ${named(select)}`;
    },
    type([which, what]) {
      const field = pick(all("input.exact, input[type=text], textarea:not([readonly])"), which);
      if (!field) return "nothing to type in";
      field.value = pick(["0.3", "", "-1", "1e99", "abc", "7", "0,5", "a,b\n1,2\n3,4"], what);
      tell(field, ["input", "change"]);
      return `type “${field.value}” in ${named(field)}`;
    },
    lab([which]) {
      visited += 1;
      location.hash = pick(window.soak.links, which);
      return `open ${location.hash}`;
    },
    back() {
      if (visited < 2) return "nowhere to go back to";
      visited -= 1;
      history.back();
      return "back";
    },
    fold: ([which]) => press(pick(all("summary"), which)),
    scroll([to]) {
      scrollTo(0, to * to * document.documentElement.scrollHeight);
      return "scroll";
    },
    pin: ([which]) => press(pick(all(".runs td button"), which)),
    theme: ([which]) => press(document.querySelector(`button[name=${which < 0.7 ? "theme" : "present"}]`)),
    share: () => press(document.querySelector("dialog[open]") ? null : document.querySelector("button[name=share]")),
    own() {
      const data = document.querySelector(`${SHOWN} select[name=dataset]`);
      if (!data || document.querySelector("dialog[open]")) return "no choice of data";
      data.value = "own";
      tell(data, ["input", "change"]);
      return "own data";
    },
    points: () => press(document.querySelector("#own[open] button[name=points]") ?? document.querySelector(`${SHOWN} .own-bar button[name=undo]:not([disabled])`)),
    experiment() {
      const door = document.querySelector(`${SHOWN} details.experiment`);
      if (door && !door.open) return press(door.querySelector("summary"));
      return press(door?.querySelector("button[name=experiment_run]:not([disabled])"));
    },
    leave: () => press(document.querySelector("dialog[open]") && all("dialog button").find(({ textContent }) => textContent === "Close")),
  };

  window.soak = {
    /** What a link to each lab holds, small. @type {string[]} */
    links: [],
    /** What was done, by its number. @type {[number, string][]} */
    told: [],
    /** Does these, ten milliseconds apart. */
    act(list) {
      const one = () => {
        const next = list.shift();
        if (!next) return;
        window.soak.told.push([next.number, acts[next.kind](next.shares)]);
        later(one, 10);
      };
      one();
    },
    /** Where a hand may go. */
    view: () => ({ width: innerWidth, height: innerHeight, targets: all(PRESSED).flatMap((element) => {
      const { left: x, top: y, width: w, height: h } = element.getBoundingClientRect();
      return w > 0 && h > 0 && x >= 0 && y >= 0 && x + 2 < innerWidth && y + 2 < innerHeight ? [{ name: named(element), x, y, w, h }] : [];
    }) }),
    /** What was begun is ended, what was opened closed, what was kept forgotten. */
    tidy() {
      document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
      for (const button of document.querySelectorAll("button")) {
        const runs = /^(experiment_run|fill|average)$/.test(button.name) && button.textContent === "Cancel";
        if (runs || ["Forget all", "Forget them"].includes(button.textContent) || button.matches(".own-bar [name=clear]:enabled")) button.click();
      }
      if (document.documentElement.hasAttribute("data-presenting")) document.querySelector("button[name=present]").click();
      while (document.documentElement.dataset.theme) document.querySelector("button[name=theme]").click();
      document.querySelectorAll("details[open]:not(.experiment)").forEach((details) => (details.open = false));
      document.querySelectorAll(".measured-here[aria-expanded=true]").forEach((button) => button.click());
      for (const pace of document.querySelectorAll("select.pace")) {
        pace.value = "fast";
        tell(pace, ["change"]);
      }
      document.activeElement?.blur();
      scrollTo(0, 0);
      visited = 0;
    },
    stirred,
    /** What is there, as far as a page can tell: its elements, its canvases, its workers, and the bytes of the module in each. */
    async count() {
      const channel = new BroadcastChannel("memory");
      const { memory } = await import(new URL("pkg/regularization_playground.js", location.href.split("#")[0])).then((module) => module.default());
      const living = window.livingWorkers.size;
      const bytes = [memory.buffer.byteLength];
      await new Promise((resolve) => {
        channel.onmessage = ({ data }) => bytes.push(data) > living && resolve();
        channel.postMessage("how much");
        if (living === 0) resolve();
      });
      channel.close();
      return { elements: document.querySelectorAll("*").length, canvases: document.querySelectorAll("canvas").length, workers: living, wasm: bytes.reduce((sum, some) => sum + some) };
    },
  };
})();
