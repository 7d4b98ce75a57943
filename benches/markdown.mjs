// Tables and numbers as they are written down.

const line = (cells) => `| ${cells.join(" | ")} |`;
export const table = (head, rows) => [line(head), line(head.map((_, i) => (i ? "---:" : "---"))), ...rows.map(line)].join("\n");

/** Three digits, without an exponent. */
export function short(value) {
  if (value >= 1000) return Math.round(Number(value.toPrecision(3))).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}
