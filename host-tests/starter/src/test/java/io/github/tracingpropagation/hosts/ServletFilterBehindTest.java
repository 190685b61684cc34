// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** The order of the filters does not matter. */
@Tag("tracer")
class ServletFilterBehindTest extends ServletTest {
  @Override
  List<Class<?>> sources() {
    return List.of(Application.class, FilterBehind.class);
  }
}
