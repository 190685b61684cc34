// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import javax.net.ServerSocketFactory;

/**
 * What stands in for the dependencies of the service, on all ports.
 *
 * @param events where calls are put
 * @param values by which they are recognised
 * @param responses what they are answered
 * @param sockets of TLS if the service calls by https
 */
record StubDependency(
    Events events, SentValues values, StubResponses responses, ServerSocketFactory sockets) {
  StubDependency(StubResponses responses, ServerSocketFactory sockets) {
    this(new Events(), new SentValues(), responses, sockets);
  }
}
