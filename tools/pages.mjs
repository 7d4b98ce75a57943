// Writes into index.html and embed.html what follows from the labs' files and the catalogue's order:
// the list of labs, the links to them and the first lab's section, between the marks
// `<!-- written: part -->` and `<!-- end -->`.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

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
    pills: groups.map(pill).join(" "),
    links: groups.map((group) => labs.filter((lab) => lab.group === group).map(link).join(" ")).join("\n"),
    first: labs[0].section,
  };
}

/** A page with its parts as they should be. @param {string} name @param {Record<string, string>} parts */
export function written(name, parts) {
  return read(name).replace(/(<!-- written: (\w+) -->\n)[^]*?(<!-- end -->)/g, (_, start, part, end) => {
    if (!(part in parts)) throw new Error(`${name}: nothing is written for "${part}"`);
    return `${start}${parts[part]}\n${end}`;
  });
}

/** The labs in the catalogue's order, which is the lecture's. */
export async function catalogueIds() {
  const lab = await import(new URL("pkg/regularization_playground.js", www));
  lab.initSync({ module: readFileSync(new URL("pkg/regularization_playground_bg.wasm", www)) });
  return lab.catalogue().map(({ id }) => id);
}

function readLab(id) {
  const name = `labs/${id}.html`;
  const section = read(name).match(/<section data-lab="[^]*<\/section>/)?.[0];
  const tag = section?.match(/^<section data-lab="(\w+)" data-pill="([^"]+)"(?: data-group="([^"]+)")?>/);
  if (tag?.[1] !== id) throw new Error(`${name}: must hold <section data-lab="${id}" data-pill="…">, perhaps with data-group="…"`);
  return { id, section, pill: tag[2], group: tag[3] ?? tag[2] };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const parts = writtenParts(await catalogueIds());
  for (const name of PAGES) {
    const page = written(name, parts);
    if (page === read(name)) continue;
    writeFileSync(new URL(name, www), page);
    console.error(`== wrote www/${name}`);
  }
}
