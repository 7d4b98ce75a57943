// Chromium for everything that is measured here. It is driven by the package that drives the tests.
import { cpus } from "node:os";
import { chromium } from "../tests/browser/node_modules/playwright-core/index.mjs";

export const launch = () => chromium.launch({ executablePath: process.env.CHROME || "/usr/bin/chromium",
  args: ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    // Pages wait for their turn in the background and must not be slowed down for it.
    "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])] });

export const say = (text) => process.stderr.write(`${text}\n`);

/** How many cores were busy on average from now on: about one where nothing else runs. */
export function watchCores() {
  const used = () => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const [before, begin] = [used(), Date.now()];
  return () => (used() - before) / (Date.now() - begin);
}

/** The builds in the order of their turns: neither is always the first. */
export const inTurn = (builds, repeat) => builds.map((_, i) => builds[(i + repeat) % builds.length]);
