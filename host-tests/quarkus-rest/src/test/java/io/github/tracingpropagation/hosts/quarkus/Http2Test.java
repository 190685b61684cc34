// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Concurrent requests on one connection. */
@QuarkusTest
@QuarkusTestResource(Downstream.class)
class Http2Test {
  @TestHTTPResource("/")
  URI application;

  @Inject Connections connections;

  Downstream downstream; // set by the resource

  @Singleton
  public static class Connections {
    private final Set<HttpConnection> used = ConcurrentHashMap.newKeySet();

    void note(@Observes Filters filters) {
      filters.register(
          request -> {
            if (request.request().version() == HttpVersion.HTTP_2) {
              used.add(request.request().connection());
            }
            request.next();
          },
          10);
    }
  }

  @Test
  void requestsOnOneConnection_haveTheirOwnHeaders() throws Exception {
    Load load = new Load(application, downstream, HttpClient.Version.HTTP_2);
    assertThat(load.call("sync")).hasSize(1).doesNotContain(Downstream.NONE); // opens it

    load.run(400, 24, "sync", "uni", "stage", "events").assertOwn();
    assertThat(connections.used).hasSize(1);
  }
}
