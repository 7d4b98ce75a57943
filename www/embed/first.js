// Runs before a frame is painted: its colours, the lab's picture as the first sight, and what there is to say
// where the scripts cannot be had. They are asked for once the frame comes into view.
/** The module, as page/first.js has it. @type {Promise<Response> | undefined} */
var ahead;

(() => {
  const root = document.documentElement;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const { hash, search, protocol } = location;
  /** What the address says under a name; the hash wins. @param {string} name */
  const said = (name) => [hash, search].map((part) => new RegExp(`[?&;]${name}=(\\w+)`).exec(part)?.[1]).find(Boolean);
  const theme = said("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  root.dataset.waiting = "";

  const labs = document.querySelector("meta[name=labs]")?.getAttribute("content")?.split(" ") ?? [];
  const named = /^#(\w+)/.exec(hash)?.[1] ?? said("lab") ?? "";
  const lab = labs.includes(named) ? named : labs[0];
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  // in a single file there is no picture beside it
  if (here) document.addEventListener("DOMContentLoaded", () => {
    const picture = new Image();
    picture.alt = "";
    picture.src = new URL(`../posters/${lab}-${dark ? "dark" : "light"}.svg`, here).href;
    picture.onerror = () => picture.remove();
    const word = document.createElement("p");
    word.className = "loading";
    word.role = "status";
    word.textContent = "Loading the lab …";
    const poster = document.createElement("div");
    poster.className = "poster";
    poster.append(picture, word);
    document.body.append(poster);
  });

  /** @param {Element | null | undefined} box */
  const offerAgain = (box) => {
    if (box instanceof HTMLElement) box.onclick = () => location.reload();
    document.querySelector(".poster")?.toggleAttribute("data-beside", true);
  };
  /** The frame cannot come to life. @param {string} reason */
  const lose = (reason) => {
    const lost = document.querySelector("#lost");
    const why = lost?.querySelector("[data-reason]");
    if (!(lost instanceof HTMLElement) || !why || !lost.hidden) return;
    why.textContent = reason;
    silent()?.remove();
    lost.hidden = false;
    root.dataset.lost = "";
    offerAgain(lost.querySelector("button"));
  };
  /** What nobody has caught stops the frame where it comes from its own scripts, before anything is there. @param {string} [from] */
  const soon = (from = "") => from.includes(here ? here.slice(0, here.lastIndexOf("embed/")) : location.pathname)
    && setTimeout(() => document.querySelector("[data-built]") || lose("an error stopped the scripts of this frame"), 3000);
  addEventListener("lost", (event) => lose(/** @type {CustomEvent} */ (event).detail));
  addEventListener("unhandledrejection", ({ reason }) => soon(reason?.stack));
  const silent = () => document.querySelector("#silent");
  const sorry = () => {
    const why = protocol === "file:" ? "A browser loads none from a file: this frame needs a web server, or the lab as one file (“bundle”)."
      : self.origin === "null" ? "In a sandbox a browser loads them only from a server that sends “Access-Control-Allow-Origin: *” with them."
        : "Its server has to send them as JavaScript (text/javascript). Is the network there?";
    const box = silent();
    if (!box) return;
    const again = document.createElement("button");
    again.textContent = "Try again";
    box.replaceChildren(`The scripts of this frame could not be loaded. ${why} `, again);
    box.toggleAttribute("data-said", true);
    offerAgain(again);
  };
  addEventListener("error", ({ target, filename }) => (target === window ? soon(filename) : target instanceof HTMLScriptElement && !target.hasAttribute("async") && sorry()), true);

  const seen = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    delete root.dataset.waiting;
    const scripts = document.querySelector("template#alive");
    if (!(scripts instanceof HTMLTemplateElement)) return;
    const link = scripts.content.querySelector("link[as=fetch]");
    link?.remove();
    if (link) (ahead = fetch(link.getAttribute("href") ?? "")).catch(() => {});
    document.head.append(scripts.content);
  });
  // the scripts may be there at once, and want what stands in the frame
  document.addEventListener("DOMContentLoaded", () => seen.observe(root));
})();
