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
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
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
  @ValueSource(
      strings = {
        "memoized",
        "parked",
        "wrapped-future",
        "vertx-promise",
        "authorized",
        "blocking-authorized",
        "filtered",
        "blocking-filtered",
        "failing",
        "blocking-failing",
        "broadcast",
        "async-event",
        "cached",
        "cached-stage",
        "message"
      })
  void chainThatAnotherRequestCompletes_hasItsOwnHeaders(String path) throws Exception {
    Load.Result result = new Load(application, downstream).run(400, 24, path);
    result.assertOwn();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void filterBeforeAVirtualThread_leavesItItsOwnHeaders() throws Exception {
    chainThatAnotherRequestCompletes_hasItsOwnHeaders("virtual-thread/filtered");
  }

  @Test
  void consumerOfAMessage_forwardsNothing() throws Exception {
    Load load = new Load(application, downstream);
    assertThat(load.run(400, 24, "consumed").foreign()).isZero();
    assertThat(load.call("consumed")).containsExactly(Downstream.NONE);
  }

  @Test
  void consumerOfAnotherRequest_forwardsNothing() throws Exception {
    Load.Result result = new Load(application, downstream).run(400, 24, "consumed-by-request");
    assertThat(result.foreign()).isZero();
  }

  /** A scheduled method completes the chains, and calls itself. */
  @Test
  void scheduledMethod_forwardsNothing() throws Exception {
    new Load(application, downstream).run(48, 24, "scheduled").assertOwn();

    downstream.await("of-no-request");
    assertThat(downstream.calls("of-no-request")).isNotEmpty().containsOnly(Downstream.NONE);
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
