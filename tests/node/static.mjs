// A plain static host: the files of one folder with the types of their names, and whatever headers they ask for.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".wasm": "application/wasm", ".woff2": "font/woff2", ".xml": "application/xml", ".txt": "text/plain" };

/** @param {string} folder @param {(path: string) => Record<string, string>} [headers] Of each path, beside its type. */
export function serveFolder(folder, headers = () => ({})) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname).replace(/\/$/, "/index.html");
    try {
      const data = await readFile(join(folder, path));
      const all = { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", ...headers(path) };
      response.writeHead(200, all).end(data);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({
    url: `http://127.0.0.1:${server.address().port}/`,
    close() { server.close(); server.closeAllConnections(); },
  })));
}
