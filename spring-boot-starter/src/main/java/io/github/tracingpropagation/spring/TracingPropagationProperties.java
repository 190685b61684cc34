// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.adapter.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings. Each is null if absent, except for the switches. IDEs show the descriptions.
 *
 * @param enabled Whether tracing headers are captured and forwarded. False switches off all that
 *     the starter does.
 * @param providers Tracing providers whose headers are forwarded, or one of "all" and "none". The
 *     default is all, without the headers that a tracing agent in this JVM writes.
 * @param additionalHeaders Names of further headers to forward, at most 41. Credentials, such as
 *     "authorization", require forward-to to name each host. Headers of one message, such as
 *     "range", are refused.
 * @param forwardTo Hosts that may receive the headers: names, "*." and a name, IP addresses,
 *     "in-mesh"; or "any", which is the default. Once it names hosts, HTTP clients do not follow
 *     redirects.
 * @param maxValueLength Length in chars, from 1 to 65536, over which the value of a header is
 *     dropped. The default is 4096.
 * @param reactor Whether a chain of Reactor forwards, on each thread, the headers of the thread
 *     that subscribes to it. In reactive web applications a chain has its headers in any case.
 * @param mdc Whether the captured x-request-id is in the logging context (MDC) of each thread.
 * @param messaging Whether messages that a request sends to Kafka or RabbitMQ get its headers, too.
 *     They have no host, so once forward-to names hosts, they get none.
 */
@ConfigurationProperties(TracingPropagationProperties.PREFIX)
record TracingPropagationProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable List<String> providers,
    @Nullable List<String> additionalHeaders,
    @Nullable List<String> forwardTo,
    @Nullable Integer maxValueLength,
    @DefaultValue("true") boolean reactor,
    @DefaultValue("false") boolean mdc,
    @DefaultValue("false") boolean messaging,
    @DefaultValue Beans beans) {

  static final String PREFIX = "tracing.propagation";
  static final String ENABLED = PREFIX + ".enabled";
  static final String REACTOR = PREFIX + ".reactor";
  static final String MDC = PREFIX + ".mdc";
  static final String MESSAGING = PREFIX + ".messaging";
  static final String BEANS = PREFIX + ".beans";

  /**
   * The kinds of beans that the starter changes, each of which can be switched off.
   *
   * @param restTemplate Whether RestTemplate beans, and those that RestTemplateBuilder builds,
   *     forward.
   * @param restClient Whether beans of RestClient and of its builder forward.
   * @param webClient Whether beans of WebClient and of its builder forward.
   * @param okHttp Whether OkHttpClient beans forward.
   * @param apacheHttpClient Whether beans of Apache HttpClient 5 forward.
   * @param jdkHttpClient Whether beans of java.net.http.HttpClient forward.
   * @param executor Whether tasks of executors that are beans have the headers of the thread that
   *     submits them.
   * @param circuitBreaker Whether calls through circuit breakers, time limiters and bulkheads have
   *     the headers of their caller.
   * @param kafka Whether Kafka's listeners have the headers of the record.
   * @param rabbit Whether RabbitMQ's listeners have the headers of the message.
   * @param grpc Whether gRPC services capture headers, and gRPC channels forward them.
   */
  record Beans(
      @DefaultValue("true") boolean restTemplate,
      @DefaultValue("true") boolean restClient,
      @DefaultValue("true") boolean webClient,
      @DefaultValue("true") boolean okHttp,
      @DefaultValue("true") boolean apacheHttpClient,
      @DefaultValue("true") boolean jdkHttpClient,
      @DefaultValue("true") boolean executor,
      @DefaultValue("true") boolean circuitBreaker,
      @DefaultValue("true") boolean kafka,
      @DefaultValue("true") boolean rabbit,
      @DefaultValue("true") boolean grpc) {}

  /** Returns the switches by their keys. */
  Map<String, Boolean> switches() {
    Map<String, Boolean> all = new LinkedHashMap<>();
    all.put(ENABLED, enabled);
    all.put(REACTOR, reactor);
    all.put(MDC, mdc);
    all.put(MESSAGING, messaging);
    all.put(BEANS + ".rest-template", beans.restTemplate);
    all.put(BEANS + ".rest-client", beans.restClient);
    all.put(BEANS + ".web-client", beans.webClient);
    all.put(BEANS + ".ok-http", beans.okHttp);
    all.put(BEANS + ".apache-http-client", beans.apacheHttpClient);
    all.put(BEANS + ".jdk-http-client", beans.jdkHttpClient);
    all.put(BEANS + ".executor", beans.executor);
    all.put(BEANS + ".circuit-breaker", beans.circuitBreaker);
    all.put(BEANS + ".kafka", beans.kafka);
    all.put(BEANS + ".rabbit", beans.rabbit);
    all.put(BEANS + ".grpc", beans.grpc);
    return all;
  }

  /** Returns the text form of a setting that the core parses, or null if it is absent. */
  @Nullable String text(String key) {
    for (Setting setting : Setting.values()) {
      if (setting.key().equals(key)) {
        return text(setting);
      }
    }
    return null;
  }

  private @Nullable String text(Setting setting) {
    return switch (setting) {
      case PROVIDERS -> join(providers);
      case ADDITIONAL_HEADERS -> join(additionalHeaders);
      case FORWARD_TO -> join(forwardTo);
      case MAX_VALUE_LENGTH -> maxValueLength == null ? null : maxValueLength.toString();
    };
  }

  private static @Nullable String join(@Nullable List<String> items) {
    return items == null ? null : String.join(",", items);
  }
}
