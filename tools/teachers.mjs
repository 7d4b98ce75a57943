// What the build writes into www/teachers.html: the lines to paste, the labs with their lessons, how to cite.
import { readFileSync } from "node:fs";
import { SNIPPETS } from "../www/page/snippets.js";

/** Where the page says that the playground is. */
export const SITE = "https://your.site/";
const lessons = JSON.parse(readFileSync(new URL("teachers/lessons.json", import.meta.url), "utf8"));

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A lab as a lecture has it, for the lines to paste. */
const SHARED = { site: SITE, lab: "dropout", title: "Dropout", query: "keep_prob=0.3&seed=7", usual: false, options: { hide: "question", lock: "label_noise" }, width: null, height: 640 };

/** Every part, by its name. @param {import("../www/pkg/regularization_playground.js").LabSpec[]} labs @param {string} version */
export function teachersParts(labs, version) {
  return {
    snippets: SNIPPETS.map(snippet).join("\n"),
    lessons: labs.map(lesson).join("\n"),
    cite: `<pre tabindex="0">@software{regularization_playground,
  title   = {Regularization Playground},
  version = {${version}},
  url     = {${SITE}}
}</pre>`,
  };
}

function snippet({ key, name, help, write }) {
  return `<h3 id="paste-${key}">${escape(name)}</h3>
<p>${escape(help)}</p>
<pre tabindex="0" aria-labelledby="paste-${key}">${escape(write(SHARED))}</pre>`;
}

function lesson({ id, title, slide, claim, main, parameters }) {
  const { minutes, shows, tasks = [] } = lessons[id] ?? {}; // a new lab is listed before anybody has taught with it
  const slider = parameters.find(({ key }) => key === main?.parameter);
  const facts = [["Shows", shows], ["Slide", slide || "any: free play"], ["In class", minutes && `about ${minutes} minutes`], ["Main slider", slider?.label]];
  const rows = facts.filter(([, text]) => text).map(([name, text]) => `<div><dt>${name}</dt><dd>${escape(text)}</dd></div>`).join("");
  const task = ({ say, query }) => `<li>${escape(say)}${query ? ` <a href="index.html#${id}?${escape(query)}">Open this setting</a>` : ""}</li>`;
  return `<section id="${id}">
<h3><a href="index.html#${id}">${escape(title)}</a></h3>
<p class="claim">${escape(claim)}</p>
<dl>${rows}</dl>${tasks.length > 0 ? `
<ol>${tasks.map(task).join("")}</ol>` : ""}
</section>`;
}
