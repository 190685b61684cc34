# SPDX-FileCopyrightText: The tracing-propagation authors
# SPDX-License-Identifier: Apache-2.0
"""Calls two dependencies per request, with the headers of the request."""
import http.client
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAMES = ("x-request-id b3 x-b3-traceid x-b3-spanid x-b3-parentspanid x-b3-sampled x-b3-flags"
         " traceparent tracestate").split()
mixes, ports = sys.argv[1] == "mixes", sys.argv[2:]
last = {}


class Productpage(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        global last
        headers = {name: self.headers[name] for name in NAMES if self.headers[name]}
        last = headers
        for port in ports:
            dependency = http.client.HTTPConnection("127.0.0.1", int(port))
            dependency.request("GET", "/", headers=last if mixes else headers)
            dependency.getresponse().read()
            dependency.close()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Productpage)
print(server.server_port, flush=True)
server.serve_forever()
