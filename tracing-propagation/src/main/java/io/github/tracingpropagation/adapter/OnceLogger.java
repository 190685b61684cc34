// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.PropagationObserver.RefusalCause;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs each message once per JVM, since some applications build and configure a client for each
 * call. Thread-safe.
 *
 * <p>Messages are retained, so they may contain class names and settings, but nothing of a request:
 * no address and no header's value.
 */
public final class OnceLogger {
  /** Strings only: a static set must not keep a class loader alive. */
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private final System.Logger logger;

  private OnceLogger(System.Logger logger) {
    this.logger = logger;
  }

  /**
   * Returns a logger.
   *
   * @param type its name is the name of the logger
   * @return a logger that shares the memory of its messages with all others
   */
  public static OnceLogger of(Class<?> type) {
    return new OnceLogger(System.getLogger(type.getName()));
  }

  /**
   * Logs a message unless it was logged before.
   *
   * @param level of the message
   * @param message the message
   */
  public void log(Level level, String message) {
    if (LOGGED.add(logger.getName() + ' ' + message)) {
      logger.log(level, message);
    }
  }

  /**
   * Logs at WARNING that a client forwards nothing.
   *
   * @param client the client or the kind of call, such as "a WebClient"
   * @param cause why, without a full stop
   * @param remedy what to do, as a sentence
   */
  public void notForwarded(String client, String cause, String remedy) {
    log(
        Level.WARNING,
        "No tracing headers are forwarded with " + client + ": " + cause + ". " + remedy);
  }

  /**
   * Logs at WARNING that a client forwards nothing, because it may send the headers to a host that
   * was not checked: for example, it follows redirects by itself.
   *
   * @param client the client or the kind of call, such as "a WebClient"
   * @param cause why, without a full stop
   * @param remedy what to do, as a sentence
   */
  public void mayReachOtherHost(String client, String cause, String remedy) {
    notForwarded(
        client, cause + ", which could send them to a host that may not receive them", remedy);
  }

  /**
   * Logs as {@link #notForwarded(String, String, String)}, and calls the observers each time.
   *
   * @param propagation has the observers
   * @param client the client or the kind of call, such as "a WebClient"
   * @param cause why it is not known to which request the call belongs, without a full stop
   * @param remedy what to do, as a sentence
   */
  public void notForwarded(
      TracingPropagation propagation, String client, String cause, String remedy) {
    notForwarded(client, cause, remedy);
    propagation.observer().refused(RefusalCause.UNKNOWN_CALLER, client, cause);
  }

  /**
   * Logs as {@link #mayReachOtherHost(String, String, String)}, and calls the observers each time.
   *
   * @param propagation has the observers
   * @param client the client or the kind of call, such as "a WebClient"
   * @param cause why, without a full stop
   * @param remedy what to do, as a sentence
   */
  public void mayReachOtherHost(
      TracingPropagation propagation, String client, String cause, String remedy) {
    mayReachOtherHost(client, cause, remedy);
    propagation.observer().refused(RefusalCause.UNKNOWN_HOST, client, cause);
  }

  /** Makes every message new. For tests, which share a JVM. */
  static void forget() {
    LOGGED.clear();
  }
}
