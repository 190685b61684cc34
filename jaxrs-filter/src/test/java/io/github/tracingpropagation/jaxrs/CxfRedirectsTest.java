// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import java.io.IOException;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.transport.http.HTTPConduitFactory;
import org.apache.cxf.transport.http.HttpClientHTTPConduit;
import org.apache.cxf.ws.addressing.EndpointReferenceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 8 with a conduit of CXF that the library does not know. */
@SuppressWarnings("try") // the scope is only closed
class CxfRedirectsTest {
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  private final Downstream ratings = Downstream.start();

  /** The default one, which other tests use, too: a bus that is created first would become it. */
  private final Bus before = BusFactory.getThreadDefaultBus();

  private final Bus own = BusFactory.newInstance().createBus();

  @BeforeEach
  void useOtherConduit() {
    own.setExtension(
        (factory, bus, info, to) -> new Other(bus, info, to), HTTPConduitFactory.class);
    BusFactory.setThreadDefaultBus(own);
  }

  @AfterEach
  void stop() {
    BusFactory.setThreadDefaultBus(before);
    own.shutdown(true);
    ratings.close();
  }

  @Test
  void rule8_unknownConduit_forwardsNothingAndWarnsOnceForAllAddresses() {
    try (Log log = Log.open()) {
      call("/1");
      call("/2");

      assertThat(ratings.received(0)).isEmpty();
      assertThat(ratings.received(1)).isEmpty();
      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with a Jakarta REST client: CXF's conduit "
                  + Other.class.getName()
                  + " may follow redirects, which could send them to a host that may not receive"
                  + " them. Use CXF's default conduit.");
    }
  }

  private void call(String path) {
    try (Client client =
            RestClient.CXF_HTTP_CLIENT
                .withDefaults()
                .register(new TracingPropagationFeature(TO_ADDRESS))
                .build();
        Scope scope = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
      client.target(ratings.uri(path)).request().get().close();
    }
  }

  private static final class Other extends HttpClientHTTPConduit {
    Other(Bus bus, EndpointInfo info, EndpointReferenceType to) throws IOException {
      super(bus, info, to);
    }
  }
}
