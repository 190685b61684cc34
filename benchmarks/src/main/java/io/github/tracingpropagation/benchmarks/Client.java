// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** What a request leaves with. */
@SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; these are none
public enum Client {
  /** A request is built. */
  OKHTTP {
    @Override
    Outbound<?> open(Contender contender) {
      requireNoLibrary(contender);
      HttpUrl url = HttpUrl.get(RATINGS);
      return new Outbound<>(
          () -> new Request.Builder().url(url),
          Request.Builder::header,
          Request.Builder::addHeader,
          Request.Builder::build);
    }
  },

  /** A request is built, and sent by a client that answers itself. */
  JDK {
    @Override
    Outbound<?> open(Contender contender) {
      return JdkClient.open(contender);
    }
  },

  /** A request goes through a whole classic client to a connection that answers itself. */
  APACHE {
    @Override
    Outbound<?> open(Contender contender) {
      return ApacheClient.open(contender);
    }
  },

  /** The same of the async client, on the caller's thread. */
  APACHE_ASYNC {
    @Override
    Outbound<?> open(Contender contender) {
      return ApacheAsyncClient.open(contender);
    }
  },

  /** A request goes through a whole client to a connection in memory, new for each. */
  REACTOR_NETTY {
    @Override
    Outbound<?> open(Contender contender) {
      return ReactorNettyClient.open(contender);
    }
  },

  /** A unary call on a channel that answers itself. */
  GRPC {
    @Override
    Outbound<?> open(Contender contender) {
      return GrpcChannel.open(contender);
    }
  },

  /** The same call, made by a gRPC service while it serves one that has the inbound headers. */
  GRPC_SERVER {
    @Override
    Outbound<?> open(Contender contender) {
      return GrpcChannel.open(contender);
    }

    @Override
    Supplier<Object> hop(InboundRequest inbound, Contender contender) {
      return GrpcService.hop(inbound.arrive(), contender);
    }
  },

  /** The headers of a request of Jersey's are cleared, and set. */
  JAKARTA_REST {
    @Override
    Outbound<?> open(Contender contender) {
      requireNoLibrary(contender);
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

  /**
   * Returns a client in which the library of a contender is installed, if it is one.
   *
   * @throws IllegalArgumentException if the contender has no library for this client
   */
  abstract Outbound<?> open(Contender contender);

  /** Returns a hop of this client. */
  Supplier<Object> hop(InboundRequest inbound, Contender contender) {
    return open(contender).hop(inbound, contender);
  }

  void requireNoLibrary(Contender contender) {
    if (contender.isLibrary()) {
      throw new IllegalArgumentException(contender + " is not measured with " + this);
    }
  }

  private static void put(MultivaluedMap<String, Object> headers, String name, String value) {
    List<Object> values = new ArrayList<>(1);
    values.add(value);
    headers.put(name, values);
  }
}
