// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

/**
 * What stands in for the dependencies of the service, on all ports.
 *
 * @param events where calls are put
 * @param values by which they are recognised
 * @param responses what they are answered
 */
record StubDependency(Events events, SentValues values, StubResponses responses) {
  StubDependency(StubResponses responses) {
    this(new Events(), new SentValues(), responses);
  }
}
