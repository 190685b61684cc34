// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import org.junit.jupiter.api.DisplayName;

@DisplayName("CXF 4.1, 4.2")
class CxfServerTest extends CxfServerContract {
  CxfServerTest() {
    super(false);
  }
}
