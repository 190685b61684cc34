// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import org.glassfish.jersey.client.JerseyClientBuilder;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Jersey 3.1, 4")
class JerseyClientTest extends JakartaRestClientContract {
  JerseyClientTest() {
    super(new RuntimeDelegateImpl(), JerseyClientBuilder::new);
  }
}
