// Builds the examples of books and decks, examples/books/<name>, with the tools their authors use: those come from
// PyPI and npm into the cache folder of build.sh, and stay there.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const EXAMPLES = fileURLToPath(new URL("../examples/books/", import.meta.url));
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "regularization-playground", "books");
/** Where the examples say that the playground is. */
export const SITE = "https://your.site/";
/** How long one command may take, in milliseconds. */
const LIMIT_MS = 300_000;

/** How each is built from a copy of its source, and where in that it then is. */
const BUILDS = {
  mkdocs: (from) => [join(python("mkdocs"), "mkdocs"), ["build", "--quiet", "--strict"], join(from, "site")],
  jupyter: (from) => [join(python("jupyter"), "jupyter-book"), ["build", "-W", "--keep-going", "."], join(from, "_build/html")],
  reveal: (from) => {
    cpSync(join(packages(), "reveal.js"), join(from, "reveal.js"), { recursive: true });
    return [null, [], from];
  },
};

export const BOOKS = Object.keys(BUILDS);

/** Builds one with a playground at this address, and gives the folder that is served. @param {string} name @param {string} site */
export function buildBook(name, site) {
  if (!BUILDS[name]) throw new Error(`there is no book named ${name}: there are ${BOOKS.join(", ")}`);
  const from = join(CACHE, "built", name);
  rmSync(from, { recursive: true, force: true });
  cpSync(join(EXAMPLES, name), from, { recursive: true });
  for (const file of files(from)) writeFileSync(file, readFileSync(file, "utf8").replaceAll(SITE, site));
  const [program, args, to] = BUILDS[name](from);
  if (program) run(program, args, from);
  return to;
}

/** The folder of npm packages of examples/books/package.json. */
export function packages() {
  const folder = join(CACHE, "npm");
  kept(folder, readFileSync(join(EXAMPLES, "package-lock.json"), "utf8"), () => {
    for (const file of ["package.json", "package-lock.json"]) cpSync(join(EXAMPLES, file), join(folder, file));
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
  });
  return join(folder, "node_modules");
}

/** The programs of a Python environment with the packages that an example asks for. @param {string} name */
function python(name) {
  const folder = join(CACHE, name);
  const asked = join(EXAMPLES, name, "requirements.txt");
  kept(folder, readFileSync(asked, "utf8"), () => {
    run("python3", ["-m", "venv", folder], CACHE);
    run(join(folder, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", "--requirement", asked], CACHE);
  });
  return join(folder, "bin");
}

/** Makes a folder anew where it was not made of just this. @param {string} folder @param {string} of @param {() => void} make */
function kept(folder, of, make) {
  const stamp = `${folder}.made-of`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === of) return;
  console.error(`== installing into ${folder}`);
  for (const old of [stamp, folder]) rmSync(old, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  make();
  writeFileSync(stamp, of);
}

/** @param {string} program @param {string[]} args @param {string} cwd */
function run(program, args, cwd) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", timeout: LIMIT_MS });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? `ended with ${status}`}\n${stdout}${stderr}`);
}

/** @param {string} folder @returns {string[]} */
const files = (folder) => readdirSync(folder).map((name) => join(folder, name))
  .flatMap((path) => (statSync(path).isDirectory() ? files(path) : [path]));
