// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 8 if an allowed host redirects to a forbidden one. */
@SuppressWarnings("try") // the scope is only closed
class RedirectToForbiddenHostTest {
  private static final String ID = "x-request-id: abc";
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  /** Numbers the calls' paths: Netty's connector may still follow after the call has failed. */
  private int calls;

  /** Why calls failed, the last one last. */
  private final List<Exception> failures = new ArrayList<>();

  private final Downstream ratings = Downstream.start();

  @AfterEach
  void stop() {
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource
  void rule8_defaultClient_forwardsNothingToAForbiddenHost(RestClient rest) throws Exception {
    try (Client with = rest.withDefaults().register(feature(TO_ADDRESS)).build();
        Client without = rest.withDefaults().build()) {
      for (Call call : Call.all()) {
        List<String> sent = sent(call, with);

        if (rest.returnsRedirects) {
          assertThat(sent)
              .as(() -> describe(call))
              .containsExactly("127.0.0.1/1 Bearer own abc", "" + call.redirect());
        } else {
          assertThatNothingIsForwarded(rest, call, sent, sent(call, without));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rule8_clientThatFollows_forwardsNothingAndFollowsAsWithoutFeature(RestClient rest)
      throws Exception {
    try (Client with = rest.followingRedirects().register(feature(TO_ADDRESS)).build();
        Client without = rest.followingRedirects().build()) {
      for (Call call : Call.all()) {
        assertThatNothingIsForwarded(rest, call, sent(call, with), sent(call, without));
      }
    }
  }

  private void assertThatNothingIsForwarded(
      RestClient rest, Call call, List<String> withFeature, List<String> withoutFeature) {
    assertThat(withFeature).as("%s", call).noneMatch(line -> line.contains("abc"));
    if (rest != RestClient.JERSEY_NETTY) { // fails now and then if it follows
      assertThat(withFeature).as(() -> describe(call)).isEqualTo(withoutFeature);
    }
  }

  private String describe(Call call) {
    return call
        + ", after these failures: "
        + failures.stream().map(Throwables::getStackTrace).toList();
  }

  @ParameterizedTest
  @EnumSource
  void rule8_anyHost_followsAsWithoutFeature(RestClient rest) throws Exception {
    Feature feature = feature(TracingPropagation.create());
    try (Client with = rest.withDefaults().register(feature).build();
        Client without = rest.withDefaults().build()) {
      for (Call call : Call.all()) {
        List<String> withoutFeature = sent(call, without);
        List<String> withFeature = sent(call, with);

        assertThat(withFeature).as("%s", call).startsWith("127.0.0.1/1 Bearer own abc");
        if (rest != RestClient.JERSEY_NETTY) {
          assertThat(withFeature.stream().map(line -> line.replace(" abc", "")).toList())
              .as(() -> describe(call))
              .isEqualTo(withoutFeature);
        }
      }
    }
  }

  private static Feature feature(TracingPropagation propagation) {
    return new TracingPropagationFeature(propagation);
  }

  /** One combination of status, method and calling thread. */
  private record Call(int redirect, boolean post, boolean async) {
    static List<Call> all() {
      List<Call> all = new ArrayList<>();
      for (int redirect : new int[] {301, 302, 307}) {
        for (boolean post : new boolean[] {false, true}) {
          all.add(new Call(redirect, post, false));
          all.add(new Call(redirect, post, true));
        }
      }
      return all;
    }
  }

  /** Returns a line for each request, with credentials and forwarded header, and the outcome. */
  private List<String> sent(Call call, Client client) throws Exception {
    String query = "?" + ++calls;
    ratings.redirect("/1" + query, call.redirect, ratings.otherHost("/2" + query));
    List<String> sent = new ArrayList<>();
    String outcome;
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      Invocation.Builder request =
          client.target(ratings.uri("/1" + query)).request().header("Authorization", "Bearer own");
      Invocation invocation =
          call.post ? request.buildPost(Entity.text("five stars")) : request.buildGet();
      try (Response response =
          call.async ? invocation.submit().get(60, TimeUnit.SECONDS) : invocation.invoke()) {
        outcome = "" + response.getStatus();
      } catch (ExecutionException | RuntimeException e) {
        outcome = "failed";
        failures.add(e);
      }
    }
    ratings
        .server()
        .getAllServeEvents()
        .forEach(
            event -> {
              if (event.getRequest().getUrl().endsWith(query)) {
                sent.add(0, line(event.getRequest()).replace(query, ""));
              }
            });
    sent.add(outcome);
    return sent;
  }

  private static String line(LoggedRequest request) {
    return (request.getHost()
            + request.getUrl()
            + " "
            + request.getHeader("Authorization")
            + " "
            + request.getHeader("x-request-id"))
        .replace(" null", "");
  }
}
