// The answer times as a table.
import { short, table } from "../markdown.mjs";
import { median, ratio } from "../statistics.mjs";

/** The answer in thousands of steps that hand-written JavaScript takes of W2 in that time. */
export const byHand = ({ bindings, hand_us }) => ratio(bindings.now, hand_us);

export function answersTable({ labs }) {
  const times = ({ before, now }) => [short(median(before)), short(median(now)), `${short(ratio(before, now))}×`];
  const rows = labs.map((lab) => [`\`${lab.lab}\`, ${lab.key} ${lab.from} → ${lab.to}`,
    ...times(lab.bindings), ...times(lab.page), short(byHand(lab))]);
  return table(["", "bindings, before", "now", "", "page, before", "now", "", "1,000 steps of W2 by hand"], rows);
}
