// The answer time on the page: from the input event of the slider to the finished run drawn.

/** What takes longer has come to a stop. */
const LONG_MS = 60_000;

/** Opens a lab of the page at this address and runs it at full speed, to its end. */
export async function openPage(browser, address, lab) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  return { ...await hear(page, () => page.goto(`${address}#${lab}`)), close: () => context.close() };
}

/** What engine and page say to each other from when the page opens; its lab is run to its end. */
export async function hear(page, open) {
  await page.addInitScript(follow, LONG_MS);
  await open();
  await page.waitForFunction(() => window.bench.alive());
  await page.evaluate(() => window.bench.play());
  const rest = (resting) => page.evaluate((resting) => window.bench.rest(resting), resting);
  await rest(true);
  return { page, rest };
}

/**
 * One change to the other stop, and one back: the longer of the two answers. A page that waits for its
 * turn is made to rest: the one of before never does by itself. A lab that is stepped through answers
 * with its start.
 */
export async function answerOfPage({ page, rest }, { key, from, to, positions, steps, stepped }) {
  await rest(false);
  const answers = [];
  for (const change of [[key, from, positions.from], [key, to, positions.to]]) {
    answers.push(await page.evaluate((change) => window.bench.slide(...change), [...change, stepped]));
  }
  await rest(true);
  const cut = answers.find((answer) => !stepped && answer.steps !== steps);
  if (cut) throw new Error(`the run on the page ended after ${cut.steps} steps of ${steps}`);
  return Math.max(...answers.map(({ ms }) => ms));
}

/**
 * In the page, before its scripts: listens to what engine and page say to each other
 * (www/engine/messages.js), so as to know when a finished run is drawn. Each engine has a place in its worker now; the
 * build of before has a worker for each.
 */
function follow(longMs) {
  /** The last one. */
  let frame = null;
  /** A run that somebody waits for. */
  let wanted = null;
  const drawn = () => {
    if (!wanted || !frame || frame.playing || !wanted.isIt(frame)) return;
    wanted.resolve({ ms: performance.now() - wanted.begin, steps: frame.progress.steps });
    wanted = null;
  };
  window.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data: { told, ...data } }) => {
        if ((told ?? data).kind === "frame") frame = told ?? data;
      });
    }

    postMessage(message, ...rest) {
      super.postMessage(message, ...rest);
      if ((message.request ?? message).kind === "ack") drawn();
    }
  };
  // A page that draws nothing answers no frame, and is told nothing more.
  const held = [];
  let resting = false;
  const nextFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => (resting ? held.push(callback) : nextFrame(callback));
  const ended = (isIt) => new Promise((resolve, reject) => {
    wanted = { isIt, begin: performance.now(), resolve };
    setTimeout(() => reject(new Error(`no finished run after ${longMs} ms`)), longMs);
  });
  const find = (selector) => document.querySelector(`section[data-lab]:not([hidden]) ${selector}`);
  window.bench = {
    alive: () => frame !== null,
    rest(now) {
      resting = now;
      if (!resting) held.splice(0).forEach(nextFrame);
    },
    /** To the end of the run, unless it goes there by itself. */
    play() {
      const pace = find("select[aria-label=Pace]");
      pace.value = "fast";
      pace.dispatchEvent(new Event("change", { bubbles: true }));
      const end = ended(({ progress }) => progress.done);
      if (find("button[name=play]").textContent.trim() !== "Pause") find("button[name=play]").click();
      return end;
    },
    slide(key, value, position, stepped) {
      const field = find(`input[type=range][name=${key}]`);
      const end = ended(({ params, progress }) => params[key] === value && (stepped || progress.done));
      field.value = String(position);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      return end;
    },
  };
}
