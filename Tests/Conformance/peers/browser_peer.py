# SPDX-License-Identifier: Apache-2.0
"""Headless Chromium as a client: serves browser.html, opens it, and waits for its report. See peers.sh."""

import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import urllib.parse

URL, _, COMPRESSION = sys.argv[1:4]
PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "browser.html")
reports = []
arrived = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if not self.path.startswith("/browser.html"):
            self.send_error(404)
            return
        with open(PAGE, "rb") as file:
            page = file.read()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def do_POST(self):
        reports.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()
        arrived.set()

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    query = urllib.parse.urlencode({"url": URL, "compression": COMPRESSION})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = subprocess.Popen(
            [
                "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--no-first-run", "--disable-background-networking", "--ignore-certificate-errors",
                "--user-data-dir=" + profile,
                "http://127.0.0.1:%d/browser.html?%s" % (server.server_address[1], query),
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        in_time = arrived.wait(90)
        browser.terminate()
        try:
            browser.wait(10)
        except subprocess.TimeoutExpired:
            browser.kill()
            browser.wait()
    if not in_time:
        print("the browser sent no report")
        sys.exit(1)
    for line in reports[0]["report"]:
        print(line)
    if not reports[0]["passed"]:
        sys.exit(1)
    print("checks %d" % len(reports[0]["report"]))


main()
