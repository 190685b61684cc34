// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain that another request completes has its own headers, or none. */
@QuarkusTest
@QuarkusTestResource(Downstream.class)
class ChainsTest {
  @TestHTTPResource("/")
  URI application;

  Downstream downstream; // set by the resource

  @ParameterizedTest
  @ValueSource(strings = {"memoized", "parked", "wrapped-future", "vertx-promise"})
  void chainThatAnotherRequestCompletes_hasItsOwnHeaders(String path) throws Exception {
    Load.Result result = new Load(application, downstream).run(400, 24, path);
    result.assertOwn();
  }

  @Test
  void blockThatForwardsNothing_forwardsNothing() throws Exception {
    assertThat(new Load(application, downstream).call("nothing")).containsExactly(Downstream.NONE);
  }

  @Test
  void periodicTask_forwardsNothingOnceItsRequestIsOver() throws Exception {
    List<String> ids = new Load(application, downstream).call("timer");

    assertThat(ids).containsExactly(Downstream.NONE);
  }
}
