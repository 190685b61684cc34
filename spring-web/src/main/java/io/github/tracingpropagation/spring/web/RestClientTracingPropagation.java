// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInitializer;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Makes {@code RestClient} and {@code RestTemplate} forward the captured tracing headers. Each call
 * forwards what is current on the thread that makes it. Thread-safe: all methods are static.
 *
 * <p>Spring's request factory follows redirects by itself: no interceptor can check the next host.
 * So once {@link TracingPropagation#destinations() forwardTo} names hosts, only a request factory
 * from {@link #wrapAssumingNoRedirects} forwards; with any other one, the client forwards nothing
 * and logs one WARNING.
 */
public final class RestClientTracingPropagation {
  private RestClientTracingPropagation() {}

  /**
   * Makes a template forward. Call this last, after the interceptors were added: they run before
   * ours, which leaves what they set as it is. A second call with the same propagation does
   * nothing.
   *
   * <p>While the headers may go to any host, this adds an interceptor, and with any interceptor
   * Spring buffers the body of each request.
   *
   * @param template a template on which everything else is set
   * @param propagation what to forward, and to which hosts
   * @return the template
   */
  public static RestTemplate install(RestTemplate template, TracingPropagation propagation) {
    Forwarder forwarder = new Forwarder(propagation);
    if (forwarder.toAnyHost()) {
      add(new ForwardingInterceptor(forwarder), template.getInterceptors());
    } else {
      add(new RequestBinding(forwarder), template.getClientHttpRequestInitializers());
    }
    return template;
  }

  /**
   * Makes the clients of a builder forward. Call this last, after the interceptors were added: they
   * run before ours, which leaves what they set as it is. To a builder without interceptors none is
   * added, since with one Spring buffers the body of each request. A second call with the same
   * propagation does nothing.
   *
   * @param builder a builder on which everything else is set
   * @param propagation what to forward, and to which hosts
   * @return the builder
   */
  public static RestClient.Builder install(
      RestClient.Builder builder, TracingPropagation propagation) {
    Forwarder forwarder = new Forwarder(propagation);
    if (!forwarder.toAnyHost()) {
      return builder.requestInitializers(all -> add(new RequestBinding(forwarder), all));
    }
    if (isInstalled(builder, forwarder)) {
      return builder;
    }
    ForwardingInterceptor interceptor = new ForwardingInterceptor(forwarder);
    return interceptors(builder).isEmpty()
        ? builder
            .defaultRequest(request -> request.httpRequest(interceptor::forward))
            .requestInitializer(new Installed(forwarder))
        : builder.requestInterceptor(interceptor);
  }

  /** Marks a builder, and the clients of it, whose default request forwards: it is not readable. */
  private record Installed(Forwarder forwarder) implements ClientHttpRequestInitializer {
    @Override
    public void initialize(ClientHttpRequest request) {}
  }

  static boolean isInstalled(RestClient.Builder builder, Forwarder forwarder) {
    List<ClientHttpRequestInitializer> initializers = new ArrayList<>();
    builder.clone().requestInitializers(initializers::addAll);
    return initializers.contains(
            forwarder.toAnyHost() ? new Installed(forwarder) : new RequestBinding(forwarder))
        || interceptors(builder).contains(new ForwardingInterceptor(forwarder));
  }

  /** Of a copy, since a builder that was asked for them makes clients that intercept. */
  private static List<ClientHttpRequestInterceptor> interceptors(RestClient.Builder builder) {
    List<ClientHttpRequestInterceptor> interceptors = new ArrayList<>();
    builder.clone().requestInterceptors(interceptors::addAll);
    return interceptors;
  }

  private static <T> void add(T ours, List<? super T> all) {
    if (!all.contains(ours)) {
      all.add(ours);
    }
  }

  /**
   * Returns a request factory that forwards where a request is sent: below all interceptors, to the
   * host that is connected to, for each retry. A client needs nothing else; with {@code install},
   * too, an interceptor that calls on another thread does not change what is forwarded.
   *
   * <p>This cannot detect for each factory whether it follows redirects, which would send the
   * headers to any host: the caller states that it does not. {@code new
   * JdkClientHttpRequestFactory()} and {@code new ReactorClientHttpRequestFactory()} follow none. A
   * {@code SimpleClientHttpRequestFactory} is replaced by a copy that does not. A client of Apache
   * HttpClient 5 in which {@code ApacheHttpTracingPropagation} is installed may follow: it checks
   * the host of each hop itself.
   *
   * @param factory follows no redirect
   * @param propagation what to forward, and to which hosts
   * @return a factory that is as thread-safe as the given one
   * @throws IllegalArgumentException if only some hosts may have the headers, and the factory is
   *     one of Spring's that certainly follows
   */
  public static ClientHttpRequestFactory wrapAssumingNoRedirects(
      ClientHttpRequestFactory factory, TracingPropagation propagation) {
    requireNonNull(factory, "factory");
    Forwarder forwarder = new Forwarder(propagation);
    ClientHttpRequestFactory known = ForwardingRequestFactory.of(factory, forwarder);
    if (known != null) {
      return known;
    }
    if (!forwarder.toAnyHost()) {
      Redirects.refuseFollowing("factory", factory);
    }
    return new ForwardingRequestFactory(factory, forwarder);
  }
}
