// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallTest {
  @Test
  void headersOfTwoRequests_areShownApart() {
    Call call =
        call(
            header("b3", 1),
            header("sw8", 1),
            header("traceparent", 2),
            header("x-b3-sampled", ArrivedHeader.NOBODY),
            header("x-b3-spanid", 1),
            header("x-b3-traceid", 1));

    assertThat(call.showByOwner())
        .isEqualTo(
            "traceparent: 2 of one, beside b3: 1 | sw8: 1 | x-b3-spanid: 1 | ... of another");
  }

  private static Call call(ArrivedHeader... headers) {
    return Call.of(80, "GET", "/", "localhost", List.of(headers));
  }

  private static ArrivedHeader header(String name, int owner) {
    return new ArrivedHeader(name, String.valueOf(owner), List.of(), null, null, owner);
  }
}
