// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.NoRedirectContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;

/** The contract for handshakes, with a service that responds but does not upgrade. */
class HandshakeTest extends NoRedirectContract {
  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) {
    WebSocket.Builder handshake =
        JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), propagation)
            .newWebSocketBuilder();
    lines.forEach(line -> handshake.header(HeaderLines.name(line), HeaderLines.value(line)));
    URI socket = URI.create(uri.toString().replaceFirst("^http", "ws"));
    Throwable refused =
        handshake
            .buildAsync(socket, new WebSocket.Listener() {})
            .handle((opened, failure) -> failure.getCause())
            .join();
    return ((WebSocketHandshakeException) requireNonNull(refused)).getResponse().statusCode();
  }
}
