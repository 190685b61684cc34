// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.context.Scope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows redirects in the place of Jersey, hop by hop and each through the client's filters, so
 * that each is a destination of its own.
 *
 * <p>Jersey's connectors follow beneath the filters, with every header of the first request, to any
 * host. Other clients follow nothing unless they are told to.
 */
final class Redirects {
  private static final String JERSEY_FOLLOWS = "jersey.config.client.followRedirects";
  private static final String HOPS = Redirects.class.getName() + ".hops";
  private static final String OWN_HEADERS = Redirects.class.getName() + ".ownHeaders";

  /** As many as the JDK's own client follows. */
  private static final int MAX_HOPS = 20;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

  private Redirects() {}

  /**
   * Keeps Jersey from following this request's redirects, if it would.
   *
   * @param ownHeaders the names of the headers that are not ours
   */
  static void takeOver(ClientRequestContext request, Set<String> ownHeaders) {
    boolean again = request.getProperty(HOPS) != null;
    if (again || (Engine.of(request.getClient()) == Engine.JERSEY && follows(request))) {
      request.setProperty(JERSEY_FOLLOWS, false);
      request.setProperty(HOPS, again ? request.getProperty(HOPS) : 0);
      request.setProperty(OWN_HEADERS, ownHeaders);
    }
  }

  /** Puts the response of the next hop in the place of a redirect, if it was taken over. */
  @SuppressWarnings("try") // a scope is only there to be closed
  static void follow(ClientRequestContext request, ClientResponseContext response) {
    if (!(request.getProperty(HOPS) instanceof Integer hops) || hops >= MAX_HOPS) {
      return;
    }
    URI next = location(request, response);
    String method = method(request.getMethod(), response.getStatus());
    Entity<?> entity = method.equals(request.getMethod()) ? entity(request) : null;
    if (next == null || (entity != null && entity.getEntity() instanceof InputStream)) {
      return; // nowhere to go, or a body that is spent: the application gets the redirect itself
    }
    Invocation.Builder hop = request.getClient().target(next).request();
    request.getPropertyNames().forEach(name -> hop.property(name, request.getProperty(name)));
    hop.property(HOPS, hops + 1).headers(headers(request, next, entity != null));
    try (Scope scope = ClientFilter.callerOf(request).makeCurrent()) {
      replace(response, entity == null ? hop.method(method) : hop.method(method, entity));
    }
  }

  private static boolean follows(ClientRequestContext request) {
    Object setting = request.getProperty(JERSEY_FOLLOWS);
    if (setting == null) {
      setting = request.getConfiguration().getProperty(JERSEY_FOLLOWS);
    }
    return setting == null || Boolean.parseBoolean(setting.toString());
  }

  /** Returns where a redirect leads, or null if it leads nowhere or to another scheme. */
  private static @Nullable URI location(
      ClientRequestContext request, ClientResponseContext response) {
    String location = response.getHeaderString(HttpHeaders.LOCATION);
    if (location == null || !REDIRECTS.contains(response.getStatus())) {
      return null;
    }
    try {
      URI next = request.getUri().resolve(location);
      return request.getUri().getScheme().equalsIgnoreCase(next.getScheme()) ? next : null;
    } catch (IllegalArgumentException e) {
      return null; // not a URI
    }
  }

  /** As browsers and the JDK do it: only 307 and 308 repeat a POST. */
  private static String method(String method, int status) {
    boolean repeats = status >= 307 || (status != 303 && !method.equals(HttpMethod.POST));
    return repeats || method.equals(HttpMethod.HEAD) ? method : HttpMethod.GET;
  }

  private static @Nullable Entity<?> entity(ClientRequestContext request) {
    Object entity = request.getEntity();
    return entity == null ? null : Entity.entity(entity, request.getMediaType());
  }

  /** Returns the request's headers without ours, and without what another host must not see. */
  private static MultivaluedMap<String, Object> headers(
      ClientRequestContext request, URI next, boolean withEntity) {
    MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    boolean sameHost = Objects.equals(request.getUri().getAuthority(), next.getAuthority());
    Set<?> own = (Set<?>) requireNonNull(request.getProperty(OWN_HEADERS));
    request
        .getHeaders()
        .forEach(
            (name, values) -> {
              String lowerCase = name.toLowerCase(Locale.ROOT);
              if (own.contains(name)
                  && (sameHost || !CREDENTIALS.contains(lowerCase))
                  && (withEntity || !lowerCase.startsWith("content-"))) {
                headers.put(name, values);
              }
            });
    return headers;
  }

  private static void replace(ClientResponseContext response, Response next) {
    response.setStatusInfo(next.getStatusInfo());
    response.getHeaders().clear();
    response.getHeaders().putAll(next.getStringHeaders());
    response.setEntityStream(next.readEntity(InputStream.class));
  }
}
