// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.glassfish.jersey.client.authentication.HttpAuthenticationFeature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rule 8 if Jersey's authentication repeats a request, whose response redirects to a forbidden host
 * that requests credentials, too.
 */
@SuppressWarnings("try") // the scope is only closed
class JerseyAuthenticationTest {
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  /** With or without the feature: Jersey repeats the request on the connector's only thread. */
  private static final Set<RestClient> DEADLOCKS_WHEN_ASYNC =
      EnumSet.of(
          RestClient.JERSEY_JETTY, RestClient.JERSEY_JDK, RestClient.JERSEY_JDK_REDIRECTS_DISABLED);

  private final Downstream ratings = Downstream.start();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Numbers the calls' paths: an asynchronous call may still send after it has failed. */
  private int calls;

  /** Why calls failed, the last one last. */
  private final List<Exception> failures = new ArrayList<>();

  @AfterEach
  void stop() {
    ratings.close();
    threads.shutdownNow();
  }

  /** The modes of {@link HttpAuthenticationFeature}. */
  enum Mode {
    BASIC_PREEMPTIVE("Basic"),
    BASIC("Basic"),
    DIGEST("Digest"),
    UNIVERSAL("Digest");

    final String scheme;

    Mode(String scheme) {
      this.scheme = scheme;
    }

    HttpAuthenticationFeature feature() {
      return switch (this) {
        case BASIC_PREEMPTIVE -> HttpAuthenticationFeature.basic("user", "password");
        case BASIC ->
            HttpAuthenticationFeature.basicBuilder()
                .nonPreemptive()
                .credentials("user", "password")
                .build();
        case DIGEST -> HttpAuthenticationFeature.digest("user", "password");
        case UNIVERSAL -> HttpAuthenticationFeature.universal("user", "password");
      };
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "JERSEY.*")
  void rule8_repeatedRequest_forwardsNothingToAForbiddenHost(RestClient rest) throws Exception {
    for (Mode mode : Mode.values()) {
      List<String> expected = expected(rest, mode);

      assertThat(sent(forwarding(rest.withDefaults()), mode, InvocationStyle.SYNC))
          .as(() -> describe(mode))
          .isEqualTo(expected);
      if (!DEADLOCKS_WHEN_ASYNC.contains(rest)) {
        assertThat(sent(forwarding(rest.withDefaults()), mode, InvocationStyle.ASYNC))
            .as(() -> describe(mode))
            .isSubsetOf(concat(expected, "failed"));
      }
    }
  }

  private List<String> expected(RestClient rest, Mode mode) throws Exception {
    if (!rest.returnsRedirects) {
      return sent(rest.withDefaults(), mode, InvocationStyle.SYNC);
    }
    String first = "127.0.0.1/1 [x-request-id: mine]";
    List<String> expected = List.of(first + " " + mode.scheme, "302");
    return mode == Mode.BASIC_PREEMPTIVE ? expected : concat(List.of(first), expected);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_ANY,
      names = "JERSEY_(HTTP_URL_CONNECTION|APACHE_5|APACHE_4|GRIZZLY)") // the others may block
  void rule8_clientThatFollows_sendsTheSameAsWithoutFeature(RestClient rest) throws Exception {
    for (Mode mode : Mode.values()) {
      List<String> sent = sent(forwarding(rest.followingRedirects()), mode, InvocationStyle.SYNC);

      assertThat(sent).as("%s", mode).noneMatch(line -> line.contains("mine"));
      assertThat(sent)
          .as(() -> describe(mode))
          .isEqualTo(sent(rest.followingRedirects(), mode, InvocationStyle.SYNC));
    }
  }

  private String describe(Mode mode) {
    return mode
        + ", after these failures: "
        + failures.stream().map(Throwables::getStackTrace).toList();
  }

  private static ClientBuilder forwarding(ClientBuilder builder) {
    return builder.register(new TracingPropagationFeature(TO_ADDRESS));
  }

  private static List<String> concat(List<String> lines, String more) {
    return concat(lines, List.of(more));
  }

  private static List<String> concat(List<String> lines, List<String> more) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(more);
    return all;
  }

  /** Returns a line for each request, with forwarded headers and scheme, and the outcome. */
  private List<String> sent(ClientBuilder builder, Mode mode, InvocationStyle way)
      throws Exception {
    String query = "?" + ++calls;
    ratings.reset();
    ratings.redirect("/1" + query, 302, ratings.otherHost("/2" + query));
    ratings
        .server()
        .stubFor(
            any(anyUrl())
                .withHeader("Authorization", absent())
                .willReturn(
                    unauthorized()
                        .withHeader(
                            "WWW-Authenticate",
                            mode.scheme + " realm=\"ratings\", nonce=\"42\", qop=\"auth\"")));
    Context anothers =
        HeaderLines.extract(TO_ADDRESS, List.of("x-request-id: another's", "b3: 1", "sw8: x"));
    List<String> sent = new ArrayList<>();
    String outcome;
    // An asynchronous call may never end, which is a permitted outcome. A synchronous one must.
    int seconds = way == InvocationStyle.SYNC ? 60 : 2;
    try (Client client =
            builder
                .register(mode.feature())
                .executorService(anothers.wrap(threads))
                .readTimeout(seconds, TimeUnit.SECONDS)
                .build();
        Scope scope = HeaderLines.captured("x-request-id: mine").makeCurrent();
        Response response =
            way.get(client.target(ratings.uri("/1" + query)).request())
                .get(seconds, TimeUnit.SECONDS)) {
      outcome = "" + response.getStatus();
    } catch (Exception e) {
      outcome = "failed";
      failures.add(e);
    }
    List<String> hops = ratings.hops();
    for (int i = 0; i < hops.size(); i++) {
      if (!hops.get(i).endsWith(query)) {
        continue;
      }
      List<String> lines = new ArrayList<>(ratings.received(i));
      String kind = "";
      for (String line : List.copyOf(lines)) {
        if (line.startsWith("authorization: ")) {
          kind = " " + HeaderLines.value(line).split(" ", 2)[0];
          lines.remove(line);
        }
      }
      sent.add(hops.get(i).replace(query, "") + " " + lines + kind);
    }
    sent.add(outcome);
    return sent;
  }
}
