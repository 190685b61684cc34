// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Configuration;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.server.ResourceConfig;
import org.jboss.resteasy.client.jaxrs.internal.ClientConfiguration;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each class that the library looks up by name exists in the tested release of its engine. */
class EngineClassNamesTest {
  static Stream<String> names() {
    return Stream.of(
            List.of(
                Engine.JERSEY.requiredClass,
                Engine.RESTEASY.requiredClass,
                Engine.CXF.requiredClass),
            JerseyRedirects.PER_REQUEST,
            JerseyRedirects.PER_CLIENT,
            ResteasyRedirects.ENGINES,
            CallersHeaders.CLASS_NAMES,
            ResteasyRedirects.PLANNERS,
            CxfRedirects.CONDUITS,
            CxfRedirects.INTERCEPTORS)
        .flatMap(Collection::stream);
  }

  @ParameterizedTest
  @MethodSource("names")
  void className_exists(String name) throws Exception {
    assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull();
  }

  @Test
  void configuration_namesItsEngine() {
    Configuration resteasy = new ClientConfiguration(new ResteasyProviderFactoryImpl());

    assertThat(Engine.ofServer(new ResourceConfig().getConfiguration())).isEqualTo(Engine.JERSEY);
    assertThat(Engine.ofServer(new ResteasyProviderFactoryImpl())).isEqualTo(Engine.RESTEASY);
    assertThat(Engine.ofClient(new ClientConfig())).isEqualTo(Engine.JERSEY);
    assertThat(Engine.ofClient(resteasy)).isEqualTo(Engine.RESTEASY);
  }

  /** A proxy, as of CDI, or a decorator: what is not certain is no known engine. */
  @Test
  void otherImplementationOfConfiguration_isNoKnownEngine() {
    Configuration proxy =
        (Configuration)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Configuration.class},
                (self, method, arguments) -> method.invoke(new ClientConfig(), arguments));

    assertThat(Engine.ofServer(proxy)).isEqualTo(Engine.OTHER);
    assertThat(Engine.ofClient(proxy)).isEqualTo(Engine.OTHER);
  }

  /** Lower runs first on requests. An application cannot register anything outside of these. */
  @Test
  void priorities_areTheExtremes() {
    assertThat(ServerFilter.PRIORITY).isEqualTo(Integer.MIN_VALUE);
    assertThat(ClientFilter.PRIORITY).isEqualTo(Integer.MAX_VALUE);
  }
}
