// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import java.net.URI;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One hop of an outgoing request, as an HTTP client's adapter presents it to {@link
 * io.github.tracingpropagation.TracingPropagation#inject(io.github.tracingpropagation.CapturedHeaders,
 * OutboundRequest) inject}. For one thread.
 *
 * <p>To be presented as close to the socket as the client allows: after load balancing, for each
 * redirect and each retry, and after tracers have set their headers.
 */
public interface OutboundRequest {

  /**
   * Returns the host that this hop connects to.
   *
   * @return a name or an IP address, optionally with a port, as {@link
   *     io.github.tracingpropagation.Destinations#includes(String)} accepts it. Null if it is not
   *     known, or if other hosts may receive the same headers: then nothing is set, unless every
   *     host may receive them
   */
  @Nullable String host();

  /**
   * Returns the {@code Host} header, by which a proxy or a sidecar chooses the host. It must be
   * allowed, too.
   *
   * @return the value that the application has set; null if the client writes it from the URI. See
   *     {@link #oneHost} for a client with repeated headers
   */
  @Nullable String hostHeader();

  /**
   * Returns the names of the headers that the request already has. A family of headers of which one
   * is present is not set.
   *
   * @return the names, in any case; they are iterated over before the first header is set
   */
  Iterable<String> headerNames();

  /**
   * Sets a header.
   *
   * @param name in lower case; none of {@link #headerNames}
   * @param value printable ASCII
   */
  void setHeader(String name, String value);

  /**
   * Returns the host that all values of the {@code Host} header name, for {@link #hostHeader}.
   * Servers and proxies differ in which of several they go by (RFC 9112, section 3.2: a request
   * with two is invalid), so several are an unknown host.
   *
   * @param values of each {@code Host} header
   * @return the value, null if there is none; "", which is no host, if there are several
   */
  static @Nullable String oneHost(Collection<String> values) {
    return values.isEmpty() ? null : values.size() == 1 ? values.iterator().next() : "";
  }

  /**
   * Returns the host of a URI, for {@link #host}.
   *
   * @param uri of any kind
   * @return the host, also one for which {@link URI#getHost()} returns null, since it has an
   *     underscore; null if there is none
   */
  static @Nullable String hostOf(URI uri) {
    String host = uri.getHost();
    String authority = uri.getRawAuthority();
    return host != null || authority == null
        ? host
        : authority.substring(authority.indexOf('@') + 1);
  }
}
