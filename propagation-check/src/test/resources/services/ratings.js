// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
// Calls a dependency for each request, with the headers of the request, or those of its connection.
const http = require('http');

const names = ('x-request-id b3 x-b3-traceid x-b3-spanid x-b3-parentspanid x-b3-sampled x-b3-flags' +
  ' traceparent tracestate').split(' ');
const [mode, ...ports] = process.argv.slice(2);

const server = http.createServer((request, response) => {
  const own = {};
  names.filter((name) => request.headers[name]).forEach((name) => own[name] = request.headers[name]);
  request.socket.tracing = request.socket.tracing || own;
  const headers = mode === 'mixes' ? request.socket.tracing : own;
  let open = ports.length;
  const answer = () => --open || response.end();
  for (const port of ports) {
    http.get({host: '127.0.0.1', port, headers}, (result) => result.resume().on('end', answer))
      .on('error', answer);
  }
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
