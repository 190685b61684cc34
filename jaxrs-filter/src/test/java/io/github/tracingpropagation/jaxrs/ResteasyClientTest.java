// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.DisplayName;

@DisplayName("RESTEasy 6.2, 7")
class ResteasyClientTest extends UnfollowingClientContract {
  ResteasyClientTest() {
    super(new ResteasyProviderFactoryImpl(), ResteasyClientBuilderImpl::new);
  }
}
