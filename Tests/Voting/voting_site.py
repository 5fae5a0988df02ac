"""A site with nothing but the voting modules and the tests' pages, under the headers of the real one."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

repository = Path(__file__).parents[2]
assets = repository / "Sources" / "Web" / "Assets"
here = Path(__file__).parent

types = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
# What the server says to every page: no inline script or style.
policy = re.search(
    r'policy = """\n(.*?)\n\s*"""', (repository / "Sources/Web/Server/Middleware/BrowserHeaders.swift").read_text(), re.S
)[1].replace("\\\n", "")


class Site:
    """Serves `/recursos/…` from the product's files and other addresses from `pages`; keeps what was asked."""

    def __init__(self):
        self.pages, self.asked, self.cast = {}, [], lambda text: (500, "{}")
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.command, self.path))
                path = self.path.partition("?")[0]
                if path in site.pages:
                    return self.answer(200, site.pages[path], "text/html")
                root = assets if path.startswith("/recursos/") else here
                file = root / path.removeprefix("/recursos/").removeprefix("/pruebas/").lstrip("/")
                if not file.is_file():
                    return self.answer(404, "", "text/plain")
                self.answer(200, file.read_bytes(), types[file.suffix])

            def do_POST(self):
                site.asked.append((self.command, self.path))
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if (told := site.cast(body)) is None:
                    # No answer at all: the line is dead.
                    return self.close_line()
                self.answer(told[0], told[1], "application/json")

            def close_line(self):
                self.close_connection = True
                self.connection.close()

            def answer(self, status, content, kind):
                content = content.encode() if isinstance(content, str) else content
                self.send_response(status)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Security-Policy", " ".join(policy.split()))
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
