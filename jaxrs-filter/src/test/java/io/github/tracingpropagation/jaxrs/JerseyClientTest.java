// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import org.glassfish.jersey.client.JerseyClientBuilder;

class JerseyClientTest extends JakartaRestClientContract {
  JerseyClientTest() {
    super(JerseyClientBuilder::new);
  }
}
