// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.ReflectionRecorder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestTemplate;

/** All that the package finds by reflection is registered for native images. */
class NativeWaysTest {

  @Test
  void reflectiveCalls_areRegistered() throws Exception {
    assertThat(ReflectionRecorder.record(Ways.class, "spring"))
        .allMatch(call -> call.startsWith("registered "))
        .isNotEmpty();
  }

  /** Run in a JVM of its own. */
  public static final class Ways {
    private Ways() {}

    public static void main(String[] args) throws Exception {
      SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
      for (Object sender :
          List.of(
              simple,
              new BufferingClientHttpRequestFactory(simple),
              new JdkClientHttpRequestFactory(),
              new ReactorClientHttpRequestFactory(),
              new HttpComponentsClientHttpRequestFactory(),
              new JdkClientHttpConnector(),
              new ReactorClientHttpConnector())) {
        System.err.println(sender + ": " + Redirects.of(sender));
      }
      StarterSupport.withoutForwarding(simple);
      RestTemplate template =
          new RestTemplate(
              new BufferingClientHttpRequestFactory(new JdkClientHttpRequestFactory()));
      template.getInterceptors().add((request, body, next) -> next.execute(request, body));
      RestClientTracingPropagation.install(
          template,
          TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build());
      try (Downstream ratings = Downstream.start()) {
        template.getForEntity(ratings.uri("/"), String.class);
      }
    }
  }
}
