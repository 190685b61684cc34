// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks a service from outside: listens where the service's dependency would be, sends requests to
 * the service, and compares the calls that arrive with the requests.
 *
 * <pre>{@code
 * try (PropagationCheck check = PropagationCheck.start()) {
 *   // start the service with check.uri() as the address of its dependency, then
 *   check.check(URI.create("http://localhost:8080/reviews/0")).assertKept();
 * }
 * }</pre>
 *
 * <p>Nothing else may call the listeners meanwhile. Values of headers that the check did not send
 * are neither kept nor reported. Threads may share an object; their checks run one after the other.
 */
public final class PropagationCheck implements AutoCloseable {
  private final Settings settings;
  private final Events events = new Events();
  private final SentValues values = new SentValues();
  private final List<Listener> listeners = new ArrayList<>();
  private final SslContext clientTls;
  private final @Nullable SslContext serverTls;
  private final @Nullable GrpcJson descriptors;
  private final EventLoopGroup threads = Wire.threads();
  private final Set<Integer> required = new HashSet<>();
  private int foreignPort;

  private PropagationCheck(Settings settings) throws IOException {
    this.settings = settings;
    this.clientTls = Wire.client(settings);
    this.serverTls = Wire.server(settings);
    this.descriptors = settings.protoset == null ? null : GrpcJson.of(settings.protoset);
  }

  /**
   * Starts a check with the defaults: a free port, B3 and {@code x-request-id}.
   *
   * @return the check, which listens
   * @throws IOException if it cannot listen
   */
  public static PropagationCheck start() throws IOException {
    return builder().start();
  }

  /**
   * Returns a builder.
   *
   * @return a new one
   */
  public static PropagationCheckBuilder builder() {
    return new PropagationCheckBuilder();
  }

  static PropagationCheck start(Settings settings) throws IOException {
    PropagationCheck check = new PropagationCheck(settings);
    try {
      for (int port : settings.ports) {
        check.required.add(check.listen(port));
      }
      for (int port : settings.optionalPorts) {
        check.listen(port);
      }
      if (settings.foreignHost != null) {
        check.foreignPort = check.listen(0);
      }
    } catch (IOException e) {
      check.close();
      throw e;
    }
    return check;
  }

  private int listen(int port) throws IOException {
    Listener listener = new Listener(threads, settings, port, events, values, serverTls);
    listeners.add(listener);
    return listener.port();
  }

  /**
   * Returns the ports where the service should find its dependencies.
   *
   * @return the ports, in the order in which they were given; the optional ones come last
   */
  public List<Integer> ports() {
    return listeners.stream().map(Listener::port).filter(port -> port != foreignPort).toList();
  }

  /**
   * Returns the first port.
   *
   * @return a port from 1 to 65535
   */
  public int port() {
    return listeners.get(0).port();
  }

  /**
   * Returns the URI of the first port, without a path.
   *
   * @return a URI such as {@code http://127.0.0.1:9081}
   */
  public URI uri() {
    String host =
        settings.address.isAnyLocalAddress() ? "127.0.0.1" : settings.address.getHostAddress();
    return URI.create(
        (settings.keyStore == null ? "http://" : "https://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + port());
  }

  /**
   * Checks a service. Takes some seconds.
   *
   * @param service what is requested, by http or https
   * @return the result of each rule
   * @throws IllegalArgumentException if the URI is not of this kind
   * @throws IllegalStateException if the service cannot be checked: it does not answer, or makes no
   *     call to each of the ports
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public CheckReport check(URI service) throws InterruptedException {
    return check(service.toString());
  }

  /**
   * Checks a service.
   *
   * @param service as for {@link #check(URI)}; <code>{n}</code> stands for a number that differs
   *     for each request, of seven digits
   * @return the result of each rule
   * @throws IllegalArgumentException if the URI is not of this kind
   * @throws IllegalStateException if the service cannot be checked
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public synchronized CheckReport check(String service) throws InterruptedException {
    ServiceUri.of(service.replace(RequestSender.NUMBER, "0"));
    RequestSender sender = new RequestSender(threads, settings, clientTls, service, events);
    events.open();
    try (ServiceUnderTest target = new ServiceUnderTest(settings, events, values, sender)) {
      if (settings.request().json()) {
        sender.encode(descriptors);
      }
      return new CheckRun(target, required, foreignPort).run();
    } finally {
      events.close(settings.answer);
    }
  }

  /** Stops listening. */
  @Override
  public void close() {
    listeners.forEach(Listener::close);
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
