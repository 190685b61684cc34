// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is only there to be closed
class DocsTest {
  /** The name of a test method, or of a row of {@link PropagationCase}. */
  private static final Pattern RULE = Pattern.compile("(?:void rule|^rule )(\\d+)(?:_|: )");

  /** The modules whose tests do not belong to one adapter or host. */
  private static final Set<String> SHARED =
      Set.of("adapter-contracts", "propagation-check", "tracing-propagation");

  private static final Message MESSAGE = new Message(Map.of("x-request-id", "abc", "b3", "1"));

  private final List<@Nullable String> handled = new ArrayList<>();

  @Test
  void providers() throws Exception {
    List<String> rows =
        Arrays.stream(TracingProvider.values())
            .map(provider -> "| `" + provider + "` | " + code(provider.headers(), " ") + " |")
            .toList();

    Docs.assertPart("providers", table("| provider | headers |", rows));
  }

  @Test
  void propagationTable_hasOnlyRowsThatAreTested() throws Exception {
    Map<String, PropagationCase> cases =
        PropagationCase.all().collect(Collectors.toMap(PropagationCase::name, row -> row));
    List<String> shown = Docs.part("propagation");
    assertThat(shown).hasSizeGreaterThan(12);

    List<String> rows = new ArrayList<>();
    for (String row : shown.subList(2, shown.size())) {
      PropagationCase tested = cases.get(row.split("\\|", -1)[1].strip());
      rows.add(tested == null ? "no such test: " + row : markdown(tested));
    }
    Docs.assertPart("propagation", table("| rule | in | out |", rows));
  }

  /**
   * Each rule is tested; the page lists the classes with a test that is named after it, but not
   * those of single adapters and hosts: a new adapter is one folder.
   */
  @Test
  void contract_listsTestsOfEachRule() throws Exception {
    SortedMap<Integer, SortedMap<String, SortedSet<String>>> tests = new TreeMap<>();
    PropagationCase.all()
        .map(row -> RULE.matcher(row.name()))
        .filter(Matcher::find)
        .forEach(rule -> add(tests, rule, "propagation-check", "PropagationCase"));
    for (Path file : Docs.files(".java")) {
      Matcher rule = RULE.matcher(Files.readString(file));
      String path = Docs.ROOT.relativize(file).toString();
      while (rule.find()) {
        String test = file.getFileName().toString().replace(".java", "");
        add(tests, rule, path.substring(0, path.indexOf("/src/")), test);
      }
    }
    assertThat(tests.keySet()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    List<String> rows = new ArrayList<>();
    tests.forEach(
        (rule, modules) ->
            modules.forEach(
                (module, names) -> {
                  if (SHARED.contains(module)) {
                    rows.add("| " + rule + " | `" + module + "` | " + code(names, ", ") + " |");
                  }
                }));
    Docs.assertPart("contract tests", table("| rule | module | tests |", rows));
  }

  private static void add(
      SortedMap<Integer, SortedMap<String, SortedSet<String>>> tests,
      Matcher rule,
      String module,
      String test) {
    tests
        .computeIfAbsent(Integer.valueOf(rule.group(1)), number -> new TreeMap<>())
        .computeIfAbsent(module, name -> new TreeSet<>())
        .add(test);
  }

  /** What the host tests compile and run. */
  @Test
  void hostTests() throws Exception {
    Docs.assertShows(
        "check",
        Docs.ROOT.resolve(
            "host-tests/check-spring-boot/src/test/java/io/github/tracingpropagation/hosts/SpringBootCheckTest.java"));
    Docs.assertShows(
        "batch listener",
        Docs.ROOT.resolve(
            "host-tests/messaging/src/test/java/io/github/tracingpropagation/hosts/Batches.java"));
  }

  /** What the host tests compile and run. */
  @Test
  void examples() throws Exception {
    Path examples = Docs.ROOT.resolve("examples");
    for (String example : List.of("tomcat", "jersey", "quarkus", "grpc")) {
      Docs.assertShows(example + " dependencies", examples.resolve(example + "/pom.xml"));
    }
    Docs.assertShows("boot 4.1 dependencies", examples.resolve("spring-boot-4.1/pom.xml"));
    Path application = Path.of("src/main/java/example/Reviews.java");
    Docs.assertShows("embedded tomcat", examples.resolve("tomcat").resolve(application));
    Docs.assertShows("servlet", examples.resolve("tomcat").resolve(application));
    for (String part : List.of("jakarta rest server", "jakarta rest client", "okhttp")) {
      Docs.assertShows(part, examples.resolve("jersey").resolve(application));
    }
  }

  /** What the host tests compile and run. */
  @Test
  void kotlin() throws Exception {
    Path sources =
        Docs.ROOT.resolve(
            "host-tests/starter/src/main/kotlin/io/github/tracingpropagation/hosts/starter/coroutines");
    Docs.assertShows("coroutine", sources.resolve("CoroutineController.kt"));
    Docs.assertShows("coroutine nothing", sources.resolve("CoroutineController.kt"));
    Docs.assertShows("retrofit", sources.resolve("Calls.kt"));
  }

  @Test
  void anyClient() throws Exception {
    WireMockServer ratings = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    ratings.start();
    try (Scope scope = received().makeCurrent()) {
      ratings.stubFor(get("/ratings/0").willReturn(ok("five stars")));
      URI uri = URI.create(ratings.baseUrl() + "/ratings/0");

      assertThat(ratings(uri)).isEqualTo("five stars");
      ratings.verify(
          getRequestedFor(urlEqualTo("/ratings/0")).withHeader("x-request-id", equalTo("abc")));
    } finally {
      ratings.stop();
    }
    Docs.assertShows("any client", DocsTest.class);
  }

  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; inject passes it on
  private static String ratings(URI uri) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    // docs: any client
    TracingPropagation propagation = TracingPropagation.fromEnvironment(); // once

    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    propagation.inject(Context.current(), uri, request, HttpRequest.Builder::setHeader);
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    // docs: end
    return response.body();
  }

