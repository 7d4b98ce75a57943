// What the page costs: at rest, and while a run goes on at the normal pace.

const BUSY_MS = 4000;

/** Shares of one core: of all renderer processes at rest, and of the page's main thread during a run. */
export async function costs(browser, address, settle_ms, watch_ms = BUSY_MS) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const system = await browser.newBrowserCDPSession();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const renderers = async () => {
    const { processInfo } = await system.send("SystemInfo.getProcessInfo");
    return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const mainThread = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value;
  };
  const share = async (spent) => {
    const [before, begin] = [await spent(), performance.now()];
    await page.waitForTimeout(watch_ms);
    return (1000 * (await spent() - before)) / (performance.now() - begin);
  };
  try {
    await page.goto(address);
    await page.locator("section[data-steps]:not([hidden])").waitFor();
    await page.waitForTimeout(settle_ms);
    const rest = await share(renderers);
    await page.locator("section[data-steps]:not([hidden]) button[name=play]").click();
    return { rest, playing: await share(mainThread) };
  } finally {
    await context.close();
    await system.detach();
  }
}
