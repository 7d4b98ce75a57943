// Tables and numbers as they are written down.

const line = (cells) => `| ${cells.join(" | ")} |`;
export const table = (head, rows) => [line(head), line(head.map((_, i) => (i ? "---:" : "---"))), ...rows.map(line)].join("\n");

/** Three digits, without an exponent. */
export function short(value) {
  if (value >= 1000) return Math.round(Number(value.toPrecision(3))).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

/** Where and when something was measured. */
export function measuredOn({ machine, date, busy_cores }) {
  // The measurement itself keeps one core busy, and now and then a second.
  const company = busy_cores > 1.3 ? `; other work ran beside it, ${short(busy_cores)} cores were busy: the times are too long` : "";
  return `${date}; ${machine.cpu}, ${machine.cores} cores, ${machine.arch}; Chromium ${machine.chromium}, headless${company}`;
}
