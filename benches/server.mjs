// A server of files for the benchmark's pages: the bench folder, the package, the digits, the graphs.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript",
  ".json": "application/json", ".wasm": "application/wasm", ".csv": "text/csv" };

/** Serves on a free port of this machine; `graphs` is the folder behind /onnxruntime/. */
export async function serve(graphs) {
  const folders = { benches: `${ROOT}benches`, www: `${ROOT}www`, data: `${ROOT}data`, onnxruntime: graphs };
  const server = createServer((request, response) => {
    const [, first, ...rest] = normalize(decodeURIComponent(new URL(request.url, "http://host").pathname)).split("/");
    const file = `${folders[first]}/${rest.join("/")}`;
    if (!folders[first] || !statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}/`, close() { server.close(); server.closeAllConnections(); } };
}
