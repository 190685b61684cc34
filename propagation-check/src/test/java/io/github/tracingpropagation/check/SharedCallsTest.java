// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Services in which several requests wait for one call: a cache, or a single flight. */
class SharedCallsTest extends PropagationCheckTestCase {
  /** The index of a request under load, at the end of its id. */
  private static final Pattern INDEX = Pattern.compile("x-request-id: .*%2F(\\d+)");

  private final Map<String, FutureTask<?>> calls = new ConcurrentHashMap<>();

  @Override
  PropagationCheckBuilder defaults() {
    return options().settle(PATIENT).timeout(Duration.ofSeconds(20));
  }

  /** Shares the call of four requests in a row, whenever they arrive. */
  @Test
  void sharedCalls_areSaidToHideMixing() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              FutureTask<?> own = to(check.uri(), in);
              Matcher index = INDEX.matcher(String.join("\n", in));
              FutureTask<?> shared =
                  index.find()
                      ? calls.putIfAbsent("" + Integer.parseInt(index.group(1)) / 4, own)
                      : null;
              own = shared == null ? own : shared;
              own.run(); // once
              own.get();
            });

    String found = report.result(Rule.NOT_MIXED).findings().toString();
    assertThat(report.broken()).as("%s", report).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
    assertThat(report.result(Rule.NOT_LOST).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
    assertThat(found)
        .matches("\\[[567]\\d of 96 requests under load were answered without all .*")
        .contains("as if requests shared a call", "Put {n} into the URI");
    assertThat(report.status(false)).isZero();
    assertThat(report.status(true)).isEqualTo(1);

    ReportFiles files = new ReportFiles("1");
    files.add("http://reviews", 0, report);
    assertThat(files.annotations())
        .contains(
            "::warning title=http%3A//reviews%3A no headers of another request::"
                + found.substring(1, found.length() - 1));
  }

  /** Requests for the same path at the same time share a call. */
  @Test
  void singleFlight_isCheckedWithANumberInItsUri() throws Exception {
    try (TestService service =
        TestService.start((path, in) -> once(check.uri().resolve(path), in))) {
      CheckReport report = check.check(service.uri());
      assertThat(report.broken()).as("%s", report).isEmpty();
      assertThat(report.result(Rule.NOT_MIXED).outcome())
          .isEqualTo(CheckResult.Outcome.NOT_CHECKED);

      CheckReport numbered = reportOfMixing(() -> check.check(service.uri() + "/{n}"));
      assertThat(numbered.broken()).as("%s", numbered).isEmpty();
      assertThat(numbered.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
    }
  }

  private void once(URI uri, List<String> in) throws Exception {
    FutureTask<?> own = to(uri, in);
    FutureTask<?> flying = calls.putIfAbsent(uri.getPath(), own);
    if (flying == null) {
      own.run();
      calls.remove(uri.getPath());
    } else {
      flying.get();
    }
  }

  private static FutureTask<?> to(URI uri, List<String> in) {
    return new FutureTask<>(() -> call(uri, Forwarding.right(in)));
  }
}
