// A tour of the labs: in each the first slider is dragged from one side to the other. What the page's main
// thread does meanwhile, and how soon an input is seen.

/** How long a lab has to come to rest, and how long its answers have, in milliseconds. */
const SETTLE_MS = 4500;
const ANSWER_MS = 2000;
const MOVES = 30;
const MOVE_MS = 60;

/** The longest task in milliseconds, and the longest time from an input to the next paint, in all labs together. */
export async function tour(browser, address, labs) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.evaluate(() => {
      window.seen = { longtask: [0], event: [0] };
      const note = (list) => list.getEntries().forEach(({ entryType, duration }) => window.seen[entryType].push(duration));
      new PerformanceObserver(note).observe({ type: "longtask" });
      new PerformanceObserver(note).observe({ type: "event", durationThreshold: 16 });
    });
    const longest = { longtask: 0, event: 0 };
    for (const lab of labs) {
      await page.evaluate((lab) => (location.hash = lab), lab);
      const section = page.locator(`section[data-lab=${lab}][data-steps]:not([hidden])`);
      await section.waitFor();
      await page.waitForTimeout(SETTLE_MS);
      const slider = section.locator(".controls input[type=range]").first();
      await slider.scrollIntoViewIfNeeded();
      await page.evaluate(() => (window.seen = { longtask: [0], event: [0] }));
      await drag(page, await slider.boundingBox());
      const here = await page.evaluate(() => window.seen);
      for (const kind of Object.keys(longest)) longest[kind] = Math.max(longest[kind], ...here[kind]);
    }
    return { task_ms: longest.longtask, interaction_ms: longest.event };
  } finally {
    await context.close();
  }
}

async function drag(page, { x, y, width, height }) {
  const at = (share) => page.mouse.move(x + width * share, y + height / 2);
  await at(0.2);
  await page.mouse.down();
  for (let move = 0; move <= MOVES; move++) {
    await at(0.2 + (0.6 * move) / MOVES);
    await page.waitForTimeout(MOVE_MS);
  }
  await page.mouse.up();
  await page.waitForTimeout(ANSWER_MS);
}
