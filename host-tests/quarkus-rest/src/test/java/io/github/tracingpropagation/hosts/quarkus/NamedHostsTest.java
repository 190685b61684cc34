// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Once hosts are named, no other host gets a header, and no REST client follows a redirect. */
@QuarkusTest
@QuarkusTestResource(Downstream.class)
@TestProfile(NamedHostsTest.NamedHosts.class)
class NamedHostsTest {
  @TestHTTPResource("/")
  URI application;

  Downstream downstream; // set by the resource

  public static final class NamedHosts implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "tracing.propagation.forward-to",
          "localhost",
          "quarkus.rest-client.ratings.follow-redirects",
          "true");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sync", "non-blocking", "following-client", "rest-client-builder", "jdk"})
  void redirectToAnotherHost_isNotFollowed(String path) throws Exception {
    String number = Downstream.REDIRECT + path;
    new Load(application, downstream).send(path, number, "r");

    assertThat(downstream.calls(number)).containsExactly("r");
    assertThat(downstream.calls("foreign-" + number)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"other-host", "other-host-header", "load-balanced", "stork-other-host"})
  void otherHost_getsNothing(String path) throws Exception {
    assertThat(new Load(application, downstream).call(path)).containsExactly(Downstream.NONE);
  }

  /** The host that is connected to decides, and not the name of Stork's service. */
  @ParameterizedTest
  @ValueSource(strings = {"stork", "blocking-stork"})
  void namedHostOfAStorkService_getsTheHeadersOfItsCaller(String path) throws Exception {
    new Load(application, downstream).run(400, 24, path).assertOwn();
  }
}
