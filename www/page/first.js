// Runs before anything is painted, and holds that up: no more than what the first paint depends on.
/** The module, asked for before any script that wants it is there. @type {Promise<Response> | undefined} */
var ahead;

(() => {
  const { documentElement: { dataset }, currentScript } = document;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") dataset.theme = theme;
  } catch {} // in a sandbox nothing is remembered

  /** @param {() => void} act */
  const onceRead = (act) => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", act) : act());
  // the words are painted before anything is asked for that would hold them up; out of sight nothing is
  const bringAlive = () => {
    const scripts = document.querySelector("template#alive");
    if (!(scripts instanceof HTMLTemplateElement)) return;
    // what a link has it load ahead, Safari loads once more where it is wanted
    const link = scripts.content.querySelector("link[as=fetch]");
    link?.remove();
    if (link) (ahead = fetch(link.getAttribute("href") ?? "")).catch(() => {}); // told where it is waited for
    document.head.append(scripts.content);
  };
  const afterPaint = () => (document.hidden ? bringAlive() : requestAnimationFrame(() => setTimeout(bringAlive)));

  /** Puts a lab's words in the place of the first one's, below the way to its neighbours. @param {Element | null | undefined} section */
  const show = (section) => {
    const main = document.querySelector("main");
    if (!(section instanceof HTMLElement) || !main) return;
    for (const other of main.querySelectorAll("section[data-lab]")) other.toggleAttribute("hidden", true);
    main.append(document.importNode(section, true));
    const { pill, group = pill } = section.dataset;
    const links = [...document.querySelectorAll("nav.labs a[data-group]")];
    const near = links.filter((link) => link.getAttribute("data-group") === group);
    for (const link of links) link.toggleAttribute("hidden", !near.includes(link));
    document.querySelector("nav.labs")?.toggleAttribute("hidden", near.length < 2);
    delete dataset.elsewhere;
  };

  // the first lab's words stand in the page: they are not shown where the address names another
  const named = /^#(\w+)/.exec(location.hash)?.[1] ?? "";
  const labs = (document.querySelector("meta[name=labs]")?.getAttribute("content") ?? "").split(" ");
  if (named && named !== labs[0]) dataset.elsewhere = "";
  // a page that is one file has no other beside it
  const beside = currentScript instanceof HTMLScriptElement && currentScript.src;

  /** The page cannot come to life: why, and the picture of what it would have shown. @param {string} reason */
  const sorry = (reason) => {
    const [lost, why, picture, again] = ["", " [data-reason]", " img", " button"].map((part) => document.querySelector(`#lost${part}`));
    if (!(lost instanceof HTMLElement && picture instanceof HTMLImageElement && again instanceof HTMLElement && why) || !lost.hidden) return;
    const { theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light" } = dataset;
    why.textContent = reason;
    picture.onerror = () => picture.remove();
    picture.src = beside ? String(new URL(`../posters/${labs.includes(named) ? named : labs[0]}-${theme}.svg`, beside)) : "data:,";
    again.onclick = () => location.reload();
    document.querySelector("#silent")?.remove();
    lost.hidden = false;
    dataset.lost = "";
  };
  /** What nobody has caught stops the page where it comes from its own scripts, before anything is there. @param {string} [from] */
  const soon = (from = "") => from.includes(beside ? beside.slice(0, beside.lastIndexOf("page/")) : location.pathname)
    && setTimeout(() => document.querySelector("[data-built]") || sorry("an error stopped the scripts of this page"), 3000);
  addEventListener("lost", (event) => sorry(/** @type {CustomEvent} */ (event).detail));
  addEventListener("unhandledrejection", ({ reason }) => soon(reason?.stack));
  addEventListener("error", ({ target, filename }) => {
    if (target === window) soon(filename);
    // without early.js it comes to life all the same
    if (target instanceof HTMLScriptElement && !target.hasAttribute("async")) sorry(location.protocol === "file:" ? "a browser loads no scripts from a file, so this page needs a web server" : "a script did not come, or not as JavaScript");
  }, true);

  if (!beside || labs.indexOf(named) < 1) return onceRead(afterPaint);
  const request = new XMLHttpRequest();
  request.open("GET", new URL(`../labs/${named}.html`, beside));
  request.responseType = "document";
  request.timeout = 4000; // then nothing waits for them any longer
  request.onloadend = () => onceRead(() => {
    show(request.response?.querySelector(`section[data-lab="${named}"]`));
    afterPaint();
  });
  request.send();
})();
