// Where the end-to-end tests find the page: as `build.sh serve` serves it; in a frame of another
// origin; and watched, for browsers whose driver does not tell what goes amiss.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { corpus } from "./corpus.mjs";
import { LATE_SCRIPT } from "./late.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** What an address may ask for. */
const SCRIPTS = ["watch.js", "soak-page.js", "bits.mjs"];
const scriptOf = (name) => (name === "watch.js" ? LATE_SCRIPT : "") + readFileSync(new URL(name, import.meta.url), "utf8");
/** The one script of the worker, and what follows it where it is watched. */
const [WORKER, AFTER_WORKER] = ["/engine/worker.js", scriptOf("watch-worker.js")];

/** What `$SERVED` says is served already; else `build.sh serve` on a free port: the very command a person runs. */
export async function servePage() {
  const { SERVED } = process.env;
  return SERVED ? { url: SERVED, close() {} } : serveAnew();
}

function serveAnew() {
  const child = spawn("./build.sh", ["serve", "0"], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  process.once("exit", () => child.kill());
  let output = "";
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const url = output.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
      if (url) resolve({ url, close: () => child.kill() });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`build.sh serve ended with ${code}:\n${output}`)));
  });
}

/** What pages of the tests load of them. */
const OWN = {
  "/tests/hostile.js": { type: "text/javascript", body: () => readFileSync(new URL("hostile.js", import.meta.url)) },
  "/tests/corpus.json": { type: "application/json", body: () => JSON.stringify(corpus()) },
};

/**
 * A page of another origin with nothing but an iframe, as a course page has it; or with a body, and a policy, of
 * its own. Under other names it has what the page's server has: a course that is served beside the playground.
 */
export function serveHost(src) {
  const escape = (text) => text.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`);
  return listen(async (request, response) => {
    const own = OWN[request.url];
    if (own) return response.setHeader("Content-Type", own.type).end(own.body());
    if (!/^\/(\?|$)/.test(request.url)) return passOn(await fetch(new URL(request.url, src)), response);
    const query = new URL(request.url, "http://host").searchParams;
    const sandbox = query.has("sandbox") ? ` sandbox="${escape(query.get("sandbox"))}"` : "";
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    if (query.has("policy")) response.setHeader("Content-Security-Policy", query.get("policy"));
    if (query.has("body")) return response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A course page</title><link rel="icon" href="data:,">${query.get("body")}</html>`);
    response.end(`<!doctype html><html lang="en"><title>A course page</title><link rel="icon" href="data:,">
<iframe title="lab" width="800" height="600"${sandbox} src="${escape(query.get("src") ?? src)}"></iframe></html>`);
  });
}

async function passOn(answer, response) {
  response.statusCode = answer.status;
  response.setHeader("Content-Type", answer.headers.get("Content-Type") ?? "");
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/**
 * The served page once more, byte for byte, but for `watch.js` in front of all other scripts, for the scripts that an
 * address names (`?with=soak-page.js`), and for what lets a worker tell what it takes.
 */
export async function serveWatched({ url }) {
  const failures = [];
  const server = await listen(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, url);
    if (SCRIPTS.includes(pathname.slice(1))) return response.setHeader("Content-Type", "text/javascript").end(scriptOf(pathname.slice(1)));
    const answer = await fetch(new URL(request.url, url));
    if (answer.status >= 400) failures.push(`failed request: ${request.url} ${answer.status}`);
    const type = answer.headers.get("Content-Type") ?? "";
    for (const name of ["Content-Type", "Cache-Control", "Access-Control-Allow-Origin"]) {
      if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name));
    }
    response.statusCode = answer.status;
    if (pathname === WORKER) return response.end(await answer.text() + AFTER_WORKER);
    if (!type.startsWith("text/html")) return response.end(Buffer.from(await answer.arrayBuffer()));
    const scripts = ["watch.js", ...searchParams.getAll("with")].map((name) => `<script${name.endsWith(".mjs") ? ' type="module"' : ""} src="/${name}"></script>\n`);
    // after the policy, which would else not hold for them
    response.end((await answer.text()).replace(/(?=<meta name="viewport")/, scripts.join("")));
  });
  /** What was asked for in vain since the last time. */
  const takeFailures = () => failures.splice(0);
  return { ...server, takeFailures };
}

/** The served page once more as over a slow network: so many milliseconds until an answer begins, so many bytes a second of all answers, and so many milliseconds before a page's main part. */
export function serveSlowly(url, { rate, latency, halt = 0 }) {
  let free = 0;
  return listen(async (request, response) => {
    const answer = await fetch(new URL(request.url, url), { headers: { "Accept-Encoding": "identity" } });
    const body = Buffer.from(await answer.arrayBuffer());
    for (const name of ["Content-Type", "Cache-Control"]) response.setHeader(name, answer.headers.get(name) ?? "");
    response.statusCode = answer.status;
    // one after the other, as the line is theirs together
    free = Math.max(free, Date.now() + latency) + (1000 * body.length) / rate;
    await new Promise((resolve) => setTimeout(resolve, free - Date.now()));
    const main = halt > 0 ? body.indexOf("<main") : -1;
    if (main > 0) {
      response.write(body.subarray(0, main));
      await new Promise((resolve) => setTimeout(resolve, halt));
    }
    response.end(body.subarray(Math.max(0, main)));
  });
}

/** Serves on a port of its own, which is an origin of its own. */
function listen(answer) {
  const server = createServer(answer);
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    resolve({ url: `http://127.0.0.1:${port}/`, close() { server.close(); server.closeAllConnections(); } });
  }));
}

/** The ways into the page, for whatever opens an address. */
export function doors(open, url, hostUrl) {
  return {
    url,
    hostUrl,
    open,
    openLab: (hash = "", options = {}) => open(`${url}${hash}`, options),
    openEmbed: (hash, options = {}) => open(`${url}embed.html${hash}`, options),
    /** `embed.html` in an iframe of a page from another origin; sandbox: the attribute's value, none without it. */
    openInFrame(hash, { sandbox, ...options } = {}) {
      const query = new URLSearchParams({ src: `${url}embed.html${hash}`, ...(sandbox === undefined ? {} : { sandbox }) });
      return open(`${hostUrl}?${query}`, options);
    },
    /** A page of another origin with this body, which the element can be used in; `beside`: its script is of that origin too. */
    openOnPage(body, { policy, beside = false, ...options } = {}) {
      const script = `<script type="module" src="${beside ? hostUrl : url}regularization-lab.js"></script>`;
      return open(`${hostUrl}?${new URLSearchParams({ body: script + body, ...(policy ? { policy } : {}) })}`, options);
    },
  };
}
