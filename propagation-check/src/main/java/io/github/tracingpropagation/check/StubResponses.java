// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Map;

/**
 * What the dependencies answer.
 *
 * @param normal the response without a more special one
 * @param special by port and path, such as {@code 9081/ratings/0}
 */
record StubResponses(StubResponse normal, Map<String, StubResponse> special) {
  StubResponse to(Call call) {
    return special.getOrDefault(call.port() + call.path(), normal);
  }
}
