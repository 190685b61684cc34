// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.util.List;
import java.util.Map;

/**
 * A request as it came over the wire, seen by the server beneath the application and its filters.
 *
 * @param path still encoded
 * @param status of the response
 * @param headers by their names in lower case
 */
record ServedRequest(String method, String path, int status, Map<String, List<String>> headers) {
  /** Returns the first value, or another text if the header did not arrive. */
  String header(String name, String other) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? other : values.get(0);
  }
}
