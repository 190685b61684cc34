// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.testing.Quirk;
import io.opentelemetry.context.Context;
import java.util.concurrent.ExecutorService;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("RESTEasy 6.2, 7")
class ResteasyClientTest extends JakartaRestClientContract {
  ResteasyClientTest() {
    super(new ResteasyProviderFactoryImpl(), ResteasyClientBuilderImpl::new);
  }

  @ParameterizedTest
  @EnumSource
  @Override
  @Quirk(
      "`async()` and `rx()` with an executor of `Context.taskWrapping`; on another they forward nothing")
  void rule11_call_forwardsHeadersOfItsCaller(InvocationStyle way) throws Exception {
    super.rule11_call_forwardsHeadersOfItsCaller(way);
  }

  @Override
  ExecutorService executor(ExecutorService threads) {
    return Context.taskWrapping(threads);
  }
}
