// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.mesh.Mesh;
import io.github.tracingpropagation.demo.mesh.TestEnvoy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Zipkin's pages of the story in a browser. Writes the screenshots to {@code target/screenshots};
 * the README has copies of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class ZipkinPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int WIDTH = 1300;

  /** {@code -Drequests=100} for the README's picture of the terminal. */
  private static final int REQUESTS = Integer.getInteger("requests", 10);

  private final StringWriter terminal = new StringWriter();
  private Browser browser;
  private Zipkin zipkin;
  private Story story;
  private JsonNode result;

  @BeforeAll
  void playTheStory() throws Exception {
    browser = Browser.start();
    zipkin = new Zipkin(SharedZipkin.uri());
    PrintWriter out = new PrintWriter(terminal, true);
    List<String> options = new ArrayList<>(List.of("--requests=" + REQUESTS));
    TestEnvoy.ifPresent().ifPresent(envoy -> options.add("--envoy=" + envoy)); // for the pictures
    StorySettings settings =
        CommandLine.populateCommand(new StorySettings(), options.toArray(String[]::new));
    settings.check(new Environment(Map.of()));
    story = new Story(settings, zipkin, new Terminal(out, Ansi.ON));
    result = story.play();
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable part : new AutoCloseable[] {browser, story}) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  void trace_withForwarding_showsBothServicesUnderOneRoot() throws Exception {
    String page = show(zipkin.page(result.path("trace").asText()), 640, "Total Spans");
    screenshot("with-forwarding.png");

    assertThat(page)
        .contains("Services\n3\n", "Total Spans\n5\n")
        .containsSubsequence(
            "\nistio-ingressgateway.istio-system: reviews.default",
            "\nistio-ingressgateway.istio-system: router outbound|9080||reviews.default",
            "\nreviews.default: reviews.default",
            "\nreviews.default: ratings.default",
            "\nratings.default: ratings.default");
  }

  @Test
  void trace_withoutForwarding_endsAtReviews() throws Exception {
    Trace first = traceWithoutForwarding(Mesh.GATEWAY);
    String page = show(zipkin.page(first.id()), 640, "Total Spans");
    screenshot("without-forwarding.png");

    assertThat(page)
        .contains("Services\n2\n", "Total Spans\n3\n")
        .contains(
            "\nistio-ingressgateway.istio-system: reviews.default",
            "\nreviews.default: reviews.default")
        .doesNotContain("ratings");
  }

  @Test
  void trace_withoutForwarding_startsAnewAtTheCallOfRatings() throws Exception {
    Trace second = traceWithoutForwarding(Mesh.RATINGS);
    String page = show(zipkin.page(second.id()), 560, "Total Spans");
    screenshot("without-forwarding-ratings.png");

    assertThat(page)
        .contains("Services\n2\n", "Total Spans\n2\n")
        .contains("\nreviews.default: ratings.default", "\nratings.default: ratings.default")
        .doesNotContain("ingressgateway");
  }

  private Trace traceWithoutForwarding(String service) throws Exception {
    return zipkin.traces(story.meshes.get(0).id(), 1000).stream()
        .filter(trace -> trace.services().contains(service))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void graph_leadsFromIngressToRatings() throws Exception {
    String page = show(zipkin.graph(), 800, "Filter");
    screenshot("graph.png");

    assertThat(page).contains("Filter"); // it draws, where it had asked for a query
  }

  @Test
  void terminal_hasColours() throws Exception {
    String html =
        "<body style='margin:0'><pre style='background:#1e1e1e;color:#ddd;font:13px monospace;margin:0;padding:16px;"
            + "min-height:100vh;box-sizing:border-box'>"
            + html(terminal.toString())
            + "</pre>";
    String page =
        "data:text/html;base64," + Base64.getEncoder().encodeToString(html.getBytes(UTF_8));
    assertThat(show(page, 640, "4. "))
        .contains("ok: %d requests made %d traces".formatted(REQUESTS, 2 * REQUESTS));
    screenshot("terminal.png");
  }

  /** Returns what a terminal makes of the escape codes, and of a line that is written anew. */
  private static String html(String output) {
    return output
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("(?m)^.*\r", "")
        .replaceAll("\u001b\\[(21|22|39)m", "") // ends one style; 0 ends all
        .replace("\u001b[0m", "</span>")
        .replace("\u001b[1m", "<span style='font-weight:bold;color:#fff'>")
        .replace("\u001b[2m", "<span style='color:#888'>")
        .replace("\u001b[32m", "<span style='color:#5c5'>")
        .replace("\u001b[34m", "<span style='color:#59f'>")
        .replace("\u001b[36m", "<span style='color:#4cc'>");
  }

  private String show(String url, int height, String awaited) throws Exception {
    return browser.show(url, WIDTH, height, awaited);
  }

  private void screenshot(String name) throws Exception {
    browser.screenshot(SCREENSHOTS.resolve(name));
  }
}
