// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Each broken service breaks the rule that it is about, alone. */
class BrokenServicesTest extends PropagationCheckTestCase {
  @Test
  @Breaks(Rule.FAMILIES)
  void oneProvidersHeaderMissing_breaksFamilies() throws Exception {
    assertThat(broken(in -> Forwarding.without(Forwarding.right(in), "sw8-x")))
        .containsExactly(Rule.FAMILIES);
  }

  @Test
  @Breaks(Rule.REQUEST_ID)
  void requestIdLost_breaksRequestId() throws Exception {
    assertThat(broken(in -> Forwarding.without(Forwarding.right(in), "x-request-id")))
        .containsExactly(Rule.REQUEST_ID);
  }

  @Test
  @Breaks(Rule.REQUEST_ID)
  void requestIdNormalised_breaksRequestId() throws Exception {
    assertThat(
            broken(
                in ->
                    Forwarding.right(in).stream()
                        .map(line -> line.replace("Not A UUID", "not a uuid"))
                        .toList()))
        .containsExactly(Rule.REQUEST_ID);
  }

  @Test
  @Breaks(Rule.VERBATIM)
  void idsLowered_breakVerbatim() throws Exception {
    assertThat(
            broken(
                in ->
                    Forwarding.right(in).stream()
                        .map(
                            line ->
                                line.startsWith("x-b3-traceid")
                                    ? line.toLowerCase(Locale.ROOT)
                                    : line)
                        .toList()))
        .containsExactly(Rule.VERBATIM);
  }

  @Test
  @Breaks(Rule.VERBATIM)
  void decisionAloneLost_breaksVerbatim() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> out = Forwarding.right(in);
                  return out.equals(List.of("x-b3-sampled: 0")) ? List.of() : out;
                }))
        .containsExactly(Rule.VERBATIM);
  }

  @Test
  @Breaks(Rule.NOTHING_ELSE)
  void credentialForwarded_breaksNothingElse() throws Exception {
    assertThat(broken(in -> Forwarding.rightAnd(in, "authorization")))
        .containsExactly(Rule.NOTHING_ELSE);
  }

  @Test
  @Breaks(Rule.ABSENT)
  void emptyValueForwarded_breaksAbsent() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  in.stream().filter(it -> it.equals("x-b3-parentspanid:")).forEach(out::add);
                  return out;
                }))
        .containsExactly(Rule.ABSENT);
  }

  @Test
  @Breaks(Rule.ABSENT)
  void requestIdInvented_breaksAbsent() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  if (Forwarding.values(in, "x-request-id").isEmpty()) {
                    out.add("x-request-id: invented");
                  }
                  return out;
                }))
        .containsExactly(Rule.ABSENT);
  }

  @Test
  @Breaks(Rule.HOSTILE)
  void hostileValue_thatFailsTheCall_breaksHostile() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              if (in.stream().anyMatch(line -> line.startsWith("x-request-id: caf"))) {
                throw new IllegalArgumentException();
              }
              call(check.uri(), Forwarding.right(in));
            });

    assertThat(report.broken()).containsExactly(Rule.HOSTILE);
    assertThat(report.result(Rule.HOSTILE).findings())
        .anyMatch(it -> it.contains("caf\\xe9") && it.contains("no outbound call"));
  }

  @Test
  @Breaks(Rule.MALFORMED)
  void malformedValueForwarded_breaksMalformed() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  in.stream().filter(it -> it.equals("x-b3-parentspanid: -")).forEach(out::add);
                  return out;
                }))
        .containsExactly(Rule.MALFORMED);
  }

  @Test
  @Breaks(Rule.REPEATED)
  void lastOfRepeatedLines_breaksRepeated() throws Exception {
    assertThat(
            broken(
                in ->
                    Forwarding.values(in, "b3").size() > 1
                        ? List.of("b3: 1")
                        : Forwarding.right(in)))
        .containsExactly(Rule.REPEATED);
  }

  @Test
  @Breaks(Rule.EVERY_CALL)
  void secondCallWithout_breaksEveryCall() throws Exception {
    assertThat(
            report(
                    (path, in) -> {
                      call(check.uri(), Forwarding.right(in));
                      call(check.uri(), List.of("authorization: Bearer of-the-service"));
                    },
                    quick().requests(48))
                .broken())
        .containsExactly(Rule.EVERY_CALL);
  }

  @Test
  @Breaks(Rule.RETRIES)
  void retryWithout_breaksRetries() throws Exception {
    assertThat(report((path, in) -> follow(in, false, true, false)).broken())
        .containsExactly(Rule.RETRIES);
  }

  @Test
  @Breaks(Rule.REDIRECTS)
  void redirectWithout_breaksRedirects() throws Exception {
    assertThat(report((path, in) -> follow(in, true, false, false)).broken())
        .containsExactly(Rule.REDIRECTS);
  }

  @Test
  @Breaks(Rule.FOREIGN_HOST)
  void redirectAnywhere_breaksForeignHost() throws Exception {
    assertThat(report((path, in) -> follow(in, true, true, true)).broken())
        .containsExactly(Rule.FOREIGN_HOST);
  }

  @Test
  void noCall_isWrongUse() throws Exception {
    try (PropagationCheck quick = quick().start();
        TestService service = TestService.start((path, in) -> {})) {
      assertThatIllegalStateException()
          .isThrownBy(() -> quick.check(service.uri()))
          .withMessageContaining("No call arrived at port [" + quick.port() + "]")
          .withMessageContaining("answered 200");
    }
  }
}
