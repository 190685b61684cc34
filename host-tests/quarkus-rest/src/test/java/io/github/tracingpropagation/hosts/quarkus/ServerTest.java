// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call has the headers of its own request, whatever kind of method makes it. */
@QuarkusTest
@QuarkusTestResource(Downstream.class)
class ServerTest {
  private static final int REQUESTS = 400;
  private static final int CONCURRENCY = 24;

  @TestHTTPResource("/")
  URI application;

  Downstream downstream; // set by the resource

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync",
        "async",
        "uni",
        "blocking-uni",
        "non-blocking",
        "stage",
        "delay",
        "worker-pool",
        "events"
      })
  void call_hasItsOwnHeaders(String path) throws Exception {
    Load.Result result = new Load(application, downstream).run(REQUESTS, CONCURRENCY, path);
    System.out.println(path + " " + result);
    result.assertOwn();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void callOnAVirtualThread_hasItsOwnHeaders() throws Exception {
    call_hasItsOwnHeaders("virtual-thread");
  }
}
