"""Serves www on 127.0.0.1: python3 tools/serve.py [port]; none: the first free one from 8000; 0: any."""
import functools
import http.server
import sys


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
        ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".woff2": "font/woff2"}

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        # A sandboxed iframe has an origin of its own and could load no module without this.
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_request(self, code="-", size="-"):
        pass


def listen(ports):
    handler = functools.partial(Handler, directory="www")
    for port in ports:
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError as error:
            problem = f"port {port}: {error.strerror}"
    sys.exit(f"build.sh: {problem}")


port = sys.argv[1] if len(sys.argv) > 1 else ""
server = listen([int(port)] if port else range(8000, 8010))
print(f"\nThe page: http://127.0.0.1:{server.server_port}/   (Ctrl-C stops)", flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    pass
