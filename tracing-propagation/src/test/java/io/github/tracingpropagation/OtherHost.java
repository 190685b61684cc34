// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;

/** What can name another host than the URI that inject is given. */
@SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; inject passes it on
enum OtherHost {
  TARGET(
      "the target of Apache HttpClient 5's `execute(target, request)`, or its route planner",
      "the target gets the headers, whatever the URI says",
      "the [module](../apache-httpclient/README.md) checks it",
      true) {
    @Override
    void call(TracingPropagation propagation, URI uri, URI other, boolean safely) throws Exception {
      HttpHost target = HttpHost.create(other);
      HttpGet request = new HttpGet(uri);
      if (safely) {
        OtherClient.apachePerHop(propagation, target, request);
      } else {
        propagation.inject(Context.current(), uri, request, HttpGet::setHeader);
        OtherClient.execute(HttpClients.custom(), target, request);
      }
    }
  },

  HOST_HEADER(
      "a `Host` header set by hand, by which a sidecar, a proxy or a virtual host is chosen",
      "each client above sends it, except the JDK's two and Spring's factories for them, which"
          + " refuse or ignore it",
      "inject only if `propagation.destinations().includes(host)`, too",
      true) {
    @Override
    void call(TracingPropagation propagation, URI uri, URI other, boolean safely) throws Exception {
      String host = other.getRawAuthority();
      Request.Builder request = new Request.Builder().url(uri.toString()).header("Host", host);
      if (!safely || propagation.destinations().includes(host)) {
        propagation.inject(Context.current(), uri, request, Request.Builder::header);
      }
      new OkHttpClient().newCall(request.build()).execute().close();
    }
  },

  LATER_URI(
      "a URI that is changed later: by `HttpRequest.Builder.uri`, Jetty's `Request.host`, an"
          + " interceptor of OkHttp",
      "the later host gets the headers",
      "inject last",
      true) {
    @Override
    void call(TracingPropagation propagation, URI uri, URI other, boolean safely) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      if (!safely) {
        propagation.inject(Context.current(), uri, request, HttpRequest.Builder::setHeader);
      }
      request.uri(other);
      if (safely) {
        propagation.inject(Context.current(), other, request, HttpRequest.Builder::setHeader);
      }
      HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding());
    }
  },

  PROXY(
      "a proxy of the client",
      "it sees the headers, unless the call is encrypted",
      "it is not checked: do not use a proxy that must not see the headers",
      false) {
    @Override
    void call(TracingPropagation propagation, URI uri, URI other, boolean safely) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      propagation.inject(Context.current(), uri, request, HttpRequest.Builder::setHeader);
      HttpClient.newBuilder()
          .proxy(ProxySelector.of(new InetSocketAddress(other.getHost(), other.getPort())))
          .build()
          .send(request.build(), BodyHandlers.discarding());
    }
  },

  ADDRESS(
      "another address for the name: by DNS, an `HttpHost` with an address, a Unix socket, SNI set by"
          + " hand",
      "that address gets the headers",
      "it is not checked: the library compares names and resolves none",
      false) {
    @Override
    void call(TracingPropagation propagation, URI uri, URI other, boolean safely) throws Exception {
      Request.Builder request =
          new Request.Builder().url("http://ratings:" + other.getPort() + other.getPath());
      propagation.inject(
          Context.current(), URI.create("http://ratings"), request, Request.Builder::header);
      new OkHttpClient.Builder()
          .dns(name -> List.of(InetAddress.getByName(other.getHost())))
          .build()
          .newCall(request.build())
          .execute()
          .close();
    }
  };

  /** Whether the advice keeps the headers from the other host. */
  final boolean hasRemedy;

  private final String row;

  OtherHost(String what, String effect, String advice, boolean hasRemedy) {
    row = "| " + String.join(" | ", what, effect, advice) + " |";
    this.hasRemedy = hasRemedy;
  }

  /**
   * Makes one call.
   *
   * @param uri the URI that inject is given, or should be
   * @param other has the host that may not receive the headers
   * @param safely whether to follow the advice
   */
  abstract void call(TracingPropagation propagation, URI uri, URI other, boolean safely)
      throws Exception;

  /** Returns the row of the table in docs/redirects.md. */
  String row() {
    return row;
  }
}
