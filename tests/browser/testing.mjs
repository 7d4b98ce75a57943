// A test in a browser: one that hangs fails by its name, and the others go on.
import nodeTest from "node:test";

/** No test takes so long, however much else its machine has to do; in milliseconds. */
export const HANGS_MS = 300_000;

/** WebKitGTK's driver now and then ends by itself: of the page that says nothing. */
const ENDED = /^ECONNREFUSED/;

/** As node's `test`: its name, perhaps options, what it does. */
export default function test(name, ...rest) {
  const body = rest.pop();
  return nodeTest(name, { timeout: HANGS_MS, ...rest[0] }, async (t) => {
    try {
      await body(t);
    } catch (error) {
      if (!ENDED.test(error.message)) throw error;
      t.diagnostic("the browser's driver is gone: once more");
      await body(t);
    }
  });
}
