# SPDX-FileCopyrightText: The tracing-propagation authors
# SPDX-License-Identifier: Apache-2.0
"""A service that calls ratings. It forwards the headers by a loop, as Istio's samples do."""
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

RATINGS = "http://localhost:" + os.environ.get("RATINGS_PORT", "9081") + "/ratings"
HEADERS = os.environ.get(
    "HEADERS",
    "x-request-id b3 x-b3-traceid x-b3-spanid x-b3-parentspanid x-b3-sampled x-b3-flags",
).split()


class Reviews(BaseHTTPRequestHandler):
    def do_GET(self):
        forwarded = {name: self.headers[name] for name in HEADERS if self.headers[name]}
        try:
            with urlopen(Request(RATINGS, headers=forwarded)) as ratings:
                status, body = 200, ratings.read()
        except OSError as error:
            status, body = 502, str(error).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # the check sends up to 64 requests at once


Server(("localhost", int(os.environ.get("SERVER_PORT", "8080"))), Reviews).serve_forever()
