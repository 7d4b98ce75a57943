// results.json in words: sections for benches/README.md, lines for README.md, one table for the terminal.
import { answersRows, answersSection, answersSummary } from "./answers/table.mjs";
import { loadsRows, loadsSection, loadsSummary } from "./loads/table.mjs";
import { short, table } from "./markdown.mjs";
import { nativeRows, workloadsRows, workloadsSection, workloadsSummary } from "./workloads-table.mjs";

/** The part of either file that is written here. */
export const BETWEEN_MARKERS = /(?<=<!-- bench:begin -->\n)[\s\S]*?(?=<!-- bench:end -->)/;

/** The parts that were measured, in order, each by what `write` has for it. */
const parts = (results, write) => Object.keys(write).filter((part) => results[part]).map((part) => write[part](results[part]));

/** Between the markers of README.md. */
export function summary(results) {
  const said = parts(results, { workloads: workloadsSummary, answers: answersSummary, loads: loadsSummary });
  return `${said.join(".\n")}: [the tables](benches/README.md), measured by \`./build.sh bench\`.\n`;
}

/** Between the markers of benches/README.md. */
export function section(results) {
  const sections = { workloads: workloadsSection, answers: answersSection, loads: loadsSection };
  const titles = { workloads: "Training", answers: "From a moved slider to the finished run", loads: "Loading the page" };
  const titled = Object.fromEntries(Object.entries(sections).map(([part, write]) => [part, (result) => `## ${titles[part]}\n\n${write(result)}`]));
  return parts(results, titled).join("\n");
}

/** Everything in one table: what it is, what it is measured beside, this project, and how many times as much the other takes. */
export function overview(results) {
  const rows = parts(results, {
    workloads: (result) => [...workloadsRows(result), ...nativeRows(result)].map(({ name, peer, theirs, ours, ratio }) =>
      [`${name} (beside ${peer})`, short(theirs), short(ours), `${short(ratio)}×`]),
    answers: answersRows,
    loads: loadsRows,
  });
  return table(["", "beside", "this project", ""], rows.flat());
}
