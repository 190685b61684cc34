// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Quirk;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.ws.rs.core.Feature;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The servlet filter alone, in front of an unsupported engine. */
@DisplayName("another engine, beneath the filter")
class OtherEngineBeneathFilterServerTest extends JerseyServletServerTest {
  @Override
  Feature feature(TracingPropagation propagation) {
    return new EngineHidingClassLoader("org.glassfish.jersey.").feature(propagation);
  }

  /** Without the path whose body is written on another thread. */
  @Override
  protected List<String> paths() {
    return super.paths().stream().filter(path -> !path.equals("/suspended-streaming")).toList();
  }

  @Test
  @Override
  @Quirk("forwards nothing there")
  void rule11_suspended_isWrittenWithCapturedHeaders() throws Exception {
    assertForwardsNothing("/suspended-streaming");
  }

  @Test
  @Override
  @Quirk("forwards nothing there")
  void rule10_timedOut() throws Exception {
    assertForwardsNothing("/timed-out");
  }

  @Test
  @Override
  @Quirk("is written with the other's headers, on whose thread it is written")
  void rule10_resumedByAnotherRequest_seesHeadersOfItsRequest() throws Exception {
    assertThat(resumedByAnotherRequest("x-request-id: another's").lines())
        .containsExactly("x-request-id: another's");
  }

  /** The filter has settings of its own, which nobody observes. */
  @Test
  @Override
  protected void observer_isToldOfEachRequestOnce() throws Exception {
    assertThat(RawHttp.get(uri("/forward"), List.of("x-request-id: abc")).lines())
        .containsExactly("x-request-id: abc");
  }

  private void assertForwardsNothing(String path) throws Exception {
    RawHttp.Response response = RawHttp.get(uri(path), List.of("x-request-id: abc"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }
}
