// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A named set of tracing headers. */
record Scenario(String name, Map<String, String> headers) {
  private static final String ID = "4fbb1f4e-8d5c-9e0a-b6a3-6a9d3a1f0c2b";

  static final List<Scenario> ALL =
      List.of(
          of(
              "every B3 header",
              """
              x-b3-traceid: 463ac35c9f6413ad48485a3953bb6124
              x-b3-spanid: a2fb4a1d1a96d312
              x-b3-parentspanid: 0020000000000001
              x-b3-sampled: 1
              x-b3-flags: 0
              """),
          of(
              "64-bit ids",
              """
              x-b3-traceid: 48485a3953bb6124
              x-b3-spanid: a2fb4a1d1a96d312
              """),
          of(
              "a forced trace, without ids",
              """
              x-b3-sampled: 1
              """),
          of(
              "a refused trace, without ids",
              """
              b3: 0
              """),
          of(
              "every provider's headers together",
              """
              b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90
              x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7
              x-b3-spanid: e457b5a2e4d86bd1
              x-b3-parentspanid: 05e3ac9a4f6e3b90
              x-b3-sampled: true
              x-b3-flags: 1
              traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
              tracestate: rojo=00f067aa0ba902b7,congo=t61rcWkgMzE
              x-datadog-trace-id: 9532127138774266268
              x-datadog-parent-id: 67667974448284343
              x-datadog-sampling-priority: -1
              x-datadog-origin: synthetics
              x-datadog-tags: _dd.p.tid=640cfd8d00000000,_dd.p.dm=-4
              sw8: 1-YTFiMmMz-ZDRlNWY2-3-cmV2aWV3cw==-djM=-L3Jldmlld3M=-cmF0aW5nczo5MDgw
              sw8-x: 0-1602743904804
              sw8-correlation: dXNlcg==:amFzb24=
              uber-trace-id: 3f1c2a9b8d7e6f50:1a2b3c4d5e6f7081:0:1
              x-cloud-trace-context: 105445aa7843bc8bf206b12000100000/9219871337;o=1
              grpc-trace-bin: AABLA6Jg+HUhTVgB/3GYI0nEAcXWYYlyq9IKAgE
              x-ot-span-context: 2d3c4b5a69788796;8f7e6d5c4b3a2918;c0ffee00c0ffee00;cs
              x-amzn-trace-id: Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1
              """),
          new Scenario("no headers at all", Map.of()));

  /** Returns the scenario of these lines, and {@code x-request-id}. */
  private static Scenario of(String name, String lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-request-id", ID);
    lines
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(header -> headers.put(header[0], header[1]));
    return new Scenario(name, Collections.unmodifiableMap(headers));
  }
}