  @Test
  void anyServer() throws Exception {
    TracingPropagation propagation = TracingPropagation.fromEnvironment();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> handle(exchange, propagation));
    server.start();
    try {
      URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
      assertThat(RawHttp.get(uri, List.of("X-Request-Id: abc")).body()).isEqualTo("abc");
    } finally {
      server.stop(0);
    }
    Docs.assertShows("any server", DocsTest.class);
  }

  private static void handle(HttpExchange exchange, TracingPropagation propagation)
      throws IOException {
    // docs: any server
    InboundHeaders headers = InboundHeaders.of(exchange.getRequestHeaders().entrySet());
    try (Scope scope = propagation.capture(headers).makeCurrent()) {
      respond(exchange); // every call that this makes forwards the request's headers
    }
    // docs: end
  }

  private static void respond(HttpExchange exchange) throws IOException {
    byte[] id = String.valueOf(CapturedHeaders.current().requestId()).getBytes(US_ASCII);
    exchange.sendResponseHeaders(200, id.length);
    exchange.getResponseBody().write(id);
    exchange.close();
  }

  @Test
  void anyEntryPoint() throws Exception {
    TracingPropagation propagation = TracingPropagation.fromEnvironment();
    TextMapGetter<Message> getter = new MessageGetter();
    Message message = MESSAGE;
    // docs: any entry point
    try (Scope scope = propagation.extract(Context.current(), message, getter).makeCurrent()) {
      handle(message); // every call that this makes forwards the message's headers
    }
    // docs: end
    assertThat(handled).containsExactly("abc");
    Docs.assertShows("any entry point", DocsTest.class);
  }

  @Test
  void nothing() throws Exception {
    Message message = MESSAGE;
    try (Scope request = received().makeCurrent()) {
      // docs: nothing
      try (Scope block = CapturedHeaders.empty().makeCurrent()) {
        handle(message);
      }
      // docs: end
      handle(message);
    }
    assertThat(handled).containsExactly(null, "abc");
    Docs.assertShows("nothing", DocsTest.class);
  }

  @Test
  void settings() throws Exception {
    // docs: settings
    TracingPropagation propagation =
        TracingPropagation.builder()
            .providers(TracingProvider.ZIPKIN, TracingProvider.DATADOG)
            .additionalHeaders("baggage", "end-user")
            .forwardTo(Destinations.inMesh().or(Destinations.hosts("*.internal.example.com")))
            .maxValueLength(1024)
            .build();
    // docs: end
    assertThat(propagation.fields()).contains("b3", "x-datadog-tags", "baggage", "end-user");
    Docs.assertShows("settings", DocsTest.class);
  }

  private void handle(Message message) {
    assertThat(message).isEqualTo(MESSAGE);
    handled.add(CapturedHeaders.current().requestId());
  }

  private static Context received() {
    return TracingPropagation.create().extract(Context.root(), MESSAGE, new MessageGetter());
  }

  private static List<String> table(String head, List<String> rows) {
    String rule = "|---".repeat((int) head.chars().filter(c -> c == '|').count() - 1) + "|";
    return Stream.concat(Stream.of(head, rule), rows.stream()).toList();
  }

  private static String markdown(PropagationCase row) {
    String out =
        row.out().equals(row.in())
            ? "the same"
            : row.out().isEmpty() ? "nothing" : lines(row.out());
    return "| " + row.name() + " | " + lines(row.in()) + " | " + out + " |";
  }

  private static String lines(List<String> lines) {
    return code(lines, "<br>");
  }

  private static String code(Collection<String> words, String separator) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(separator));
  }

  private record Message(Map<String, String> headers) {}

  private static final class MessageGetter implements TextMapGetter<Message> {
    @Override
    @SuppressWarnings("deprecation")
    public Iterable<String> keys(Message message) {
      return message.headers().keySet();
    }

    @Override
    public @Nullable String get(@Nullable Message message, String name) {
      return message == null ? null : message.headers().get(name);
    }
  }
}
