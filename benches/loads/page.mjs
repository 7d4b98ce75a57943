// One load of the page, watched from inside: until its figures are drawn from the engine, and a second on.

/** How long a page is watched after its first live frame: what is late to shift or to hold it up. */
const AFTER_MS = 1000;

/** The networks; none: this machine alone. */
export const NETWORKS = { localhost: null,
  "9 Mbit/s, 85 ms": { offline: false, downloadThroughput: 9e6 / 8, uploadThroughput: 9e6 / 8, latency: 85 } };

/** Loads the page at this address with nothing in its cache. */
export async function load(browser, address, network) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    await context.addInitScript(watch);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    // the page's workers, too, have this network
    if (network) await session.send("Network.emulateNetworkConditions", network);
    await page.goto(address, { waitUntil: "commit" });
    await page.waitForFunction(() => window.bench.frame_ms !== null);
    await page.waitForTimeout(AFTER_MS);
    return await page.evaluate(() => window.bench);
  } finally {
    await context.close();
  }
}

/** In the page, before its scripts: `window.bench` is what was seen so far, by the clock of the navigation. */
function watch() {
  const seen = { frame_ms: null, shift: 0, longest_task_ms: 0 };
  window.bench = seen;
  const observe = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("layout-shift", ({ value, hadRecentInput }) => { if (!hadRecentInput) seen.shift += value; });
  observe("longtask", ({ duration }) => { seen.longest_task_ms = Math.max(seen.longest_task_ms, duration); });

  const drawn = new Set();
  const inSight = (canvas) => {
    const { top, width, height } = canvas.getBoundingClientRect();
    return width > 0 && height > 0 && top < innerHeight;
  };
  // Who draws sets the canvas's size first: it is told here when that task is over.
  const drawing = new MutationObserver((changes) => {
    for (const { target } of changes) if (target instanceof HTMLCanvasElement) drawn.add(target);
    const figures = document.querySelectorAll("section[data-lab][data-steps]:not([hidden]) figure[data-figure] canvas");
    const wanted = [...figures].filter(inSight);
    if (wanted.length === 0 || !wanted.every((canvas) => drawn.has(canvas))) return;
    seen.frame_ms = performance.now();
    drawing.disconnect();
  });
  drawing.observe(document, { subtree: true, attributes: true, attributeFilter: ["width"] });
}
