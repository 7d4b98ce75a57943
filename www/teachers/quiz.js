// A quiz about a lab in a frame: what was measured decides, not what somebody says they have seen. It needs
// nothing of the playground but its messages, and can be copied. Its page holds a frame `lab`, a button `check`,
// a line `told` and a list `tries`, by these ids.

/** What counts as right: the share of test images that are answered wrong, after a whole run. */
const GOAL = 0.15;

const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector("#lab"));
const told = document.querySelector("#told");
const tries = document.querySelector("#tries");
const check = document.querySelector("#check");
/** What the frame was asked last; answers to anything else are too late. */
let asked = 0;

/** @param {Record<string, unknown>} message */
function ask(message) {
  frame?.contentWindow?.postMessage({ context: "regularization-playground", version: 1, ...message }, "*");
}

/** @param {string} text @param {"right" | "wrong" | ""} state */
function say(text, state) {
  if (!(told instanceof HTMLElement)) return;
  told.textContent = text;
  told.dataset.state = state;
}

/** @param {{state: string, touched: boolean, metrics: Record<string, number>, params: Record<string, unknown>}} run */
function judge({ state, touched, metrics, params }) {
  if (state !== "done") return say("The run has not come to its end. Wait for it, or press Play; then check again.", "");
  if (touched) return say("A setting was changed while the run went on. Press Replay; then check again.", "");
  const { test_error: error } = metrics;
  const measured = `${(100 * error).toFixed(1)} % of the test images are answered wrong`;
  const right = error < GOAL;
  say(right ? `Right: ${measured}.` : `Not yet: ${measured}.`, right ? "right" : "wrong");
  const item = document.createElement("li");
  item.textContent = `p = ${params.keep_prob}, ${params.hidden_layers} × ${params.units} neurons, inputs kept ${params.keep_prob_input}: ${measured}`;
  tries?.append(item);
}

addEventListener("message", ({ source, data }) => {
  // a frame in a sandbox has no origin: it is known by its window
  if (source !== frame?.contentWindow || data?.context !== "regularization-playground" || data.version !== 1) return;
  if (data.action === "ready") {
    check?.toggleAttribute("disabled", false);
    say("", "");
  }
  if (data.action === "metrics" && data.id === asked) judge(data);
  if (data.action === "error") say(data.message, "");
});
check?.addEventListener("click", () => {
  asked += 1;
  ask({ action: "metrics?", id: asked });
});
