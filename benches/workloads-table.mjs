// The workloads as tables, and in a line.
import { measuredOn, short, table } from "./markdown.mjs";
import { fastestPeer, learned, median, ratio } from "./statistics.mjs";
import { WORKLOADS } from "./workloads.mjs";

const label = (key) => key.replace("w", "W");

/** For every workload that a peer runs too: the fastest peer, its median, ours, and how many times as long it takes. */
export function workloadsRows({ engines }) {
  return WORKLOADS.filter(({ key }) => engines[0].results[key].us && fastestPeer(engines, key)).map(({ key, title }) => {
    const peer = fastestPeer(engines, key);
    const [theirs, ours] = [peer, engines[0]].map(({ results }) => results[key].us);
    return { name: `${label(key)} ${title}, µs a step`, peer: peer.name, theirs: median(theirs), ours: median(ours), ratio: ratio(theirs, ours) };
  });
}

export function workloadsSummary(workloads) {
  const ratios = workloadsRows(workloads).map(({ ratio }) => ratio);
  return `On ${ratios.length} workloads, in one browser, the fastest of ${workloads.engines.length - 1} other engines takes ${short(Math.min(...ratios))} to
${short(Math.max(...ratios))} times as long as this project`;
}

export function workloadsSection(workloads) {
  const { repeats, engines, native } = workloads;
  return `Training against other engines, in microseconds a step, the median of ${repeats} interleaved repeats in one
run, in one thread (${measuredOn(workloads)}).
**Bold**: the fastest peer.

${times(engines)}

${WORKLOADS.map(({ key, title, detail }) => `${label(key)} ${title}: ${detail}.`).join(" ")}
${notes(engines)}

On the same machine natively, in microseconds (criterion):

${nativeTable(native)}
`;
}

function times(engines) {
  const rows = engines.map((engine) => [nameOf(engine), ...WORKLOADS.map(({ key }) => cell(engines, engine, key))]);
  const ours = WORKLOADS.map(({ key }) => advantage(engines, key));
  return table(["", ...WORKLOADS.map(({ key }) => label(key))], [...rows, ["fastest peer ÷ this project", ...ours]]);
}

const nameOf = ({ name, version }) => (version ? `${name} ${version}` : name);

function cell(engines, engine, key) {
  const { us, reason, note } = engine.results[key];
  if (!us) return /^(not run|TypeError|Error)/.test(reason) ? "not run" : reason;
  const text = short(median(us)) + (note ? ` ${mark(note)}` : "");
  return engine === fastestPeer(engines, key) ? `**${text}**` : text;
}

/** How many times as long the fastest peer takes. */
function advantage(engines, key) {
  const peer = fastestPeer(engines, key);
  const ours = engines[0].results[key].us;
  return peer && ours ? `${short(ratio(peer.results[key].us, ours))}×` : "–";
}

const MARKS = { "AdamW": "¹", "linear output": "²", "no dropout, no softmax": "³", "tanh output": "⁴" };
const mark = (note) => MARKS[note] ?? `(${note})`;

function notes(engines) {
  const results = engines.flatMap(({ name, results }) => Object.entries(results).map(([key, result]) => ({ name, key, ...result })));
  const used = Object.entries(MARKS).filter(([note]) => results.some((result) => result.note === note));
  const marks = used.map(([note, mark]) => `${mark} ${note}.`);
  const failures = [...new Set(results.filter(({ reason }) => /^(not run|TypeError|Error)/.test(reason ?? ""))
    .map(({ name, reason }) => `${name}: ${reason}.`))];
  const rules = "Peers get their batches cut beforehand. No time counts for work not done: every engine's loss at first, after the "
    + "same number of steps and at last is in `benches/results.json`.";
  return [...marks, ...failures, rules].join(" ");
}

/** The forms of a product that training needs, by criterion's groups. */
const FORMS = [["gemm_ab", "A B"], ["gemm_atb", "Aᵀ B"], ["gemm_abt", "A Bᵀ"]];

/** Criterion's median of one case in microseconds, and the cases that there are. */
const timeOf = (native) => (group, engine, which) => native.find((entry) => entry.group === group && entry.engine === engine && entry.case === which)?.us;
const casesOf = (at) => WORKLOADS.map(({ key }) => key).filter((key) => at("workloads", "ours", key));
const sizesOf = (native) => [...new Set(native.filter(({ group }) => group === "gemm_ab").map((entry) => entry.case))].sort((a, b) => a - b);

/** Every native case that has something beside it: its name, what is beside it, the two times, and their ratio. */
export function nativeRows({ native }) {
  const at = timeOf(native);
  const row = (name, beside, group, engine, which) => {
    const [theirs, ours] = [engine, "ours"].map((engine) => at(group, engine, which));
    return { name: `${name} natively, µs`, peer: beside, theirs, ours, ratio: theirs / ours };
  };
  return [
    ...casesOf(at).filter((key) => at("workloads", "plain", key))
      .map((key) => row(label(key), "plain loops in Rust", "workloads", "plain", key)),
    ...FORMS.flatMap(([group, form]) => sizesOf(native).map((n) => row(`${form} of ${n}`, "matrixmultiply", group, "matrixmultiply", n))),
  ];
}

function nativeTable(native) {
  const at = timeOf(native);
  const [cases, sizes] = [casesOf(at), sizesOf(native)];
  const row = (name, engine) => [name, ...cases.map((key) => { const us = at("workloads", engine, key); return us ? short(us) : ""; })];
  const speed = (group, engine, n) => short((2 * n ** 3) / at(group, engine, n) / 1000);
  const engines = [["ours", "this project"], ["plain", "plain loops"], ["matrixmultiply", "matrixmultiply"]];
  const products = FORMS.flatMap(([group, form]) => engines.map(([engine, name]) =>
    [`${form}, ${name}`, ...sizes.map((n) => speed(group, engine, n))]));
  return `${table(["", ...cases.map(label)], [row("this project", "ours"), row("plain loops in Rust", "plain")])}

and its products of square matrices, in GFLOP/s, by their size:

${table(["", ...sizes], products)}`;
}

/** Losses and scaling: what the tables leave out. */
export function details({ engines, scaling }) {
  const ran = (key) => engines.filter(({ results }) => results[key].us);
  const loss = (value) => (value === null || value === undefined ? "–" : value.toPrecision(4));
  const losses = WORKLOADS.flatMap(({ key }) => ran(key).map(({ name, results: { [key]: result } }) => [
    `${label(key)} ${name}`, `${short(median(result.us))} µs`, loss(result.first_loss),
    `${loss(result.equal_loss)} after ${result.equal_steps}`, `${loss(result.last_loss)} after ${result.last_steps}`, learned(result) ? "" : "DID NOT LEARN"]));
  const points = scaling.map(({ axis, value, us }) => [axis, value, `${short(us)} µs`,
    axis === "weights" ? `${(us * 1000 / value / 32).toPrecision(3)} ns a weight and example` : `${(us / value).toPrecision(3)} µs each`]);
  return `${table(["", "a step", "loss at first", "loss after equal steps", "loss at last", ""], losses)}

${table(["this project, by", "", "a step", ""], points)}
`;
}
