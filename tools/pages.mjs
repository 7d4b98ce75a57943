// Writes into the pages what follows from the labs' files and the catalogue's order, between the marks
// `<!-- written: part -->` and `<!-- end -->`: into index.html and embed.html the list of labs, the
// links to them, the first lab's section and what is to be loaded at once, into each lab's file its icon
// and the way on, into element/labs.js (between comments of its own kind) their ids. And beside the module, as `pkg/labs/<id>.json`, what the page knows of a lab before it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
import { pathToFileURL } from "node:url";
import { teachersParts } from "./teachers.mjs";

export const PAGES = ["index.html", "embed.html"];

const www = new URL("../www/", import.meta.url);
export const read = (name) => readFileSync(new URL(name, www), "utf8");

/** Every part that can be written, by its name. @param {string[]} ids The labs, in order. */
export function writtenParts(ids) {
  const labs = ids.map(readLab);
  const groups = [...new Set(labs.map(({ group }) => group))];
  const pill = (group) => `<a href="labs/${labs.find((lab) => lab.group === group).id}.html">${group}</a>`;
  const link = ({ id, group, pill }) => `<a href="labs/${id}.html" data-lab="${id}" data-group="${group}" hidden>${pill}</a>`;
  return {
    labs: `<meta name="labs" content="${ids.join(" ")}">`,
    ids: ids.map((id) => `  "${id}",`).join("\n"),
    pills: groups.map(pill).join(" "),
    links: groups.map((group) => labs.filter((lab) => lab.group === group).map(link).join(" ")).join("\n"),
    first: labs[0].section.replaceAll('href="../index.html#', 'href="#'),
  };
}

/** Every page that has written parts, and those. @param {string[]} ids The labs, in order. */
export function pages(ids) {
  const shared = writtenParts(ids);
  return [...PAGES.map((name) => ({ name, parts: { ...shared, ...preloads(name) } })), { name: "element/labs.js", parts: shared }, ...ids.map((id, at) => ({ name: `labs/${id}.html`, parts: partsOf(ids, at) }))];
}

/**
 * Links to all that a lab needs to open, so that nothing waits for what names it: the module, the page's
 * scripts, and those of its labs, which `page/labs.js` sets off. @param {string} page
 */
function preloads(page) {
  const module = read("engine/module.js").match(/const MODULE = "([^"]+)"/)[1];
  const scripts = [...read(page).matchAll(/<script type="module"[^>]* src="([^"]+)"/g)].map(([, src]) => src);
  const atOnce = scripts.reduce(withImports, new Set());
  const next = [...withImports(new Set(atOnce), "page/lab-view.js")].filter((name) => !atOnce.has(name));
  const links = (names) => [...names].map((name) => `<link rel="modulepreload" href="${name}">`).join(" ");
  return {
    module: `<link rel="preload" href="${module}" as="fetch" type="application/wasm" crossorigin>`,
    // a link to what stands in a script of its own is an error in Firefox
    scripts: `${links([...atOnce].filter((name) => !scripts.includes(name)))}\n<template id="next">${links(next)}</template>`,
  };
}

/** A module, and all that it imports, in the order in which they are met. @param {Set<string>} names @param {string} name */
function withImports(names, name) {
  if (names.has(name)) return names;
  const others = [...read(name).matchAll(/^(?:import|export)[^;]*? from "(\.[^"]+)";/gm)];
  return others.map(([, other]) => posix.join(posix.dirname(name), other)).reduce(withImports, names.add(name));
}

/** What is written into the file of one lab. @param {string[]} ids @param {number} at */
function partsOf(ids, at) {
  const to = (id, rel, name) => id && `<a href="${id}.html" rel="${rel}">${name(nameOf(readLab(id)))}</a>`;
  const previous = to(ids[at - 1], "prev", (name) => `← ${name}`);
  const next = to(ids[at + 1], "next", (name) => `${name} →`);
  const way = [previous, '<a href="../index.html">All labs</a>', next].filter(Boolean);
  return {
    icon: read("index.html").match(/<link rel="icon".*>/)[0],
    way: `<p class="live"><a href="../index.html#${ids[at]}">Open this lab and move its sliders</a><noscript> (needs JavaScript)</noscript></p>
<nav class="way" aria-label="Labs">${way.join(" ")}</nav>`,
  };
}

/** A lab's name in full. */
const nameOf = ({ group, pill }) => (group === pill ? pill : `${group}: ${pill}`);

/** A page with its parts as they should be. @param {string} name @param {Record<string, string>} parts */
export function written(name, parts) {
  return read(name).replace(/((?:<!--|\/\/) written: (\w+)(?: -->)?\n)[^]*?((?:<!--|\/\/) end)/g, (_, start, part, end) => {
    if (!(part in parts)) throw new Error(`${name}: nothing is written for "${part}"`);
    return `${start}${parts[part]}\n${end}`;
  });
}

/** The labs' ids in the catalogue's order, which is the lecture's. */
export const catalogueIds = async () => (await catalogue()).map(({ id }) => id);

/** The labs as the package has them. */
export const catalogue = async () => (await bindings()).catalogue();

export async function bindings() {
  const lab = await import(new URL("pkg/regularization_playground.js", www));
  lab.initSync({ module: readFileSync(new URL("pkg/regularization_playground_bg.wasm", www)) });
  return lab;
}

/** What `page/sections.js` reads of every lab. */
export async function entries() {
  const { Lab, catalogue } = await bindings();
  return catalogue().map((lab) => {
    const run = new Lab(lab.id);
    const figures = lab.figures.map(({ key }) => [key, undrawn(run.figure(key))]);
    const opening = { progress: run.progress(), metrics: run.metrics(), params: run.params(), limits: run.limits(), figures: Object.fromEntries(figures) };
    return { lab, opening };
  });
}

/** A figure without what is drawn of it; tables are no drawings. */
const undrawn = (figure) => (figure.body === "empty" || figure.body.table || figure.body.matrices ? figure : { ...figure, body: {} });

function readLab(id) {
  const name = `labs/${id}.html`;
  const section = read(name).match(/<section data-lab="[^]*<\/section>/)?.[0];
  const tag = section?.match(/^<section data-lab="(\w+)" data-pill="([^"]+)"(?: data-group="([^"]+)")?>/);
  if (tag?.[1] !== id) throw new Error(`${name}: must hold <section data-lab="${id}" data-pill="…">, perhaps with data-group="…"`);
  return { id, section, pill: tag[2], group: tag[3] ?? tag[2] };
}

/** The page for teachers, as `pages` has the others. */
export async function teachers() {
  const { catalogue, version } = await bindings();
  return { name: "teachers.html", parts: teachersParts(catalogue(), version()) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { name, parts } of [...pages(await catalogueIds()), await teachers()]) {
    const page = written(name, parts);
    if (page === read(name)) continue;
    writeFileSync(new URL(name, www), page);
    console.error(`== wrote www/${name}`);
  }
  mkdirSync(new URL("pkg/labs/", www), { recursive: true });
  for (const entry of await entries()) writeFileSync(new URL(`pkg/labs/${entry.lab.id}.json`, www), JSON.stringify(entry));
}
