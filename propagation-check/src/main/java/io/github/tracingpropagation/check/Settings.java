// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tracingpropagation.check.RequestTemplate.Protocol;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is checked, and how: {@link PropagationCheckBuilder} explains the fields, and has a copy of
 * its own. Each value is immutable.
 */
final class Settings implements Cloneable {
  List<Integer> ports = List.of(0);
  List<Integer> optionalPorts = List.of();
  InetAddress address = InetAddress.getLoopbackAddress();
  @Nullable Path keyStore;
  String keyStorePassword = "";
  StubResponse answer = StubResponse.of(200, "application/json", "{}".getBytes(UTF_8));

  /** Responses by port and path, such as {@code 9081/ratings/0}. */
  Map<String, StubResponse> answers = Map.of();

  Protocol protocol = Protocol.HTTP1;
  @Nullable Path protoset;
  String method = "";
  List<String> lines = List.of();
  String body = "";
  boolean insecure;
  @Nullable Path certificates;

  /** {@code x-request-id} among them. */
  Set<Family> families = families(Provider.ZIPKIN);

  Set<String> allowed = Set.of();
  Set<Rule> rules = EnumSet.allOf(Rule.class);
  List<Pattern> ignoredPaths = List.of();
  int expectedStatus;
  int warmUp = 1;
  int requests = 3200;
  int concurrency = 64;
  Duration timeout = Duration.ofSeconds(5);
  Duration settle = Duration.ofSeconds(4);
  @Nullable Duration maxTime;
  int maxValueLength = PropagationCase.MAX_VALUE_LENGTH;

  /** Empty for the other name of loopback, or null. */
  @Nullable String foreignHost;

  /** Receives a few words on what is being done. */
  Consumer<String> progress = words -> {};

  static Set<Family> families(Provider... providers) {
    Set<Family> families = EnumSet.of(Family.REQUEST_ID);
    List.of(providers).forEach(provider -> families.addAll(provider.families()));
    return families;
  }

  RequestTemplate request() {
    boolean grpc = protocol == Protocol.GRPC;
    String usual = body.isEmpty() && !grpc ? "GET" : "POST";
    String json = "Content-Type: application/json";
    return new RequestTemplate(
        protocol,
        method.isEmpty() ? usual : method,
        lines.stream().filter(line -> !grpc || !line.equals(json)).toList(),
        body,
        grpc && lines.contains(json));
  }

  boolean requires(String name) {
    Family family = Family.of(name);
    return family != null && families.contains(family);
  }

  StubResponse answerTo(Call call) {
    return answers.getOrDefault(call.port() + call.path(), answer);
  }

  boolean ignores(String path) {
    return ignoredPaths.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  Settings copy() {
    try {
      return (Settings) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
