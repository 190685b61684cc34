// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.check.RequestTemplate.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Options of a {@link PropagationCheck}. Not for use by several threads. */
public final class PropagationCheckBuilder {
  private final Settings settings = new Settings();

  PropagationCheckBuilder() {}

  /**
   * Sets where to listen, one port for each dependency; by default one free port. A port serves as
   * a dependency's, and as that of an HTTP proxy to all dependencies.
   *
   * @param values from 0, for a free port, to 65535
   * @return this
   */
  public PropagationCheckBuilder downstream(int... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("at least one port");
    }
    settings.ports = Arrays.stream(values).boxed().toList();
    return this;
  }

  /**
   * Sets further ports, which a request need not call; by default none.
   *
   * @param values as for {@link #downstream}
   * @return this
   */
  public PropagationCheckBuilder optionalDownstream(int... values) {
    settings.optionalPorts = Arrays.stream(values).boxed().toList();
    return this;
  }

  /**
   * Sets the address to listen on; by default loopback.
   *
   * @param value an address of this machine
   * @return this
   */
  public PropagationCheckBuilder listen(InetAddress value) {
    settings.address = requireNonNull(value);
    return this;
  }

  /**
   * Lets the dependencies be called by https; by default by http.
   *
   * @param file a key store of PKCS12 with a certificate that the service trusts
   * @param password of the store and of its key
   * @return this
   */
  public PropagationCheckBuilder downstreamKeyStore(Path file, String password) {
    settings.keyStore = requireNonNull(file);
    settings.keyStorePassword = password;
    return this;
  }

  /**
   * Sets what the dependencies answer; by default 200 with <code>{}</code> as JSON.
   *
   * @param status the status code, from 200 to 599
   * @param contentType the media type
   * @param content the body in UTF-8
   * @return this
   */
  public PropagationCheckBuilder answer(int status, String contentType, String content) {
    settings.answer = StubResponse.of(status, contentType, content.getBytes(UTF_8));
    return this;
  }

  /**
   * Sets what one path of a dependency answers.
   *
   * @param port the dependency's
   * @param path such as {@code /ratings/0}, without a query
   * @param status as above
   * @param contentType as above
   * @param content as above
   * @return this
   */
  public PropagationCheckBuilder answer(
      int port, String path, int status, String contentType, String content) {
    return answer(port + path, StubResponse.of(status, contentType, content.getBytes(UTF_8)));
  }

  /** Sets the answer of a port and path; of all others if that is empty. */
  PropagationCheckBuilder answer(String portAndPath, StubResponse response) {
    if (portAndPath.isEmpty()) {
      settings.answer = response;
    } else {
      Map<String, StubResponse> answers = new HashMap<>(settings.answers);
      answers.put(portAndPath, response);
      settings.answers = Map.copyOf(answers);
    }
    return this;
  }

  /**
   * Requests the service by HTTP/2: by https as ALPN agrees, by http with prior knowledge. By
   * default it is requested by HTTP/1.1; its dependencies may always be called by either.
   *
   * @return this
   */
  public PropagationCheckBuilder http2() {
    settings.protocol = Protocol.HTTP2;
    return this;
  }

  /**
   * Calls a method of gRPC: the URI's path is {@code /package.Service/Method}. The message is
   * empty, or a body of {@code application/json}, which is encoded by the service's server
   * reflection. Calls of gRPC are answered with an empty message, whatever their method is.
   *
   * @return this
   */
  public PropagationCheckBuilder grpc() {
    settings.protocol = Protocol.GRPC;
    return this;
  }

  /**
   * Calls a method of gRPC of a service without server reflection.
   *
   * @param descriptors a file as {@code protoc --include_imports --descriptor_set_out} writes it
   * @return this
   */
  public PropagationCheckBuilder grpc(Path descriptors) {
    settings.protoset = requireNonNull(descriptors);
    return grpc();
  }

  /**
   * Sets the method of the requests; by default GET, or POST with a body.
   *
   * @param value such as {@code PUT}
   * @return this
   */
  public PropagationCheckBuilder method(String value) {
    if (!value.matches("[A-Za-z-]+")) {
      throw new IllegalArgumentException("not a method: " + value);
    }
    settings.method = value;
    return this;
  }

  /**
   * Adds a header to each request, such as one that the service authenticates it by.
   *
   * @param name the name
   * @param value the value; each char is a byte
   * @return this
   */
  public PropagationCheckBuilder header(String name, String value) {
    if (Family.of(name) != null) {
      throw new IllegalArgumentException(name + " is a header that the check itself sends");
    }
    String line = StubResponse.oneLine(name + ": " + value);
    settings.lines = Stream.concat(settings.lines.stream(), Stream.of(line)).toList();
    return this;
  }

  /**
   * Sets the body of each request; by default none.
   *
   * @param contentType the media type
   * @param content the body in UTF-8
   * @return this
   */
  public PropagationCheckBuilder body(String contentType, String content) {
    return header("Content-Type", contentType).body(content.getBytes(UTF_8));
  }

  PropagationCheckBuilder body(byte[] content) {
    settings.body = new String(content, ISO_8859_1);
    return this;
  }

  /**
   * Trusts any certificate of a service that is requested by https.
   *
   * @return this
   */
  public PropagationCheckBuilder insecure() {
    settings.insecure = true;
    return this;
  }

  /**
   * Sets whom to trust in place of the JDK's authorities.
   *
   * @param file certificates in PEM
   * @return this
   */
  public PropagationCheckBuilder trust(Path file) {
    settings.certificates = requireNonNull(file);
    return this;
  }

  /**
   * Sets the providers whose headers must be forwarded, beside {@code x-request-id}; by default
   * Zipkin, which is B3.
   *
   * @param values at least one
   * @return this
   */
  public PropagationCheckBuilder providers(Provider... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("at least one provider");
    }
    settings.families = Settings.families(values);
    return this;
  }

  /**
   * Sets the names of application headers that the service forwards on purpose, such as {@code
   * end-user}; by default none.
   *
   * @param names in any case
   * @return this
   */
  public PropagationCheckBuilder allow(String... names) {
    settings.allowed =
        Arrays.stream(names).map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return this;
  }

  /**
   * Sets what to check; by default every rule.
   *
   * @param values at least one
   * @return this
   */
  public PropagationCheckBuilder only(Rule... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("at least one rule");
    }
    settings.rules = EnumSet.copyOf(List.of(values));
    return this;
  }

  /**
   * Sets what not to check.
   *
   * @param values rules, maybe none
   * @return this
   */
  public PropagationCheckBuilder skip(Rule... values) {
    settings.rules = EnumSet.copyOf(settings.rules);
    settings.rules.removeAll(List.of(values));
    return this;
  }

  /**
   * Sets paths of calls that no request causes, such as {@code /health}. Frequent ones are found
   * without it.
   *
   * @param values paths without a query; {@code *} stands for any characters
   * @return this
   */
  public PropagationCheckBuilder ignorePaths(String... values) {
    settings.ignoredPaths =
        Arrays.stream(values)
            .map(path -> Pattern.compile(Pattern.quote(path).replace("*", "\\E.*\\Q")))
            .toList();
    return this;
  }

  /**
   * Sets the status of an ordinary response if it is an error's; by default such a service cannot
   * be checked, because it may have ended before it made its calls.
   *
   * @param value from 400 to 599
   * @return this
   */
  public PropagationCheckBuilder expectStatus(int value) {
    settings.expectedStatus = value;
    return this;
  }

  /**
   * Sets how many requests are sent before the first that counts; by default 1.
   *
   * @param value from 0
   * @return this
   */
  public PropagationCheckBuilder warmUp(int value) {
    settings.warmUp = atLeast(0, "warm-up", value);
    return this;
  }

  /**
   * Sets how many requests are sent under load; by default 3200.
   *
   * @param value at least 1
   * @return this
   */
  public PropagationCheckBuilder requests(int value) {
    settings.requests = atLeast(1, "requests", value);
    return this;
  }

  /**
   * Sets how many requests are sent at once; by default 64. More than the service has threads finds
   * more.
   *
   * @param value at least 1
   * @return this
   */
  public PropagationCheckBuilder concurrency(int value) {
    settings.concurrency = atLeast(1, "concurrency", value);
    return this;
  }

  private static int atLeast(int least, String option, int value) {
    if (value < least) {
      throw new IllegalArgumentException(option + ": " + value + "; must be at least " + least);
    }
    return value;
  }

  /**
   * Sets how long to wait for a response, and for a first call; by default 5 seconds.
   *
   * @param value from 1 millisecond to 10 minutes
   * @return this
   */
  public PropagationCheckBuilder timeout(Duration value) {
    settings.timeout = within(10, "time-out", value);
    return this;
  }

  /**
   * Sets how long to wait for what may never come, such as one more call; by default 4 seconds.
   * Each other wait of the check is a part of it.
   *
   * @param value from 1 millisecond to 1 minute
   * @return this
   */
  public PropagationCheckBuilder settle(Duration value) {
    settings.settle = within(1, "settle", value);
    return this;
  }

  /**
   * Sets after what time {@link PropagationCheck#check} ends with what it has found; by default
   * never.
   *
   * @param value from 1 millisecond to 24 hours
   * @return this
   */
  public PropagationCheckBuilder maxTime(Duration value) {
    settings.maxTime = within(24 * 60, "max time", value);
    return this;
  }

  private static Duration within(int minutes, String option, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(Duration.ofMinutes(minutes)) > 0) {
      throw new IllegalArgumentException(
          "%s: %d seconds; allowed: 1 millisecond to %d minutes"
              .formatted(option, value.toSeconds(), minutes));
    }
    return value;
  }

  /**
   * Sets the length up to which the service forwards a value; by default 4096, as this library
   * does. Each server has a limit of its own for all headers of a request, often 8192 bytes.
   *
   * @param chars from 256, which is more than each header of a usual request has, to 32768
   * @return this
   */
  public PropagationCheckBuilder maxValueLength(int chars) {
    if (chars < 256 || chars > 32_768) {
      throw new IllegalArgumentException("max value length: " + chars + "; allowed: 256 to 32768");
    }
    settings.maxValueLength = chars;
    return this;
  }

  /**
   * Checks also that a redirect to another host takes no header there. The other host is loopback
   * by the name that the service does not use, on a port of its own.
   *
   * @return this
   */
  public PropagationCheckBuilder foreignHost() {
    return foreignHost("");
  }

  /**
   * Checks also that a redirect to another host takes no header there.
   *
   * @param name a name by which the service reaches this machine, and which is foreign to it
   * @return this
   */
  public PropagationCheckBuilder foreignHost(String name) {
    settings.foreignHost = requireNonNull(name);
    return this;
  }

  PropagationCheckBuilder progress(Consumer<String> listener) {
    settings.progress = listener;
    return this;
  }

  /**
   * Starts listening.
   *
   * @return the check
   * @throws IOException if a port cannot be listened on, or a file cannot be read
   */
  public PropagationCheck start() throws IOException {
    return PropagationCheck.start(settings.copy());
  }
}
