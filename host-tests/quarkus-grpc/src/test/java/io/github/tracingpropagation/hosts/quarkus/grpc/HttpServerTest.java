// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;

/** On Quarkus's HTTP server. */
@QuarkusTest
@TestProfile(HttpServerTest.HttpServer.class)
class HttpServerTest extends GrpcServicesContract {
  public static final class HttpServer implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.grpc.server.use-separate-server", "false");
    }
  }
}
