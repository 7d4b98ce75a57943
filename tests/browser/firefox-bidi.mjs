#!/usr/bin/env node
// Firefox for playwright: its own release does not know every command of WebDriver BiDi that playwright sends as a
// context opens. This starts it, stands between the two and answers those itself; they are all about how a page looks.
// And of what a page saves, playwright wants to hear a name for each time, and to find it under the name it should have.
import { spawn } from "node:child_process";
import { renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import WebSocket, { WebSocketServer } from "ws";

/** What is about looks alone and may go unheard: tests that need it say so. */
const UNKNOWN = /^emulation\./;
/** What is saved under a name that is taken already gets a number. */
const AGAIN = /\(\d+\)(?=\.\w+$)/;
const LISTENING = /WebDriver BiDi listening on (ws:\/\/\S+)/;

const firefox = spawn(process.env.FIREFOX, process.argv.slice(2), { stdio: ["ignore", "inherit", "pipe"] });
firefox.once("exit", (code) => process.exit(code ?? 0));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => firefox.kill(signal));

createInterface({ input: firefox.stderr }).on("line", (line) => {
  const address = line.match(LISTENING)?.[1];
  if (!address) return process.stderr.write(`${line}\n`);
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.once("listening", () => process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}\n`));
  server.on("connection", (playwright, { url }) => between(playwright, new WebSocket(`${address}${url}`)));
});

function between(playwright, browser) {
  const waiting = [];
  /** What playwright asked that may be unknown, by its number. */
  const doubtful = new Set();
  /** What is being saved, by its address. */
  const saving = new Map();
  let saved = 0;
  const named = ({ method, params }) => {
    if (method === "browsingContext.downloadWillBegin") saving.set(params.url, { download: `saved-${saved += 1}`, name: params.suggestedFilename.replace(AGAIN, "") });
    const { download, name } = saving.get(params.url);
    if (params.filepath) renameSync(params.filepath, join(dirname(params.filepath), name));
    return { type: "event", method, params: { ...params, download, suggestedFilename: name } };
  };
  browser.once("open", () => waiting.splice(0).forEach((text) => browser.send(text)));
  playwright.on("message", (data) => {
    const text = String(data);
    const { id, method } = JSON.parse(text);
    if (UNKNOWN.test(method)) doubtful.add(id);
    if (browser.readyState === WebSocket.OPEN) browser.send(text);
    else waiting.push(text);
  });
  browser.on("message", (data) => {
    const text = String(data);
    const { id, error, method, params } = JSON.parse(text);
    if (/^browsingContext\.download/.test(method)) playwright.send(JSON.stringify(named({ method, params })));
    else if (doubtful.delete(id) && error === "unknown command") playwright.send(JSON.stringify({ type: "success", id, result: {} }));
    else playwright.send(text);
  });
  browser.once("close", () => playwright.close());
  playwright.once("close", () => browser.close());
}
