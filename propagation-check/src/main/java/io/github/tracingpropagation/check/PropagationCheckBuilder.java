// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Options of a {@link PropagationCheck}. Not for use by several threads. */
public final class PropagationCheckBuilder {
  private List<Integer> ports = List.of(0);
  private InetAddress address = InetAddress.getLoopbackAddress();
  private List<Provider> providers = List.of(Provider.ZIPKIN);
  private Set<String> allowed = Set.of();
  private Set<Rule> rules = EnumSet.allOf(Rule.class);
  private int requests = 3200;
  private int concurrency = 64;
  private Duration settle = Duration.ofSeconds(4);
  private Duration timeout = Duration.ofSeconds(5);
  private int maxValueLength = PropagationCase.MAX_VALUE_LENGTH;
  private @Nullable String foreignHost;
  private Consumer<String> progress = words -> {};
  private StubResponse answer = response(200, "application/json", "{}".getBytes(UTF_8));

  PropagationCheckBuilder() {}

  /**
   * Sets where to listen, one port for each dependency; by default one free port.
   *
   * @param values from 0, for a free port, to 65535
   * @return this
   */
  public PropagationCheckBuilder downstream(int... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("at least one port");
    }
    ports = Arrays.stream(values).boxed().toList();
    return this;
  }

  /**
   * Sets the address to listen on; by default loopback.
   *
   * @param value an address of this machine
   * @return this
   */
  public PropagationCheckBuilder listen(InetAddress value) {
    address = requireNonNull(value);
    return this;
  }

  /**
   * Sets what the dependencies answer; by default 200 with <code>{}</code> as JSON.
   *
   * @param status the status code, from 200 to 599
   * @param contentType the media type
   * @param body the body in UTF-8
   * @return this
   */
  public PropagationCheckBuilder answer(int status, String contentType, String body) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("not the status of an answer: " + status);
    }
    answer = response(status, contentType, body.getBytes(UTF_8));
    return this;
  }

  PropagationCheckBuilder answer(String contentType, byte[] body) {
    answer = response(200, contentType, body);
    return this;
  }

  private static StubResponse response(int status, String contentType, byte[] body) {
    if (contentType.indexOf('\r') >= 0 || contentType.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line break in the content type");
    }
    return new StubResponse(
        status, List.of("Content-Type: " + contentType), new String(body, ISO_8859_1));
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
    providers = List.of(values);
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
    allowed =
        Arrays.stream(names).map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return this;
  }

  /**
   * Sets what to check; by default every rule. The others are reported as not checked.
   *
   * @param values at least one
   * @return this
   */
  public PropagationCheckBuilder only(Rule... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("at least one rule");
    }
    rules = EnumSet.copyOf(List.of(values));
    return this;
  }

  /**
   * Sets what not to check.
   *
   * @param values rules, maybe none
   * @return this
   */
  public PropagationCheckBuilder skip(Rule... values) {
    rules = EnumSet.copyOf(rules);
    rules.removeAll(List.of(values));
    return this;
  }

  /**
   * Sets how many requests are sent under load; by default 3200.
   *
   * @param value at least 1
   * @return this
   */
  public PropagationCheckBuilder requests(int value) {
    requests = positive("requests", value);
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
    concurrency = positive("concurrency", value);
    return this;
  }

  private static int positive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + ": " + value + "; must be at least 1");
    }
    return value;
  }

  /**
   * Sets how long to wait for a response, and for a call; by default 5 seconds.
   *
   * @param value from 1 millisecond to 10 minutes
   * @return this
   */
  public PropagationCheckBuilder timeout(Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "time-out: " + value.toSeconds() + " seconds; allowed: 1 millisecond to 10 minutes");
    }
    timeout = value;
    return this;
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
    maxValueLength = chars;
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
    foreignHost = requireNonNull(name);
    return this;
  }

  PropagationCheckBuilder progress(Consumer<String> listener) {
    progress = listener;
    return this;
  }

  /**
   * Starts to listen.
   *
   * @return the check
   * @throws IOException if a port cannot be listened on
   */
  public PropagationCheck start() throws IOException {
    return PropagationCheck.start(this);
  }

  List<Integer> ports() {
    return ports;
  }

  InetAddress address() {
    return address;
  }

  /** Sets how long to wait for what may never come. */
  PropagationCheckBuilder settle(Duration value) {
    settle = value;
    return this;
  }

  StubResponses responses() {
    return new StubResponses(answer, Map.of());
  }

  SSLSocketFactory tls() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  Settings settings() {
    return new Settings(
        Settings.families(providers),
        allowed,
        rules,
        List.of(),
        Set.of(),
        RequestTemplate.GET,
        1,
        requests,
        concurrency,
        timeout,
        settle,
        null,
        maxValueLength,
        foreignHost,
        progress);
  }
}
