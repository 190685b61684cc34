// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import org.junit.jupiter.api.DisplayName;

@DisplayName("RESTEasy beneath the servlet filter")
class ResteasyBeneathFilterServerTest extends ResteasyServerContract {
  ResteasyBeneathFilterServerTest() {
    super(true);
  }
}
