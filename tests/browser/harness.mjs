// What the end-to-end tests share: the page as `build.sh serve` serves it, a
// second origin that embeds it, and Chromium tabs that note everything amiss.
//
//   const lab = await start();
//   const tab = await lab.openLab("#playground?keep_prob=0.5", { viewport: { width: 360, height: 640 } });
//   await tab.page.locator("input[name=keep_prob]").first().fill("0.8");
//   assert.deepEqual(tab.problems, []);
//   await lab.close();
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CHROME_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHROME_ARGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** Serves the page and a second origin, and launches Chromium. */
export async function start() {
  const server = await servePage();
  const host = await serveHost(server.url);
  const browser = await chromium.launch({ executablePath: chromePath(),
    args: process.getuid?.() === 0 ? [...CHROME_ARGS, "--no-sandbox"] : CHROME_ARGS });
  return {
    browser,
    url: server.url,
    hostUrl: host.url,
    open: (url, options) => openTab(browser, url, [server.url, host.url], options),
    openLab(hash = "", options = {}) { return this.open(`${server.url}${hash}`, options); },
    openEmbed(hash, options = {}) { return this.open(`${server.url}embed.html${hash}`, options); },
    /** `embed.html` in an iframe of a page from another origin; sandbox: the attribute's value, none without it. */
    openInFrame(hash, { sandbox, ...options } = {}) {
      const query = new URLSearchParams({ src: `${server.url}embed.html${hash}`, ...(sandbox === undefined ? {} : { sandbox }) });
      return this.open(`${host.url}?${query}`, options);
    },
    async close() {
      await browser.close();
      host.close();
      server.close();
    },
  };
}

/** The browser to test with: $CHROME, else the first on PATH. */
function chromePath() {
  if (process.env.CHROME) return process.env.CHROME;
  for (const name of CHROME_NAMES) {
    const found = spawnSync("which", [name], { encoding: "utf8" });
    if (found.status === 0) return found.stdout.trim();
  }
  throw new Error(`no browser to test with: set CHROME, or have one of ${CHROME_NAMES.join(", ")} on PATH`);
}

/** Runs `build.sh serve` on a free port: the very command a person runs. */
function servePage() {
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

/** A page of another origin with nothing but an iframe, as a course page has it. */
function serveHost(src) {
  const escape = (text) => text.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`);
  const server = createServer((request, response) => {
    const query = new URL(request.url, "http://host").searchParams;
    const sandbox = query.has("sandbox") ? ` sandbox="${escape(query.get("sandbox"))}"` : "";
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>A course page</title><link rel="icon" href="data:,">
<iframe title="lab" width="800" height="600"${sandbox} src="${escape(query.get("src") ?? src)}"></iframe></html>`);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    // Another port is another origin.
    resolve({ url: `http://127.0.0.1:${port}/`, close() { server.close(); server.closeAllConnections(); } });
  }));
}

/** Opens a tab whose `problems` collects console errors, uncaught errors, failed and foreign requests, and CSP violations. */
async function openTab(browser, url, origins, options = {}) {
  const { viewport = { width: 1280, height: 800 }, colorScheme = "light", reducedMotion = "no-preference", deviceScaleFactor = 1 } = options;
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion, deviceScaleFactor });
  const problems = [];
  const note = (kind, text) => problems.push(`${kind}: ${text}`);
  await context.exposeBinding("noteViolation", (_source, text) => note("security policy", text));
  await context.addInitScript(() => document.addEventListener("securitypolicyviolation",
    (event) => window.noteViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)));
  context.on("console", (message) => { if (message.type() === "error") note("console", message.text()); });
  context.on("weberror", (error) => note("uncaught", error.error().stack ?? error.error().message));
  context.on("request", (request) => {
    const own = origins.some((origin) => request.url().startsWith(origin)) || /^(data|blob|about):/.test(request.url());
    if (!own) note("foreign request", request.url());
  });
  // What a reload or a close cuts off is no failure.
  context.on("requestfailed", (request) => {
    const error = request.failure()?.errorText;
    if (error !== "net::ERR_ABORTED") note("failed request", `${request.url()} ${error}`);
  });
  context.on("response", (response) => { if (response.status() >= 400) note("failed request", `${response.url()} ${response.status()}`); });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "load" });
  return { page, problems, close: () => context.close() };
}
