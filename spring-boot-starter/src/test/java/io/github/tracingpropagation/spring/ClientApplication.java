// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Starts applications whose clients are beans, and calls with each of them. */
final class ClientApplication implements AutoCloseable {
  static final String REQUEST_ID = "x-request-id: abc";
  static final String HOSTS = "tracing.propagation.forward-to=127.0.0.1";

  private final Class<?> source;
  private final ConfigurableApplicationContext context;

  private ClientApplication(Class<?> source, ConfigurableApplicationContext context) {
    this.source = source;
    this.context = context;
  }

  static ClientApplication start(Class<?> source, String... properties) {
    return new ClientApplication(
        source,
        Applications.builder(source, properties)
            .properties(Applications.EMPTY_INVENTORY)
            .web(WebApplicationType.NONE)
            .run());
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  /** Returns why each bean does not forward, "" if it does. */
  Map<String, String> reasons() {
    Map<String, String> reasons = new HashMap<>();
    for (Inventory.Entry entry : context.getBean(Inventory.class).entries()) {
      reasons.put(entry.bean(), entry.reason() == null ? "" : entry.reason());
    }
    reasons.remove(BlockingClientConfiguration.PROPERTY);
    return reasons;
  }

  /** Calls with each client, and lets the test look at what has arrived, with the bean's name. */
  void callWithEach(Downstream ratings, Consumer<String> test) {
    callWithEach(ratings, test, () -> {});
  }

  /** As above, where each call is redirected to another host. */
  void callWithEachAndRedirect(Downstream ratings, Consumer<String> test) {
    callWithEach(ratings, test, () -> ratings.redirect("/1", 302, ratings.otherHost("/2")));
  }

  @SuppressWarnings("try") // the scope is only closed
  private void callWithEach(Downstream ratings, Consumer<String> test, Runnable prepare) {
    calls()
        .forEach(
            (name, call) -> {
              ratings.reset();
              prepare.run();
              try (Scope scope = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
                call.send(ratings.uri("/1"));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
              test.accept(name);
            });
  }

  private interface Call {
    void send(URI uri) throws Exception;
  }

  private Map<String, Call> calls() {
    Map<String, Call> calls = new HashMap<>();
    for (String name :
        Stream.of(source.getDeclaredMethods())
            .map(Method::getName)
            .filter(context::containsBean)
            .toList()) {
      Object bean = context.getBean(name);
      if (bean instanceof RestTemplate template) {
        calls.put(name, uri -> template.getForEntity(uri, String.class));
      } else if (bean instanceof RestTemplateBuilder builder) {
        calls.put(name, uri -> builder.build().getForEntity(uri, String.class));
      } else if (bean instanceof RestClient client) {
        calls.put(name, uri -> client.get().uri(uri).retrieve().toBodilessEntity());
      } else if (bean instanceof RestClient.Builder builder) {
        calls.put(name, uri -> builder.build().get().uri(uri).retrieve().toBodilessEntity());
      } else if (bean instanceof WebClient client) {
        calls.put(name, uri -> client.get().uri(uri).retrieve().toBodilessEntity().block());
      } else if (bean instanceof WebClient.Builder builder) {
        calls.put(
            name, uri -> builder.build().get().uri(uri).retrieve().toBodilessEntity().block());
      } else if (bean instanceof HttpClient client) {
        calls.put(
            name,
            uri -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()));
      } else if (bean instanceof CloseableHttpClient client) {
        calls.put(name, uri -> client.execute(new HttpGet(uri), response -> null));
      } else if (bean instanceof CloseableHttpAsyncClient client) {
        calls.put(
            name,
            uri -> client.execute(SimpleRequestBuilder.get(uri).build(), null).get(30, SECONDS));
      }
    }
    assertThat(calls).isNotEmpty();
    return calls;
  }

  @Override
  public void close() {
    context.close();
  }
}
