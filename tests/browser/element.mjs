// What the tests of the element have in a page: its events noted, and short ways to it and into it.

const EVENTS = ["ready", "change", "step", "done", "diverged", "error"];
/** Notes, in `heard`, what every element of the page says: its id, what, and the detail. */
export const LISTEN = `<script>window.heard = [];
for (const type of ${JSON.stringify(EVENTS)}) document.addEventListener(type, ({ target, detail }) => target.localName === "regularization-lab" && heard.push({ id: target.id, type, detail }), true);
window.lab = (id) => document.getElementById(id);
window.inside = (id, selector) => lab(id).shadowRoot.querySelector(selector);
window.told = (type, id = "a") => heard.filter((event) => event.type === type && event.id === id);
</script>`;
/** One element. */
export const one = (lab, attributes = "", id = "a") => `<regularization-lab id="${id}" lab="${lab}" ${attributes}></regularization-lab>`;
