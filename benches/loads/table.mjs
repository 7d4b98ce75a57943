// What a load and a page cost, as tables and in a line.
import { measuredOn, short, table } from "../markdown.mjs";
import { median, ratio } from "../statistics.mjs";

/** A task is only seen from 50 ms on. */
const task = (ms) => (ms < 50 ? "below 50" : short(ms));
const kilobytes = (bytes) => short(bytes / 1000);
const percent = (share) => (100 * share).toFixed(1);

/** Rows of what was measured: its name, before, now, and how many times as much it was before. */
export function loadsRows({ networks, shares, tours, module }) {
  const row = (name, { before, now }, write, times = true) =>
    [name, write(median(before)), write(median(now)), times ? `${short(ratio(before, now))}×` : ""];
  const of = (results, key) => ({ before: results.before[key], now: results.now[key] });
  const once = (key) => ({ before: [module.before[key]], now: [module.now[key]] });
  return [
    ...networks.flatMap((times) => [
      row(`first live frame, ${times.network}, ms`, of(times, "frame_ms"), short),
      row(`longest task on the way, ${times.network}, ms`, of(times, "longest_task_ms"), task, false)]),
    row("layout shift", of(networks[0], "shift"), short, false),
    row("transferred, KB (gzip)", of(networks[0], "bytes"), kilobytes),
    row("requests", of(networks[0], "requests"), short),
    row("module, KB", once("raw"), kilobytes), row("module, gzip, KB", once("gzip"), kilobytes), row("module, brotli, KB", once("brotli"), kilobytes),
    row("at rest, all of the page, % of a core", of(shares, "rest"), percent, false),
    row("playing at the normal pace, the page's main thread, % of a core", of(shares, "playing"), percent, false),
    row("longest task while the first slider of every lab is dragged, ms", of(tours, "task_ms"), task, false),
    row("longest time from an input to the next paint meanwhile, ms", of(tours, "interaction_ms"), short, false),
  ];
}

export function loadsSummary({ networks }) {
  const [near, far] = networks.map(({ now }) => short(median(now.frame_ms) / 1000));
  return `The page is alive ${near} s after navigation on one machine, ${far} s at ${networks[1].network}`;
}

export function loadsSection(loads) {
  return `From navigation to the first live frame, which is when the figures in sight are drawn from the engine, with an
empty cache and everything sent as gzip, on the machine itself and at ${loads.networks[1].network}; layout shifts
and long tasks until a second later. At rest all renderer processes count, during a run the page's main
thread. "Before" is commit ${loads.commit}. The median of ${loads.repeats} interleaved repeats (${measuredOn(loads)}).

${table(["", "before", "now", ""], loadsRows(loads))}
`;
}
