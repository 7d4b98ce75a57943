// The answer times as tables, and in a line.
import { measuredOn, short, table } from "../markdown.mjs";
import { median, ratio } from "../statistics.mjs";

/** An answer that takes longer is waited for, in milliseconds. */
const SOON_MS = 300;

const times = ({ before, now }) => [short(median(before)), short(median(now)), `${short(ratio(before, now))}×`];

export function answersRows({ labs }) {
  return labs.flatMap(({ lab, bindings, page }) => [[`answer of \`${lab}\`, bindings, ms`, ...times(bindings)],
    [`answer of \`${lab}\`, page, ms`, ...times(page)]]);
}

export function answersSummary({ labs }) {
  const soon = labs.filter(({ bindings }) => median(bindings.now) <= SOON_MS).length;
  return `A moved slider is answered by the finished run within ${SOON_MS} ms in ${soon} of ${labs.length} labs`;
}

export function answersSection(answers) {
  const rows = answers.labs.map((lab) => [`\`${lab.lab}\`, ${lab.key} ${lab.from}, ${lab.to}`,
    ...times(lab.bindings), ...times(lab.page), short(byHand(lab))]);
  return `From one change of a lab's main slider to the finished run, in milliseconds at full speed. The slider goes
one stop away from its default and back, all else is the default; the slower of the two answers counts. By
the bindings in a worker with every figure and number of the lab, and on the page from the
input event to the last figure in sight drawn. "Before" is commit ${answers.commit}. The median of ${answers.repeats} interleaved
repeats (${measuredOn(answers)}).
In the last column the answer by the bindings is put in thousands of steps of W2 as JavaScript written by
hand takes them in the same run: a measure that travels from machine to machine.

${table(["", "bindings, before", "now", "", "page, before", "now", "", "now, in W2 by hand"], rows)}
`;
}

/** The answer in thousands of steps of W2 by hand: milliseconds over microseconds. */
const byHand = ({ bindings, hand_us }) => ratio(bindings.now, hand_us);
