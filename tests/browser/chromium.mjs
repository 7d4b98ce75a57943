// Chromium behind the thin interface: driven by playwright, which notes by itself what goes amiss.
import { startChromium } from "./harness.mjs";
import { Tab } from "./tab.mjs";

/** So many places on the way are told of a move of the mouse. */
const DRAG_STEPS = 4;

/** Kinds of what is in a snapshot of the heap and is no script's: compiled code, and what lies beside the heap. */
const NOT_MADE = new Set(["code", "native", "synthetic"]);

/** What a page keeps. @param {import("playwright-core").CDPSession} protocol */
export async function keptIn(protocol) {
  // what is let go while the first is collected is collected by the next
  for (let time = 0; time < 3; time += 1) await protocol.send("HeapProfiler.collectGarbage");
  const { usedSize: heap, backingStorageSize: arrays } = await protocol.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners: listeners } = await protocol.send("Memory.getDOMCounters");
  return { heap, arrays, nodes, listeners };
}

/** The bytes of what scripts have made. @param {import("playwright-core").CDPSession} protocol */
async function madeIn(protocol) {
  const parts = [];
  const hear = ({ chunk }) => parts.push(chunk);
  protocol.on("HeapProfiler.addHeapSnapshotChunk", hear);
  await protocol.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  protocol.off("HeapProfiler.addHeapSnapshotChunk", hear);
  const { snapshot: { meta: { node_fields: fields, node_types: [kinds] } }, nodes } = JSON.parse(parts.join(""));
  const [kind, size] = ["type", "self_size"].map((name) => fields.indexOf(name));
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) if (!NOT_MADE.has(kinds[nodes[at + kind]])) bytes += nodes[at + size];
  return bytes;
}

export async function launchChromium(origins) {
  const { version, open, close } = await startChromium(origins);
  return { version, close, async open(url) {
    const tab = await open(url);
    const protocol = await tab.page.context().newCDPSession(tab.page);
    return new ChromiumTab(tab, protocol);
  } };
}

class ChromiumTab extends Tab {
  constructor(tab, protocol, frame = tab.page.mainFrame()) {
    super();
    Object.assign(this, { tab, protocol, frame });
  }

  run(expression) { return this.frame.evaluate(expression); }

  click(selector) { return this.frame.locator(selector).click(); }

  fill(selector, text) { return this.frame.locator(selector).fill(text); }

  press(selector, key) { return this.frame.locator(selector).press(key); }

  choose(selector, value) { return this.frame.locator(selector).selectOption(value); }

  async drag(selector, shares, each) {
    const element = this.frame.locator(selector);
    await element.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await element.boundingBox();
    const { mouse } = this.tab.page;
    const go = (share, steps) => mouse.move(x + share * width, y + height / 2, { steps });
    await go(shares[0], 1);
    await mouse.down();
    for (const share of shares) {
      await go(share, DRAG_STEPS);
      await each();
    }
    await mouse.up();
  }

  async strike(steps) {
    const { mouse, keyboard } = this.tab.page;
    for (const { move, down, up, touch, key, shift } of steps) {
      if (move) await mouse.move(...move);
      if (down) await mouse.down();
      if (up) await mouse.up();
      if (touch) await this.touch(touch);
      if (key) await keyboard.press(shift ? `Shift+${key}` : key);
    }
  }

  async touch(places) {
    const points = places.map(([x, y]) => [{ x, y }]);
    for (const [i, touchPoints] of points.entries()) await this.protocol.send("Input.dispatchTouchEvent", { type: i === 0 ? "touchStart" : "touchMove", touchPoints });
    await this.protocol.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  resize(width, height) { return this.tab.page.setViewportSize({ width, height }); }

  /** What scripts have made, their arrays' contents among it: the heap without compiled code, of which a browser makes more the longer a page is used. */
  async measure() {
    const { arrays, ...kept } = await keptIn(this.protocol);
    return { ...kept, heap: await madeIn(this.protocol) + arrays };
  }

  async url() { return this.tab.page.url(); }

  reload() { return this.tab.page.reload(); }

  async inFrame(selector) {
    const element = await this.tab.page.waitForSelector(selector);
    return new ChromiumTab(this.tab, this.protocol, await element.contentFrame());
  }

  async takeProblems() { return this.tab.problems.splice(0); }

  close() { return this.tab.close(); }
}
