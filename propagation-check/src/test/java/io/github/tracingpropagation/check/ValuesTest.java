// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that change values, or invent some. */
class ValuesTest extends PropagationCheckTestCase {
  @Test
  void decodedValues_breakVerbatim() throws Exception {
    List<Rule> broken =
        broken(
            in ->
                Forwarding.right(in).stream()
                    .map(line -> line.startsWith("x-request-id") ? decoded(line) : line)
                    .toList());

    assertThat(broken).containsExactly(Rule.VERBATIM);
  }

  private static String decoded(String line) {
    try {
      return URLDecoder.decode(line, UTF_8).replaceFirst(":\\+", ": ");
    } catch (IllegalArgumentException e) {
      return line;
    }
  }

  @Test
  void tracerThatDropsTracestate_breaksFamilies() throws Exception {
    assertThat(w3c(in -> Forwarding.without(ownSpan(in), "tracestate")))
        .containsExactly(Rule.FAMILIES);
  }

  @Test
  void tracerThatAddsToTracestate_isRight() throws Exception {
    assertThat(
            w3c(
                in ->
                    ownSpan(in).stream()
                        .map(line -> line.replace("tracestate: ", "tracestate: own=1,"))
                        .toList()))
        .isEmpty();
  }

  private static List<Rule> w3c(UnaryOperator<List<String>> forwarding) throws Exception {
    try (PropagationCheck check = quick().providers(Provider.OPENTELEMETRY).start();
        TestService service =
            TestService.start(
                (path, in) -> call(check.uri(), forwarding.apply(Forwarding.right(in))))) {
      return check.check(service.uri()).broken();
    }
  }

  private static List<String> ownSpan(List<String> in) {
    List<String> out = new ArrayList<>();
    for (String line : in) {
      out.add(
          line.startsWith("traceparent: 00")
              ? line.replaceFirst("-[0-9a-f]{16}-", "-%016x-".formatted(System.nanoTime()))
              : line);
    }
    return out;
  }

  @Test
  void laterVersionAsVersion00_isRight() throws Exception {
    assertThat(
            broken(
                in ->
                    Forwarding.right(in).stream()
                        .map(line -> line.replaceFirst("(?<=^traceparent: )01(.{53}).*", "00$1"))
                        .toList()))
        .isEmpty();
  }

  @Test
  void everyHeaderWithX_breaksNothingElse() throws Exception {
    assertThat(
            broken(
                in -> {
                  TreeSet<String> out = new TreeSet<>(Forwarding.right(in));
                  in.stream().filter(line -> line.matches("x-(api|auth|user).*")).forEach(out::add);
                  return List.copyOf(out);
                }))
        .containsExactly(Rule.NOTHING_ELSE);
  }

  /** As a loop over the names that does not ask whether there is a value. */
  @Test
  void emptyForEachAbsentHeader_breaksAbsentAlone() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  for (Family family : Family.values()) {
                    for (String name : family.headers()) {
                      if (Forwarding.values(out, name).isEmpty()) {
                        out.add(name + ":");
                      }
                    }
                  }
                  return out;
                }))
        .containsExactly(Rule.ABSENT);
  }

  @Test
  void joinedLines_breakRepeatedAlone() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> ids = Forwarding.values(in, "x-request-id");
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  if (ids.size() > 1) {
                    out.remove("x-request-id: " + ids.get(0));
                    out.add("x-request-id: " + String.join(", ", ids));
                  }
                  return out;
                }))
        .containsExactly(Rule.REPEATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504, 500, 429})
  void bareRetry_breaksRetries(int status) throws Exception {
    assertThat(report((path, in) -> retry(in, status, List.of())).broken())
        .containsExactly(Rule.RETRIES);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void retryWithHeaders_isRight(int status) throws Exception {
    CheckReport report = report((path, in) -> retry(in, status, Forwarding.right(in)));

    assertThat(report.broken()).isEmpty();
    assertThat(report.result(Rule.RETRIES).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  private void retry(List<String> in, int status, List<String> again) throws java.io.IOException {
    if (call(check.uri(), Forwarding.right(in)).status() == status) {
      call(check.uri(), again);
    }
  }
}
