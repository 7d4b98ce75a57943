// The styles of what belongs to the reader's own data come with it.

import { fileUrl } from "../engine/files.js";
import { el } from "./dom.js";

/** They are there; without them it can be read still. */
export const styled = new Promise((resolve) => {
  document.head.append(el("link", { rel: "stylesheet", href: fileUrl("styles/own.css"), onload: resolve, onerror: resolve }));
});
