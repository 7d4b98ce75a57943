// Writes dist/site, a folder to put on any static host: node tools/site.mjs --base https://your.site/labs/
//
// What a page is made of lies in one folder named by the digest of all of it, `v-<digest>`, and may be kept for
// ever; what is linked to from outside (pages, the element, posters, preview cards) keeps its address and leads
// there. So an old page finds the files it was made for, or none, and never a new one; and no name within any
// script has to be rewritten. The folders of the last versions can stay beside the new one.
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { compressed } from "./compress.mjs";
import { notices } from "./notices.mjs";
import { catalogue, read } from "./pages.mjs";
import { CARD, drawCards } from "./site/cards.mjs";
import { hostFiles } from "./site/hosts.mjs";
import { SITE } from "./teachers.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WWW = join(ROOT, "www");
const OUT = join(ROOT, "dist/site");
const KEPT = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target");

/** Bytes of the folder without what is compressed beside: more of them fail the build. Of these MNIST has 818 KB, the module 1,980, the posters twice 1,300. */
const CEILING = 9_500_000;

const isFile = (name) => statSync(join(WWW, name)).isFile();
const all = readdirSync(WWW, { recursive: true }).filter(isFile).sort();
/** Pages, the scripts of other people's pages and their pictures lie at the top, under addresses that stay. */
const atTop = (name) => /^[\w-]+\.(html|js|png|d\.ts)$/.test(name) && name !== "mnist.js";
const leftOut = (name) => /(^|\/)\.|\.(py|md)$|package\.json$|\.d\.ts$/.test(name);
const assets = all.filter((name) => !leftOut(name) && (!atTop(name) || extname(name) === ".js"));

/** A file as it lies among the assets: pages are found one folder up. @param {string} name */
function asset(name) {
  const data = readFileSync(join(WWW, name));
  if (name !== "engine/files.js") return data;
  const text = data.toString();
  const [before, now] = ["new URL(`../${page}`", "new URL(`../../${page}`"];
  if (text.split(before).length !== 2) throw new Error(`${name}: must say once where pages are, ${before}`);
  return text.replace(before, now);
}

const digest = createHash("sha256");
for (const name of assets) digest.update(name).update("\0").update(asset(name));
const version = `v-${digest.digest("hex").slice(0, 10)}`;

function write(name, data) {
  mkdirSync(dirname(join(OUT, name)), { recursive: true });
  writeFileSync(join(OUT, name), data);
}

/** A page whose links to assets lead into their folder. @param {string} name @param {string} text */
const rewritten = (name, text) => text.replace(/\b(href|src)="([^":#?]+)"/g, (whole, attribute, link) => {
  const place = posix.join(posix.dirname(name), link);
  if (!assets.includes(place) || atTop(place) || extname(place) === ".html") return whole;
  return `${attribute}="${posix.relative(posix.dirname(name), `${version}/${place}`)}"`;
});

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What chats, course platforms and search engines read of a page. @param {string} base @param {{url: string, title: string, text: string, card: string}} page */
function head(base, { url, title, text, card }) {
  const meta = [["og:type", "website"], ["og:site_name", "Regularization Playground"], ["og:title", title], ["og:description", text],
    ["og:url", new URL(url, base).href], ["og:image", new URL(`previews/${card}.png`, base).href],
    ["og:image:width", CARD.width], ["og:image:height", CARD.height], ["og:image:alt", text]];
  return `<link rel="canonical" href="${new URL(url, base).href}">
${meta.map(([property, content]) => `<meta property="${property}" content="${escaped(String(content))}">`).join("\n")}
<meta name="twitter:card" content="summary_large_image">`;
}

const titleOf = (text) => text.match(/<title>([^<]*)<\/title>/)[1];

