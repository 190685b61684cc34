// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/**
 * A call of one request on the thread of another one, of which every second has no headers. Without
 * a tracer, which may take the span of the other request there.
 */
@Tag("no-tracer")
class PairsTest extends ServletTest {
  @Override
  Stream<Way> ways() {
    return Way.PAIRS.stream();
  }
}
