// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every contender is measured with.
 *
 * @param server what the request comes in with
 * @param arrival its headers
 * @param client what the next request leaves with
 */
record HopCase(Server server, Arrival arrival, Client client) {

  /** Those whose results are committed. */
  static List<HopCase> full() {
    List<HopCase> cases =
        all(List.of(Server.values()), List.of(Arrival.values()), List.of(Client.OKHTTP));
    cases.addAll(
        all(
            List.of(Server.TOMCAT),
            List.of(Arrival.TYPICAL),
            List.of(Client.JDK, Client.JAKARTA_REST)));
    return cases;
  }

  /** Every combination of these. */
  static List<HopCase> all(List<Server> servers, List<Arrival> arrivals, List<Client> clients) {
    List<HopCase> cases = new ArrayList<>();
    for (Server server : servers) {
      for (Arrival arrival : arrivals) {
        clients.forEach(client -> cases.add(new HopCase(server, arrival, client)));
      }
    }
    return cases;
  }

  /** Returns the parameters of {@link HopBenchmark} for each contender. */
  List<Map<String, String>> points(List<Contender> contenders) {
    List<Map<String, String>> points = new ArrayList<>();
    for (Contender contender : contenders) {
      Map<String, String> point = new LinkedHashMap<>();
      point.put("server", server.name());
      point.put("arrival", arrival.name());
      point.put("client", client.name());
      point.put("contender", contender.name());
      points.add(point);
    }
    return points;
  }

  /** Returns those of which there are samples. */
  static List<HopCase> in(Samples samples) {
    return all(List.of(Server.values()), List.of(Arrival.values()), List.of(Client.values()))
        .stream()
        .filter(one -> !one.of(samples).list().isEmpty())
        .toList();
  }

  /** Returns the case's part of the samples. */
  Samples of(Samples samples) {
    return samples.where("server", server).where("arrival", arrival).where("client", client);
  }

  @Override
  public String toString() {
    return server + " " + arrival + " " + client;
  }
}
