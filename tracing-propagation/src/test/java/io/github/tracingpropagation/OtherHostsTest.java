// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which host gets the headers if something else than the URI names one. */
@SuppressWarnings("try") // a scope is only there to be closed
class OtherHostsTest {
  private static final String CAPTURED = "x-request-id: abc";

  private final TracingPropagation propagation =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1", "ratings")).build();
  private final Downstream ratings = Downstream.start();
  private final Downstream other = Downstream.start();
  private final Context inbound = HeaderLines.captured(CAPTURED).storeInContext(Context.root());

  @AfterEach
  void stop() {
    ratings.close();
    other.close();
  }

  /** Why there is something to do. */
  @ParameterizedTest
  @EnumSource
  void uriAlone_isNotTheHostThatGetsTheHeaders(OtherHost host) throws Exception {
    assertThat(received(host, false)).containsExactly(CAPTURED);
  }

  @ParameterizedTest
  @EnumSource
  void rule8_hostAsAdvised_getsNoHeaders(OtherHost host) throws Exception {
    assertThat(received(host, true)).isEqualTo(host.hasRemedy ? List.of() : List.of(CAPTURED));
  }

  /** Calls, and returns what the other host received, or whoever was named as it. */
  private List<String> received(OtherHost host, boolean safely) throws Exception {
    try (Scope scope = inbound.makeCurrent()) {
      host.call(propagation, ratings.uri("/"), other.otherHost("/"), safely);
    }
    List<String> hops = Stream.concat(ratings.hops().stream(), other.hops().stream()).toList();
    assertThat(hops).hasSize(1);
    assertThat(ratings.hops()).isEqualTo(host == OtherHost.HOST_HEADER ? hops : List.of());
    return (other.hops().isEmpty() ? ratings : other).received();
  }

  @Test
  void hostHeader_ofTheJdksClients_isRefusedOrIgnored() throws Exception {
    HttpURLConnection connection = (HttpURLConnection) ratings.uri("/").toURL().openConnection();
    connection.setRequestProperty("Host", "localhost");

    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(ratings.hops()).containsExactly("127.0.0.1/");
    assertThatThrownBy(() -> HttpRequest.newBuilder().setHeader("Host", "localhost"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void docs_adviseOnEachHost() throws Exception {
    List<String> rows = new ArrayList<>();
    rows.add("| what names another host | what happens | what to do |");
    rows.add("|---|---|---|");
    for (OtherHost host : OtherHost.values()) {
      rows.add(host.row());
    }

    Docs.assertPart("other hosts", rows);
  }
}
