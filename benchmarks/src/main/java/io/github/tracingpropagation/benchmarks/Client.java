// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** What a request leaves with. */
@SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; these are none
public enum Client {
  /** A request is built. */
  OKHTTP {
    @Override
    Outbound<?> open() {
      HttpUrl url = HttpUrl.get(RATINGS);
      return new Outbound<>(
          () -> new Request.Builder().url(url),
          Request.Builder::header,
          Request.Builder::addHeader,
          Request.Builder::build);
    }
  },

  /** A request is built. */
  JDK {
    @Override
    Outbound<?> open() {
      return new Outbound<>(
          () -> HttpRequest.newBuilder(RATINGS),
          HttpRequest.Builder::setHeader,
          HttpRequest.Builder::setHeader,
          HttpRequest.Builder::build);
    }
  },

  /** The headers of a request of Jersey's are cleared, and set. */
  JAKARTA_REST {
    @Override
    Outbound<?> open() {
      CompletableFuture<MultivaluedMap<String, Object>> headers = new CompletableFuture<>();
      ClientRequestFilter filter =
          request -> {
            headers.complete(request.getHeaders());
            request.abortWith(Response.ok().build());
          };
      try (jakarta.ws.rs.client.Client jersey = ClientBuilder.newClient().register(filter)) {
        jersey.target(RATINGS).request().get().close();
      }
      MultivaluedMap<String, Object> map = headers.join();
      return new Outbound<>(
          () -> {
            map.clear();
            return map;
          },
          MultivaluedMap::putSingle,
          Client::put,
          set -> set);
    }
  };

  static final URI RATINGS = URI.create("http://ratings:9080/ratings/0");

  abstract Outbound<?> open();

  private static void put(MultivaluedMap<String, Object> headers, String name, String value) {
    List<Object> values = new ArrayList<>(1);
    values.add(value);
    headers.put(name, values);
  }
}
