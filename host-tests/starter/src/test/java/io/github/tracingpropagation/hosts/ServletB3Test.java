// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tracer that produces B3: the family is all the tracer's, and {@code traceparent} goes on. */
@Tag("tracer")
class ServletB3Test extends ServletTest {
  @Override
  List<String> properties() {
    return List.of("management.tracing.propagation.produce=b3");
  }

  @Override
  List<String> tracersFamily() {
    return List.of("x-b3-traceid", "x-b3-spanid", "x-b3-sampled");
  }

  @Override
  Stream<Way> ways() {
    return Stream.of(Way.PLAIN, Way.ASYNC);
  }

  @Test
  void tracersHeader_isSentByEachClient() {
    for (String client : application().clients()) {
      InboundHeaders request = InboundHeaders.next();
      application().get("/plain/" + client + "?id=" + request.id(), request.all()).join();
      Map<String, String> call = downstream().take(request.id()).get(0);
      assertThat(call.get("b3")).as(client).startsWith(request.traceId() + "-");
      assertThat(call).as(client).doesNotContainKey("x-b3-traceid");
    }
  }
}
