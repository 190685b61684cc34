// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.tracingpropagation.adapter.NewMessages;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** The bean that builds the request factories of all clients, if it is not Spring Boot's. */
@Tag("no-tracer")
@ExtendWith({OutputCaptureExtension.class, NewMessages.class})
class OwnBuildersTest {

  @EnableAutoConfiguration
  static class Reactive {}

  @EnableAutoConfiguration
  static class OfAnInterface {
    @Bean
    ClientHttpRequestFactoryBuilder<?> builder() {
      return ClientHttpRequestFactoryBuilder.jdk();
    }
  }

  @EnableAutoConfiguration
  static class OfAClass {
    @Bean
    JdkClientHttpRequestFactoryBuilder builder() {
      return ClientHttpRequestFactoryBuilder.jdk();
    }
  }

  @EnableAutoConfiguration
  static class OfApachesClass {
    @Bean
    HttpComponentsClientHttpRequestFactoryBuilder builder() {
      return ClientHttpRequestFactoryBuilder.httpComponents();
    }
  }

  @Test
  void rule8_builderOfAnInterface_forwards(CapturedOutput output) throws Exception {
    assertThat(hops(OfAnInterface.class)).containsExactly(Hop.own("127.0.0.1"));
    assertThat(output).doesNotContain("No tracing headers are forwarded");
  }

  /** The application may need the class, which a proxy does not have: what it builds is read. */
  @Test
  void rule8_builderOfAClass_forwardsIfCertainlyNothingFollows(CapturedOutput output)
      throws Exception {
    assertThat(hops(OfAClass.class)).containsExactly(Hop.own("127.0.0.1"));
    assertThat(output).doesNotContain("No tracing headers are forwarded");

    assertThat(hops(OfApachesClass.class)).containsExactly(Hop.nothing("127.0.0.1"));
    assertThat(output).containsOnlyOnce("its request factory may follow redirects");
  }

  /** Spring Boot 4 alone has clients there, and no bean that builds their request factories. */
  @Test
  void rule8_reactiveApplication_forwards(CapturedOutput output) throws Exception {
    try (Recorder ratings = new Recorder();
        LocalApplication application =
            start(Reactive.class, WebApplicationType.REACTIVE, ratings.uri())) {
      assumeThat(application.context().getBeanProvider(RestClient.Builder.class)).isNotEmpty();
      RestClient client = SpringBoots.restClient(application.context()).build();
      Consumer<String> call =
          id -> client.get().uri(ratings.uri() + "/{id}", id).retrieve().toBodilessEntity();

      assertThat(Hop.of(application, ratings, "", call)).containsExactly(Hop.own("127.0.0.1"));
    }
    assertThat(output).doesNotContain("No tracing headers are forwarded");
  }

  private static List<Hop> hops(Class<?> source) throws Exception {
    try (Recorder ratings = new Recorder();
        LocalApplication application =
            start(source, WebApplicationType.NONE, ratings.uri())) {
      RestTemplate client = SpringBoots.restTemplate(application.context());
      Consumer<String> call =
          id -> client.getForObject(ratings.uri() + "/{id}", String.class, id);
      return Hop.of(application, ratings, "", call);
    }
  }

  private static LocalApplication start(Class<?> source, WebApplicationType type, String uri) {
    return LocalApplication.start(
        List.of(source), type, uri, List.of("tracing.propagation.forward-to=127.0.0.1"));
  }
}
