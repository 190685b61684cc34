// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.adapter.NewMessages;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Code of the application between the client and the connection: the last host decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith({OutputCaptureExtension.class, NewMessages.class})
class HostRewritingTest {
  private Recorder ratings;
  private LocalApplication application;
  private ApplicationContext beans;
  private String named;
  private String other;

  @EnableAutoConfiguration
  static class Application {}

  @BeforeAll
  void start() throws Exception {
    ratings = new Recorder();
    named = ratings.uri() + "/{id}";
    other = named.replace("127.0.0.1", "localhost");
    application =
        LocalApplication.start(
            List.of(Application.class),
            WebApplicationType.NONE,
            ratings.uri(),
            List.of(
                "tracing.propagation.forward-to=127.0.0.1",
                "tracing.propagation.additional-headers=authorization"));
    beans = application.context();
  }

  @AfterAll
  void stop() {
    application.close();
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource
  void rule8_toAnotherHost_nothingIsForwarded(RewritingClient client) {
    assertThat(hops(client.of(beans, named, other))).containsExactly(Hop.nothing("localhost"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FEIGN_CLIENT")
  void rule8_toAHostThatIsNamed_forwards(RewritingClient client) {
    assertThat(hops(client.of(beans, other, named)))
        .containsExactly(Hop.withCredentials("127.0.0.1"));
  }

  /** A sidecar or a proxy goes by it, whatever is connected to. */
  @Test
  void rule8_hostHeaderOfAnotherHost_nothingIsForwarded() {
    RestTemplate template = SpringBoots.restTemplate(beans);
    template
        .getClientHttpRequestInitializers()
        .add(request -> request.getHeaders().set("Host", "example.com"));
    RestClient client = SpringBoots.restClient(beans).defaultHeader("host", "example.com").build();
    WebClient reactive = SpringBoots.webClient(beans).defaultHeader("Host", "example.com").build();

    for (Consumer<String> call : List.of(call(template), call(client), call(reactive))) {
      assertThat(hops(call)).containsExactly(Hop.nothing("example.com"));
    }
    // Feign's default client sends another one.
    assertThat(hops(RewritingClient.feignWithHost(beans, named, "example.com")))
        .containsExactly(Hop.nothing("127.0.0.1"));
  }

  /** It may change the host, or not: nobody knows. */
  @Test
  void rule8_ownClientOfFeign_forwardsNothing_andWarns(CapturedOutput output) {
    for (int i = 0; i < 2; i++) {
      assertThat(hops(RewritingClient.FEIGN_CLIENT.of(beans, named, named)))
          .containsExactly(Hop.nothing("127.0.0.1"));
    }
    assertThat(output).containsOnlyOnce("No tracing headers are forwarded with Feign's client");
  }

  @Test
  void rule8_ownRequestFactory_forwardsNothing_andWarns(CapturedOutput output) {
    RestTemplate template = SpringBoots.restTemplate(beans);
    template.setRequestFactory(new JdkClientHttpRequestFactory());
    RestClient.Builder builder =
        SpringBoots.restClient(beans).requestFactory(new JdkClientHttpRequestFactory());
    RestClient without = builder.clone().build();
    RestClient with = builder.requestInterceptor((r, body, next) -> next.execute(r, body)).build();

    assertThat(hops(call(template))).containsExactly(Hop.nothing("127.0.0.1"));
    assertThat(hops(call(without))).containsExactly(Hop.nothing("127.0.0.1"));
    assertThat(hops(call(with))).containsExactly(Hop.nothing("127.0.0.1"));
    assertThat(output).containsOnlyOnce("its request factory may follow redirects");
  }

  /** The builder's setting, not the property, decides; the redirect leads to localhost. */
  @Test
  void rule8_builderThatFollows_forwardsNothing_andWarns(CapturedOutput output) {
    RestTemplate client = SpringBoots.followingRestTemplate(beans);

    assertThat(Hop.of(application, ratings, "redirect-", call(client)))
        .containsExactly(Hop.nothing("127.0.0.1"));
    assertThat(output).containsOnlyOnce(": redirects are followed");
  }

  @Test
  void rule8_ownConnector_forwardsNothing_andWarns(CapturedOutput output) {
    WebClient client =
        SpringBoots.webClient(beans).clientConnector(new JdkClientHttpConnector()).build();

    for (int i = 0; i < 2; i++) {
      assertThat(hops(call(client))).containsExactly(Hop.nothing("127.0.0.1"));
    }
    assertThat(output).containsOnlyOnce("its connector may follow redirects");
  }

  @Test
  void factoryThatWrapsSpringBoots_forwards(CapturedOutput output) {
    RestTemplate template = SpringBoots.restTemplate(beans);
    template.setRequestFactory(
        new BufferingClientHttpRequestFactory(template.getRequestFactory()));

    assertThat(hops(call(template))).containsExactly(Hop.withCredentials("127.0.0.1"));
    assertThat(output).doesNotContain("No tracing headers are forwarded");
  }

  /** Also where the headers are set in the request factory. */
  @Test
  void bodyOfUnknownLength_isSentInChunks() {
    RestTemplate template = SpringBoots.restTemplate(beans);
    RestClient client = SpringBoots.restClient(beans).build();

    assertChunked(id -> template.postForObject(named, body(), String.class, id));
    assertChunked(id -> client.post().uri(named, id).body(body()).retrieve().toBodilessEntity());
  }

  private void assertChunked(Consumer<String> client) {
    InboundHeaders request = Hop.call(application, "", client);

    assertThat(ratings.take(request.id()).get(0))
        .containsEntry("x-request-id", request.requestId())
        .containsEntry("transfer-encoding", "chunked");
  }

  private static InputStreamResource body() {
    return new InputStreamResource(new ByteArrayInputStream(new byte[100_000]));
  }

  private Consumer<String> call(RestTemplate client) {
    return id -> client.getForObject(named, String.class, id);
  }

  private Consumer<String> call(RestClient client) {
    return id -> client.get().uri(named, id).retrieve().body(String.class);
  }

  private Consumer<String> call(WebClient client) {
    return id -> client.get().uri(named, id).retrieve().bodyToMono(String.class).block();
  }

  private List<Hop> hops(Consumer<String> client) {
    return Hop.of(application, ratings, "", client);
  }
}