/** A lab's words on their own, with its picture and what is read of them elsewhere. @param {string} base @param {{id: string, claim: string}} lab */
function landing(base, { id, claim }) {
  const name = `labs/${id}.html`;
  const text = read(name);
  const poster = `<p class="live"><a href="../index.html#${id}"><picture><source srcset="../posters/${id}-dark.svg" media="(prefers-color-scheme: dark)"><img src="../posters/${id}-light.svg" width="400" height="225" alt="What its first run comes to"></picture><br>Open this lab and move its sliders</a></p>`;
  const told = `<meta name="description" content="${escaped(claim)}">\n${head(base, { url: name, title: titleOf(text), text: claim, card: id })}`;
  return rewritten(name, text.replace("</title>", `</title>\n${told}`)).replace(/(?=<div class="stage">)/, `${poster}\n  `);
}

function writePages(base, labs) {
  for (const name of all.filter((name) => atTop(name) && extname(name) === ".html")) {
    const text = rewritten(name, read(name)).replaceAll(SITE, base).replaceAll(SITE.slice(0, -1), new URL(base).origin);
    const described = text.match(/<meta name="description" content="([^"]+)">/);
    const url = name === "index.html" ? "" : name;
    const told = described && head(base, { url, title: titleOf(text), text: described[1], card: labs[0].id });
    write(name, told ? text.replace("</title>", `</title>\n${told}`) : text);
  }
  for (const lab of labs) write(`labs/${lab.id}.html`, landing(base, lab));
}

/** A script of other people's pages: one that stands alone as it is, else the way to the one of this version. @param {string} name */
function entry(name) {
  const text = read(name);
  return /^import |\bimport\.meta\b/m.test(text) ? `export * from "./${version}/${name}";\n` : text;
}

function writeSite(base, labs) {
  rmSync(OUT, { recursive: true, force: true });
  for (const name of assets) write(`${version}/${name}`, asset(name));
  writePages(base, labs);
  for (const name of all.filter((name) => atTop(name) && extname(name) === ".js")) write(name, entry(name));
  for (const name of all.filter((name) => atTop(name) && /\.(png|ts)$/.test(name))) write(name, readFileSync(join(WWW, name)));
  cpSync(join(WWW, "posters"), join(OUT, "posters"), { recursive: true });
  const pages = ["", ...labs.map(({ id }) => `labs/${id}.html`), ...all.filter((name) => atTop(name) && /^(teachers|quiz)\.html$/.test(name))];
  for (const [name, text] of hostFiles(base, pages)) write(name, text);
  for (const name of ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"]) write(`${name}.txt`, readFileSync(join(ROOT, name)));
  write("notices.txt", notices());
}

/** Compressed beside plain, for hosts that send what lies there. */
function compressAll() {
  const kept = join(KEPT, "compressed-site");
  mkdirSync(kept, { recursive: true });
  for (const name of readdirSync(OUT, { recursive: true })) {
    for (const { end, place } of compressed(join(OUT, name), kept)) copyFileSync(place, join(OUT, `${name}.${end}`));
  }
}

function size() {
  const files = readdirSync(OUT, { recursive: true }).filter((name) => !/\.(br|gz)$/.test(name) && statSync(join(OUT, name)).isFile());
  const bytes = files.reduce((sum, name) => sum + statSync(join(OUT, name)).size, 0);
  console.error(`\n== dist/site: ${files.length} files, ${bytes} bytes, and the same compressed; ${version}`);
  if (bytes > CEILING) throw new Error(`the site has ${bytes} bytes, above its ceiling of ${CEILING} (tools/site.mjs)`);
}

/** The address that was given, as that of a folder. */
function readBase() {
  const [option, given] = process.argv.slice(2);
  const base = option === "--base" && URL.canParse(given) ? new URL(given) : null;
  if (base && /^https?:$/.test(base.protocol)) return new URL(base.pathname.replace(/\/?$/, "/"), base).href;
  console.error(`\nbuild.sh: site${option ? ` ${process.argv.slice(2).join(" ")}` : ""}: wants the address at which it will be, as in --base https://your.site/labs/`);
  process.exit(2);
}

const base = readBase();
const labs = await catalogue();
writeSite(base, labs);
await drawCards(labs, join(OUT, "previews"), join(KEPT, "cards"));
compressAll();
size();
