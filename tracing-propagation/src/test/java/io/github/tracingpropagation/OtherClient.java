// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;
import reactor.netty.http.client.HttpClientResponse;

/** Clients without an adapter: with their defaults, and configured not to follow redirects. */
@SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; inject passes it on
enum OtherClient {
  JDK(false, "JDK `HttpClient`", "leave `followRedirects` at `NEVER`, the default") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      propagation.inject(Context.current(), uri, request, HttpRequest.Builder::setHeader);
      return java.net.http.HttpClient.newHttpClient()
          .send(request.build(), BodyHandlers.discarding())
          .statusCode();
    }
  },

  URL_CONNECTION(
      true,
      "`HttpURLConnection`",
      "`connection.setInstanceFollowRedirects(false)`; the static `setFollowRedirects` is true at"
          + " first") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      if (safely) {
        connection.setInstanceFollowRedirects(false);
      }
      propagation.inject(Context.current(), uri, connection, HttpURLConnection::setRequestProperty);
      return connection.getResponseCode();
    }
  },

  APACHE(true, "Apache HttpClient 5", "`HttpClientBuilder.disableRedirectHandling()`") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception {
      HttpClientBuilder client = HttpClients.custom();
      if (safely) {
        client.disableRedirectHandling();
      }
      HttpGet request = new HttpGet(uri);
      propagation.inject(Context.current(), uri, request, HttpGet::setHeader);
      return execute(client, null, request);
    }
  },

  APACHE_4(true, "Apache HttpClient 4", "`HttpClientBuilder.disableRedirectHandling()`") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception {
      return ApacheClient4.callOnce(propagation, uri, safely);
    }
  },

  OKHTTP(true, "OkHttp, for calls that `install` cannot see", "`followRedirects(false)`") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception {
      OkHttpClient client = new OkHttpClient.Builder().followRedirects(!safely).build();
      okhttp3.Request.Builder request = new okhttp3.Request.Builder().url(uri.toString());
      propagation.inject(Context.current(), uri, request, okhttp3.Request.Builder::header);
      try (Response response = client.newCall(request.build()).execute()) {
        return response.code();
      }
    }
  },

  JETTY(true, "Jetty `HttpClient`", "`client.setFollowRedirects(false)`") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception {
      HttpClient client = new HttpClient();
      if (safely) {
        client.setFollowRedirects(false);
      }
      client.start();
      try {
        Request request = client.newRequest(uri);
        propagation.inject(
            Context.current(),
            uri,
            request,
            (to, name, value) -> to.headers(headers -> headers.put(name, value)));
        return request.send().getStatus();
      } finally {
        client.stop();
      }
    }
  },

  REACTOR_NETTY(
      false,
      "Reactor Netty `HttpClient`",
      "leave `followRedirect` off, the default, or use the [module](../reactor-netty/README.md)") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) {
      Context context = Context.current(); // the callback of headers(...) may run on another thread
      HttpClientResponse response =
          reactor.netty.http.client.HttpClient.create()
              .headers(
                  headers ->
                      propagation.inject(
                          context, uri, headers, (to, name, value) -> to.set(name, value)))
              .get()
              .uri(uri)
              .response()
              .block();
      return response.status().code();
    }
  },

  SPRING_SIMPLE(
      true,
      "Spring `SimpleClientHttpRequestFactory`",
      "override `prepareConnection`, and there `setInstanceFollowRedirects(false)` after `super`") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) {
      return rest(
          propagation, uri, safely ? new Unfollowing() : new SimpleClientHttpRequestFactory());
    }
  },

  SPRING_JDK(false, "Spring `JdkClientHttpRequestFactory`", "as the JDK's `HttpClient`") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) {
      return rest(propagation, uri, new JdkClientHttpRequestFactory());
    }
  },

  SPRING_APACHE(
      true,
      "Spring `HttpComponentsClientHttpRequestFactory`",
      "give it a client of Apache's with `disableRedirectHandling()`") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception {
      HttpClientBuilder builder = HttpClients.custom();
      if (safely) {
        builder.disableRedirectHandling();
      }
      try (CloseableHttpClient client = builder.build()) {
        return rest(propagation, uri, new HttpComponentsClientHttpRequestFactory(client));
      }
    }
  },

  SPRING_JETTY(
      true,
      "Spring `JettyClientHttpRequestFactory`",
      "give it a client of Jetty's with `setFollowRedirects(false)`") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception {
      HttpClient client = new HttpClient();
      if (safely) {
        client.setFollowRedirects(false);
      }
      JettyClientHttpRequestFactory factory = new JettyClientHttpRequestFactory(client);
      try {
        factory.afterPropertiesSet();
        return rest(propagation, uri, factory);
      } finally {
        factory.destroy();
      }
    }
  },

  SPRING_REACTOR(false, "Spring `ReactorClientHttpRequestFactory`", "as Reactor Netty's client") {
    @Override
    int call(TracingPropagation propagation, URI uri, boolean safely) {
      return rest(propagation, uri, new ReactorClientHttpRequestFactory());
    }
  };

  /** Whether the client follows redirects by default. */
  final boolean follows;

  private final String client;
  private final String advice;

  OtherClient(boolean follows, String client, String advice) {
    this.follows = follows;
    this.client = client;
    this.advice = advice;
  }

  /** Makes one call, with the defaults or without following redirects, and returns the status. */
  abstract int call(TracingPropagation propagation, URI uri, boolean safely) throws Exception;

  /** Returns the row of the table in docs/redirects.md. */
  String row() {
    return "| " + client + " | " + (follows ? "yes" : "no") + " | " + advice + " |";
  }

  /**
   * Calls with Apache HttpClient and an interceptor that injects on each hop.
   *
   * @param route the host to connect to; null for that of the request
   */
  static int apachePerHop(TracingPropagation propagation, @Nullable HttpHost route, HttpGet get)
      throws IOException {
    HttpClientBuilder client = HttpClients.custom();
    client.addRequestInterceptorLast(
        (request, entity, context) -> {
          HttpHost target = HttpClientContext.cast(context).getHttpRoute().getTargetHost();
          // The authority is what a proxy connects to.
          if (propagation.destinations().includes(request.getAuthority().getHostName())) {
            propagation.inject(CapturedHeaders.current(), new ApacheHop(target, request));
          }
        });
    return execute(client, route, get);
  }

  static int execute(HttpClientBuilder client, @Nullable HttpHost target, HttpGet request)
      throws IOException {
    try (CloseableHttpClient built = client.build()) {
      return built.execute(target, request, response -> response.getCode());
    }
  }

  private static int rest(
      TracingPropagation propagation, URI uri, ClientHttpRequestFactory factory) {
    RestTemplate rest = new RestTemplate(factory);
    rest.getInterceptors()
        .add(
            (request, body, execution) -> {
              propagation.inject(
                  Context.current(), request.getURI(), request.getHeaders(), HttpHeaders::set);
              return execution.execute(request, body);
            });
    return rest.getForEntity(uri, Void.class).getStatusCode().value();
  }

  private static final class Unfollowing extends SimpleClientHttpRequestFactory {
    @Override
    protected void prepareConnection(HttpURLConnection connection, String method)
        throws IOException {
      super.prepareConnection(connection, method);
      connection.setInstanceFollowRedirects(false);
    }
  }
}
