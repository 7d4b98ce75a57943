// Runs before a frame is painted: its colours, the lab's picture as the first sight, and what there is to say
// where the scripts cannot be had. They are asked for once the frame comes into view.
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

  const silent = () => document.querySelector("#silent");
  const sorry = () => {
    const why = protocol === "file:" ? "A browser loads none from a file: this frame needs a web server, or the lab as one file (“bundle”)."
      : self.origin === "null" ? "In a sandbox a browser loads them only from a server that sends “Access-Control-Allow-Origin: *” with them."
        : "Its server has to send them as JavaScript (text/javascript). Is the network there?";
    const box = silent();
    if (!box) return;
    box.textContent = `The scripts of this frame could not be loaded. ${why}`;
    box.toggleAttribute("data-said", true);
    document.querySelector(".poster")?.toggleAttribute("data-beside", true);
  };
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && sorry(), true);

  const seen = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    delete root.dataset.waiting;
    const scripts = document.querySelector("template#alive");
    if (scripts instanceof HTMLTemplateElement) document.head.append(scripts.content);
  });
  seen.observe(root);
})();
