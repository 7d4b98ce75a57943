// Where the named values of a slider stand under their ticks.
import assert from "node:assert/strict";
import test from "node:test";
import { spread } from "../../www/page/marks.js";

test("named values stand under their ticks, give way to each other by as little on both sides, and stay on the track", () => {
  assert.deepEqual(spread([30, 100], [40, 40], 200), [10, 80], "there is room: each in the middle under its tick");
  assert.deepEqual(spread([100, 100], [40, 40], 200), [58.5, 101.5], "both give way");
  assert.deepEqual(spread([100, 50], [40, 40], 200), [80, 30], "the order is that of the ticks");
  assert.deepEqual(spread([0, 200], [40, 40], 200), [0, 160], "none sticks out");
  const [first, second, third] = spread([150, 180, 195], [50, 50, 50], 200);
  assert.ok(second - first >= 53 && third - second >= 53 && first >= 0 && third <= 150, `${[first, second, third]}`);
  assert.equal(spread([10, 20], [60, 60], 100), null, "no room for both");
});
