// A server of files for what is measured: the bench folder, the page, the digits, and what is asked for.
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript",
  ".json": "application/json", ".wasm": "application/wasm", ".csv": "text/csv", ".woff2": "font/woff2", ".png": "image/png" };

/**
 * Serves on a free port of this machine.
 * @param {Record<string, string>} more Folders by the name they are found under.
 * @param {{compress?: boolean}} options Whether everything is sent as gzip, made once.
 */
export async function serve(more, { compress = false } = {}) {
  const folders = { benches: `${ROOT}benches`, www: `${ROOT}www`, data: `${ROOT}data`, ...more };
  const packed = new Map();
  const bytesOf = (file) => {
    if (!compress) return readFileSync(file);
    if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file), { level: 9 }));
    return packed.get(file);
  };
  const sockets = new Set();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const [, first, ...rest] = normalize(decodeURIComponent(new URL(request.url, "http://host").pathname)).split("/");
    const file = `${folders[first]}/${rest.join("/")}`;
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!folders[first] || !stat?.isFile()) return response.writeHead(404).end();
    // as `build.sh serve` does it: kept, but asked about each time
    const headers = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "no-cache",
      ETag: `"${stat.size}-${stat.mtimeMs}"` };
    if (request.headers["if-none-match"] === headers.ETag) return response.writeHead(304, headers).end();
    response.writeHead(200, compress ? { ...headers, "Content-Encoding": "gzip" } : headers);
    response.end(bytesOf(file));
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    /** How many bytes were sent so far, with their headers, and in answer to how many requests. */
    sent: () => ({ requests, bytes: [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0) }),
    close() { server.close(); server.closeAllConnections(); },
  };
}
