// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowthTest {
  @ParameterizedTest
  @EnumSource
  void eachPoint_ofAServer_sendsTheHeadersThatItWatches(Server server) throws Exception {
    for (Map<String, String> point :
        Growth.heats(List.of(server)).stream().flatMap(List::stream).toList()) {
      int names = Integer.parseInt(point.get("names"));
      Map<String, String> arriving = Headers.typical(Integer.parseInt(point.get("headers")));
      assertThat(arriving).hasSize(Integer.parseInt(point.get("headers")));
      try (InboundRequest inbound = server.receive(arriving)) {
        Request request = (Request) hop(inbound, point, names).get();
        arriving.keySet().retainAll(WatchedNames.first(names));
        assertThat(request.headers())
            .as("%s", point)
            .allSatisfy(
                header -> assertThat(arriving).containsEntry(header.getFirst(), header.getSecond()))
            .hasSize(arriving.size());
      }
    }
  }

  @Test
  void names_ofThisLibrary_areAsManyAsThoseOfTheLoop() {
    assertThat(WatchedNames.first(16)).hasSameElementsAs(Headers.BOOKINFO_NAMES);
    assertThat(Growth.NAMES)
        .filteredOn(Way.OURS::canWatch)
        .containsExactly(7, 16, 22, 30, 60)
        .allSatisfy(
            names -> {
              assertThat(WatchedNames.first(names)).hasSize(names);
              assertThat(WatchedNames.propagation(names).fields()).hasSize(names);
            });
  }

  private static Supplier<Object> hop(
      InboundRequest inbound, Map<String, String> point, int names) {
    return hop(inbound, Client.OKHTTP.open(), Way.valueOf(requireNonNull(point.get("way"))), names);
  }

  private static <C> Supplier<Object> hop(
      InboundRequest inbound, Outbound<C> outbound, Way way, int names) {
    return outbound.hop(inbound, way.hop(names, outbound));
  }
}
