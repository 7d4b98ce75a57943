// What a teacher pastes somewhere to have a lab there: one entry for each kind of place, as text. Nothing here
// knows of the page, so that the build writes the same lines into the page for teachers.

/**
 * A lab as it is to be shown.
 * @typedef {object} Shared
 * @property {string} site The address of the folder that holds `index.html`, with its last slash.
 * @property {string} lab
 * @property {string} title The lab's name, in words.
 * @property {string} query What a link to the run holds; "" for the defaults.
 * @property {boolean} usual Whether its settings are the defaults, of which the poster is.
 * @property {Record<string, string>} options What is asked of the frame: `hide`, `lock`, `theme`, `autoplay`.
 * @property {number | null} width In pixels; none for that of the column.
 * @property {number} height
 */

/**
 * @typedef {object} Snippet
 * @property {string} key
 * @property {string} name The kind of place.
 * @property {string} help Where it is pasted.
 * @property {(shared: Shared) => string} write
 */

/** @param {string} text */
const html = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll("&#38;", "&amp;");

/** In Markdown, where brackets, stars and lines mean something. @param {string} text */
const markdown = (text) => text.replace(/[\\`*_[\]<>!]/g, "\\$&").replace(/\s+/g, " ");

/** @param {string} text @param {string} by */
const indented = (text, by) => text.replace(/^(?=.)/gm, by);

/** A link to the run: what is hidden and locked is the frame's alone. @param {Shared} shared */
export const linkOf = ({ site, lab, query }) => new URL(`#${lab}${query && `?${query}`}`, site).href;

/** The address of the frame. @param {Shared} shared */
export function frameOf({ site, lab, query, options }) {
  const extra = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  const holds = [query, ...extra].filter(Boolean).join("&");
  return new URL(`embed.html#${lab}${holds && `?${holds}`}`, site).href;
}

/** @param {Shared} shared */
const posterOf = ({ site, lab, options }) => new URL(`posters/${lab}-${options.theme === "dark" ? "dark" : "light"}.svg`, site).href;

/** @param {Shared} shared */
const posterAlt = ({ title, usual }) => `${title}: ${usual ? "the picture of the finished run" : "what it comes to with its default settings"}`;

/** @param {Shared} shared @param {string} [address] The name of the attribute that holds the address. */
function iframe(shared, address = "src") {
  const { title, width, height } = shared;
  return `<iframe ${address}="${html(frameOf(shared))}" title="${html(title)}" width="${width ?? "100%"}" height="${height}" loading="lazy"></iframe>`;
}

/** On paper a frame that was never in sight is an empty box: there the poster stands in its place. @param {Shared} shared @param {string} [address] */
function withPoster(shared, address) {
  return `<div class="regularization-lab">
<style>.regularization-lab img { display: none; width: 100% } @media print { .regularization-lab img { display: block } .regularization-lab iframe { display: none } }</style>
${iframe(shared, address)}
<img src="${html(posterOf(shared))}" alt="${html(posterAlt(shared))}">
</div>`;
}

/** @param {Shared} shared */
function element(shared) {
  const { site, lab, query, options } = shared;
  const settings = [...new URLSearchParams(query)].filter(([key]) => key !== "v");
  const attributes = [["lab", lab], ...settings, ...Object.entries(options)].map(([key, value]) => ` ${key}="${html(value)}"`);
  return `<script type="module" src="${html(new URL("regularization-lab.js", site).href)}"></script>
<regularization-lab${attributes.join("")}>
  <img src="${html(posterOf(shared))}" alt="${html(posterAlt(shared))}" width="100%">
</regularization-lab>`;
}

/** @param {Shared} shared */
function myst(shared) {
  const { title, width } = shared;
  return `:::{iframe} ${frameOf(shared)}
:width: ${width === null ? "100%" : `${width}px`}
:title: ${title.replace(/\s+/g, " ")}
:placeholder: ${posterOf(shared)}
:::`;
}

/** @param {Shared} shared */
const quarto = (shared) => `::: {.content-visible when-format="html"}
\`\`\`{=html}
${withPoster(shared)}
\`\`\`
:::

::: {.content-visible unless-format="html"}
![${markdown(posterAlt(shared))}](${posterOf(shared)})
:::`;

/** @param {Shared} shared */
const jupyter = (shared) => `from IPython.display import IFrame
IFrame(${JSON.stringify(frameOf(shared))}, width=${shared.width ?? '"100%"'}, height=${shared.height})`;

/** @param {Shared} shared */
const reveal = (shared) => `<section>
${indented(withPoster(shared, "data-src"), "  ")}
</section>
<script src="${html(new URL("deck.js", shared.site).href)}"></script>`;

/** @type {Snippet[]} */
export const SNIPPETS = [
  { key: "link", name: "Link", help: "Opens this very run in the playground.", write: linkOf },
  { key: "iframe", name: "Any web page", help: "One line of HTML.", write: (shared) => iframe(shared) },
  { key: "element", name: "Element", help: "HTML without a frame: the lab is a part of your page.", write: element },
  { key: "markdown", name: "Markdown, mkdocs", help: "Leave an empty line before and after it.", write: (shared) => withPoster(shared) },
  { key: "myst", name: "MyST, Jupyter Book 2", help: "In a .md file or a Markdown cell.", write: myst },
  { key: "jupyter_book", name: "Jupyter Book 1", help: "In a .md file or a Markdown cell.", write: (shared) => `\`\`\`{raw} html\n${withPoster(shared)}\n\`\`\`` },
  { key: "sphinx", name: "Sphinx", help: "In an .rst file.", write: (shared) => `.. raw:: html\n\n${indented(withPoster(shared), "   ")}` },
  { key: "quarto", name: "Quarto", help: "In a .qmd file; in a PDF stands the picture.", write: quarto },
  { key: "jupyter", name: "Jupyter", help: "In a code cell.", write: jupyter },
  { key: "reveal", name: "reveal.js", help: "A slide of its own, between the others. One script for the whole deck is enough.", write: reveal },
  { key: "moodle", name: "Moodle", help: "In the editor choose “Tools”, “Source code”, then paste.", write: (shared) => iframe(shared) },
  { key: "canvas", name: "Canvas", help: "In the editor choose “Insert”, “Embed”, then paste.", write: (shared) => iframe(shared) },
];
