// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The contract of the hosts that run the Jakarta REST application of this module. */
abstract class JakartaRestHostContract extends HostContract {
  /** Returns the path under which the application is deployed, without a slash at its end. */
  abstract String root();

  /** The pool may share its threads with requests, whose context could still be current there. */
  @Test
  @Order(2)
  void taskOnTheHostsPool_seesNoHeadersOfAnotherRequest() throws Exception {
    assertMixesNothing("/host-pool");
  }

  /** A resource method that returns a stage, and calls again from its continuation. */
  @Test
  @Order(2)
  void continuationOfACall_seesNoHeadersOfAnotherRequest() throws Exception {
    assertMixesNothing("/stage");
  }

  private void assertMixesNothing(String asynchronous) throws Exception {
    for (Way way : ways()) {
      String path = way.sync().replace("/sync", asynchronous);
      Storm.Result result = new Storm(downstream()).sendMixed(uri(path));
      System.out.printf("%s, %s: %s%n", name(), path, result);

      assertThat(result.statuses()).as("statuses; log: %s", log()).containsOnlyKeys(200);
      assertThat(result.foreign()).as("headers of another request, %s", result).isZero();
      assertThat(result.leaked()).as("headers though the request had none, %s", result).isZero();
    }
  }

  @Test
  @Order(2)
  void clientWithItsOwnExecutor_works() throws Exception {
    Storm.Result result = new Storm(downstream()).sendWithoutHeaders(uri(root() + "/own-executor"));

    assertThat(result.statuses()).as("statuses; log: %s", log()).containsOnlyKeys(200);
  }
}
