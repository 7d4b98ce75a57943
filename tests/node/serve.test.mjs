// What `build.sh serve` sends: compressed where that is taken, and never what a file no longer holds.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const compressed = mkdtempSync(join(tmpdir(), "compressed-"));
const scratch = join(ROOT, "www", "scratch.css");
let server, url;

/** Puts a file's compressed forms where the server looks for them. */
function compress(text) {
  const digest = createHash("sha256").update(text).digest("hex");
  writeFileSync(join(compressed, `${digest}.br`), brotliCompressSync(text));
  writeFileSync(join(compressed, `${digest}.gz`), gzipSync(text));
}

before(async () => {
  compress(readFileSync(join(ROOT, "www/index.html")));
  compress(readFileSync(join(ROOT, "www/pkg/regularization_playground_bg.wasm")));
  server = spawn("python3", ["tools/serve.py", compressed, "0"], { cwd: ROOT });
  url = await new Promise((resolve) => server.stdout.on("data", (text) => {
    const said = String(text).match(/http:\S+/);
    if (said) resolve(said[0]);
  }));
});
after(() => {
  server.kill();
  rmSync(compressed, { recursive: true });
  rmSync(scratch, { force: true });
});

/** An answer as it was sent: nothing is decompressed on the way. */
const ask = (path, headers = {}) => new Promise((resolve, reject) => {
  request(new URL(path, url), { headers }, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part));
    answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
  }).on("error", reject).end();
});

test("an answer comes in one piece: no body waits until the browser has confirmed its head", async () => {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port });
  const whole = () => new Promise((resolve, reject) => {
    socket.once("data", (piece) => resolve(String(piece))).once("error", reject);
    socket.write(`GET /page/told.js HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  });
  const body = readFileSync(join(ROOT, "www/page/told.js"), "utf8");
  for (let i = 0; i < 3; i += 1) assert.ok((await whole()).endsWith(`\r\n\r\n${body}`));
  socket.end();
});

test("the smallest form that is taken is sent, and says what it is", async () => {
  const path = "pkg/regularization_playground_bg.wasm";
  const module = readFileSync(join(ROOT, "www", path));
  const forms = [["br, gzip", "br", brotliDecompressSync], ["gzip, deflate", "gzip", gunzipSync], ["br;q=0, gzip", "gzip", gunzipSync], ["br;Q=0.00, GZIP", "gzip", gunzipSync],
    ["", undefined, (body) => body]];
  for (const [taken, encoding, read] of forms) {
    const { status, headers, body } = await ask(path, { "Accept-Encoding": taken });
    assert.deepEqual([status, headers["content-encoding"], headers["content-type"]], [200, encoding, "application/wasm"]);
    assert.equal(headers.vary, "Accept-Encoding");
    assert.equal(Number(headers["content-length"]), body.length);
    assert.ok(read(body).equals(module), taken);
  }
});

test("what a browser has is not sent again, in that form alone", async () => {
  const { headers: { etag } } = await ask("", { "Accept-Encoding": "br" });
  const again = await ask("", { "Accept-Encoding": "br", "If-None-Match": `"x", ${etag}` });
  assert.deepEqual([again.status, again.body.length, again.headers.etag], [304, 0, etag]);
  assert.equal((await ask("", { "If-None-Match": etag })).status, 200);
});

test("a file that has changed since it was compressed is sent as it is", async () => {
  for (const [text, encoding] of [["p { color: red }", "br"], ["p { color: blue }", undefined]]) {
    if (encoding) compress(text);
    writeFileSync(scratch, text);
    const { headers, body } = await ask("scratch.css", { "Accept-Encoding": "br" });
    assert.equal(headers["content-encoding"], encoding);
    assert.equal(String(encoding ? brotliDecompressSync(body) : body), text);
  }
});

test("what is not there is not found, and nothing outside the page is sent", async () => {
  for (const path of ["missing.js", "..%2fCargo.toml", "index.html/"]) assert.equal((await ask(path)).status, 404, path);
});

test("an address that no file can have is not found", async () => {
  assert.equal((await ask("index.html%00")).status, 404);
});
