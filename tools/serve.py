"""Serves www on 127.0.0.1: python3 tools/serve.py compressed [port]; no port: the first free one from 8000; 0: any.

`compressed` is the folder that tools/compress.mjs fills."""
import functools
import hashlib
import http.server
import io
import os
import re
import sys

# What is compressed, by the digest of what it was, in the order of preference.
ENCODINGS = {"br": "br", "gzip": "gz"}


@functools.lru_cache(maxsize=None)
def digest(path, written, size):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer goes out at once, head and body together: else the body waits for the browser to confirm
    # the head, which takes its time (40 ms) over it.
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
        ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".woff2": "font/woff2"}

    def send_head(self):
        path = self.translate_path(self.path)
        if "\0" in path:
            return self.send_error(404)
        if os.path.isdir(path) and self.path.split("?")[0].endswith("/"):
            path = os.path.join(path, "index.html")
        if not os.path.isfile(path):
            return super().send_head()
        state = os.stat(path)
        held = digest(path, state.st_mtime_ns, state.st_size)
        encoding, file = self.encoded(path, held)
        tag = f'"{held}{encoding and "-" + encoding}"'
        fresh = tag in self.headers.get("If-None-Match", "")
        self.send_response(304 if fresh else 200)
        self.send_header("ETag", tag)
        self.send_header("Vary", "Accept-Encoding")
        if not fresh:
            self.send_header("Content-Type", self.guess_type(path))
            self.send_header("Content-Length", str(os.path.getsize(file)))
            if encoding:
                self.send_header("Content-Encoding", encoding)
        self.end_headers()
        return io.BytesIO() if fresh else open(file, "rb")

    def encoded(self, path, held):
        """How a file is sent, and which file then is: as it is where nobody compressed it as it is now."""
        named = [part.split(";") for part in self.headers.get("Accept-Encoding", "").replace(" ", "").split(",")]
        refused = re.compile("q=0(\\.0*)?", re.IGNORECASE).fullmatch
        taken = {name.lower() for name, *rest in named if not any(map(refused, rest))}
        for encoding, end in ENCODINGS.items():
            file = os.path.join(self.server.compressed, f"{held}.{end}")
            if encoding in taken and os.path.isfile(file):
                return encoding, file
        return "", path

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        # A sandboxed iframe has an origin of its own and could load no module without this.
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_request(self, code="-", size="-"):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        # whoever asked may go away before all of it has come
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def listen(ports):
    handler = functools.partial(Handler, directory="www")
    for port in ports:
        try:
            return Server(("127.0.0.1", port), handler)
        except OSError as error:
            problem = f"port {port}: {error.strerror}"
    sys.exit(f"build.sh: {problem}")


compressed, port = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
server = listen([int(port)] if port else range(8000, 8010))
server.compressed = compressed
print(f"\nThe page: http://127.0.0.1:{server.server_port}/   (Ctrl-C stops)", flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    pass
