// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Map;

/**
 * What stands in for the dependencies of the service, on all ports.
 *
 * @param events where calls are put
 * @param values by which they are recognised
 * @param normal the response without a more special one
 * @param special responses by port and path, such as {@code 9081/ratings/0}
 */
record StubDependency(
    Events events, SentValues values, StubResponse normal, Map<String, StubResponse> special) {
  StubResponse to(Call call) {
    return special.getOrDefault(call.port() + call.path(), normal);
  }
}
