// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.grpc.Metadata;
import io.netty.handler.codec.http.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import okhttp3.Request;
import org.apache.hc.core5.http.Header;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each contender does the work that it is measured for. */
class ContenderTest {
  /** What is left of B3 once it has been parsed: a flag that says 0 says nothing. */
  private static final List<String> BRAVE_NAMES =
      List.of("x-request-id", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled");

  /** The same without the parent. */
  private static final List<String> B3_PROPAGATOR_NAMES =
      List.of("x-request-id", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled");

  @ParameterizedTest
  @EnumSource
  void typicalRequest_eachContender_sendsItsHeaders(Server server) throws Exception {
    assertSends(server, Arrival.TYPICAL);
  }

  @ParameterizedTest
  @EnumSource
  void noTracingHeader_eachContender_sendsNothing(Server server) throws Exception {
    assertSends(server, Arrival.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void everyProvidersHeaders_eachContender_sendsItsHeaders(Server server) throws Exception {
    assertSends(server, Arrival.EVERY_PROVIDER);
  }

  private static void assertSends(Server server, Arrival arrival) throws Exception {
    try (InboundRequest inbound = server.receive(arrival.headers())) {
      for (Client client : Client.values()) {
        for (Contender contender : contenders(client)) {
          Supplier<Object> hop = client.hop(inbound, contender);
          for (int time = 1; time <= 3; time++) {
            assertThat(headers(hop.get()))
                .as("%s %s, time %d", client, contender, time)
                .satisfies(sent -> assertSends(client, contender, arrival, sent));
          }
        }
      }
    }
  }

  private static List<Contender> contenders(Client client) {
    Set<Contender> contenders = EnumSet.allOf(Contender.class);
    switch (client) {
      case OKHTTP, JAKARTA_REST -> contenders.removeIf(Contender::isLibrary);
      case JDK -> contenders.remove(Contender.BRAVE_LIBRARY);
      case APACHE_ASYNC -> contenders.remove(Contender.OPENTELEMETRY_LIBRARY);
      case REACTOR_NETTY -> contenders.removeIf(it -> it.isLibrary() && it != Contender.ADAPTER);
      case GRPC_SERVER ->
          contenders.removeIf(
              contender ->
                  !contender.isLibrary()
                      && contender != Contender.NOTHING
                      && contender != Contender.LOOP_16);
      case APACHE, GRPC -> {} // all
    }
    return List.copyOf(contenders);
  }

  private static void assertSends(
      Client client, Contender contender, Arrival arrival, Map<String, String> sent) {
    Map<String, String> expected = expected(contender, arrival);
    if (!contender.isLibrary() || contender == Contender.ADAPTER) {
      assertThat(sent).isEqualTo(expected);
    } else if (arrival == Arrival.NONE) {
      Map<String, String> own = new TreeMap<>(sent);
      if (client == Client.GRPC_SERVER) {
        own.remove("x-b3-parentspanid"); // the server's span, of those that have one
      }
      assertThat(own).containsOnlyKeys("x-b3-traceid", "x-b3-spanid", "x-b3-sampled");
    } else {
      assertThat(sent).containsEntry("x-request-id", expected.get("x-request-id"));
      assertThat(sent).containsEntry("x-b3-traceid", expected.get("x-b3-traceid"));
      assertThat(sent.get("x-b3-spanid")).hasSize(16).isNotEqualTo(expected.get("x-b3-spanid"));
    }
  }

  private static Map<String, String> expected(Contender contender, Arrival arrival) {
    Map<String, String> expected = new TreeMap<>(arrival.headers());
    expected.keySet().retainAll(names(contender));
    return expected;
  }

  private static Collection<String> names(Contender contender) {
    return switch (contender) {
      case NOTHING -> List.of();
      case LOOP_16, LOOP_16_ADD, PASS_THROUGH_16 -> Headers.BOOKINFO_NAMES;
      case LOOP_6, PASS_THROUGH_6 -> Headers.B3_NAMES;
      case B3_PROPAGATOR -> B3_PROPAGATOR_NAMES;
      case BRAVE -> BRAVE_NAMES;
      case BRAVE_LIBRARY, MICROMETER_LIBRARY -> BRAVE_NAMES;
      case OPENTELEMETRY_LIBRARY -> B3_PROPAGATOR_NAMES;
      case ADAPTER, OURS, OURS_FILTER, SETS_ONLY -> TracingPropagation.create().fields();
      case OURS_ZIPKIN -> WatchedNames.first(WatchedNames.ZIPKIN);
    };
  }

  /** Returns the headers of a request of any of the clients. */
  private static Map<String, String> headers(Object request) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    if (request instanceof Request okhttp) {
      lines.putAll(okhttp.headers().toMultimap());
    } else if (request instanceof HttpRequest jdk) {
      lines.putAll(jdk.headers().map());
    } else if (request instanceof org.apache.hc.core5.http.HttpRequest apache) {
      for (Header header : apache.getHeaders()) {
        lines.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
      }
    } else if (request instanceof HttpHeaders netty) {
      netty.names().forEach(name -> lines.put(name, netty.getAll(name)));
    } else if (request instanceof Metadata metadata) {
      lines.putAll(GrpcChannel.lines(metadata));
    } else {
      ((MultivaluedMap<?, ?>) request)
          .forEach(
              (name, values) ->
                  lines.put(name.toString(), values.stream().map(Object::toString).toList()));
    }
    Collection<String> watched = TracingPropagation.create().fields();
    Map<String, String> headers = new TreeMap<>();
    lines.forEach(
        (name, values) -> {
          String lowerCase = name.toLowerCase(Locale.ROOT);
          if (watched.contains(lowerCase)) { // Apache adds others
            assertThat(values).as(name).hasSize(1);
            assertThat(headers.put(lowerCase, values.get(0))).as(name).isNull();
          }
        });
    return headers;
  }
}
