// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.adapter.InvalidSettingException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Whether a request factory or a connector of Spring's follows redirects, as far as that can be
 * read. Most of it is in private fields; what is not readable, or of another class, is unknown.
 */
enum Redirects {
  /** Certainly none. */
  NONE,
  /** They are followed, unless a request says otherwise. */
  FOLLOWED,
  /** The adapter of Apache HttpClient 5 is installed beneath: it forwards, and checks each hop. */
  CHECKED,
  UNKNOWN;

  private static final String SPRING = "org.springframework.http.client.";
  private static final String APACHE = "org.apache.hc.client5.http.impl.classic.";
  private static final String TRACED_JDK_CLIENT =
      "io.github.tracingpropagation.jdkhttp.TracedHttpClient";
  private static final String APACHE_ADAPTER = "io.github.tracingpropagation.httpclient5.";

  /** Those of Apache's strategies that follow. */
  private static final Set<String> FOLLOWING =
      Set.of("org.apache.hc.client5.http.impl.DefaultRedirectStrategy");

  /** Returns what is known of a {@code ClientHttpRequestFactory} or {@code ClientHttpConnector}. */
  static Redirects of(Object sender) {
    String type = sender.getClass().getName();
    if (sender instanceof NonRedirectingFactory) {
      return NONE;
    }
    if (!type.startsWith(SPRING)) {
      return UNKNOWN;
    }
    return switch (type.substring(SPRING.length())) {
      case "SimpleClientHttpRequestFactory" -> FOLLOWED;
      case "JdkClientHttpRequestFactory", "reactive.JdkClientHttpConnector" ->
          ofJdk(read(sender, "httpClient"));
      case "ReactorClientHttpRequestFactory", "reactive.ReactorClientHttpConnector" ->
          ofReactor(read(sender, "httpClient"));
      case "JettyClientHttpRequestFactory", "reactive.JettyClientHttpConnector" ->
          ofJetty(read(sender, "httpClient"));
      case "HttpComponentsClientHttpRequestFactory" -> ofApache(read(sender, "httpClient"));
      case "BufferingClientHttpRequestFactory" -> {
        Object delegate = read(sender, "requestFactory");
        yield delegate == null ? UNKNOWN : of(delegate);
      }
      default -> UNKNOWN;
    };
  }

  /**
   * Throws if a factory or a connector certainly follows.
   *
   * @throws InvalidSettingException which names it, and what is allowed
   */
  static void refuseFollowing(String parameter, Object sender) {
    if (of(sender) == FOLLOWED) {
      String type = sender.getClass().getName();
      throw new InvalidSettingException(
          parameter,
          null,
          type,
          "\""
              + type
              + "\" follows redirects, which could send the headers to a host that may not receive"
              + " them; allowed: one that does not follow redirects");
    }
  }

  private static Redirects ofJdk(@Nullable Object client) {
    if (!(client instanceof HttpClient jdk)) {
      return UNKNOWN;
    }
    if (jdk.followRedirects() != HttpClient.Redirect.NEVER) {
      return FOLLOWED;
    }
    boolean known =
        client.getClass().getModule() == HttpClient.class.getModule()
            || client.getClass().getName().equals(TRACED_JDK_CLIENT);
    return known ? NONE : UNKNOWN;
  }

  private static Redirects ofReactor(@Nullable Object client) {
    Object configuration = client == null ? null : call(client, "configuration");
    if (configuration == null) {
      return UNKNOWN; // not yet started
    }
    Object predicate = call(configuration, "followRedirectPredicate");
    if (predicate == null) {
      return NONE;
    }
    return predicate == UNKNOWN ? UNKNOWN : FOLLOWED;
  }

  private static Redirects ofJetty(@Nullable Object client) {
    Object follows = client == null ? null : call(client, "isFollowRedirects");
    if (!(follows instanceof Boolean known)) {
      return UNKNOWN;
    }
    return known ? FOLLOWED : NONE;
  }

  /** Of a client that Apache's builder has built: a linked list of handlers. */
  private static Redirects ofApache(@Nullable Object client) {
    Object element = client == null ? null : read(client, "execChain");
    Redirects redirects = NONE;
    while (element != null) {
      Object handler = read(element, "handler");
      if (handler == null) {
        return UNKNOWN;
      }
      String type = handler.getClass().getName();
      if (type.equals(APACHE + "RedirectExec")) {
        Object strategy = read(handler, "redirectStrategy");
        redirects =
            strategy != null && FOLLOWING.contains(strategy.getClass().getName())
                ? FOLLOWED
                : UNKNOWN;
      } else if (type.equals(APACHE + "MainClientExec")) { // the last one
        return hasAdapter(handler) ? CHECKED : redirects;
      }
      element = read(element, "next");
    }
    return UNKNOWN;
  }

  /**
   * Returns whether the adapter of Apache HttpClient 5 is installed in a client, classic or
   * asynchronous, that Apache's builder has built.
   */
  static boolean isInstalledInApache(Object client) {
    Object element = read(client, "execChain");
    while (element != null) {
      Object handler = read(element, "handler");
      if (handler != null && hasAdapter(handler)) {
        return true;
      }
      element = read(element, "next");
    }
    return false;
  }

  private static boolean hasAdapter(Object mainExec) {
    Object processor = read(mainExec, "httpProcessor");
    Object interceptors = processor == null ? null : read(processor, "requestInterceptors");
    if (interceptors == null || !interceptors.getClass().isArray()) {
      return false;
    }
    for (int i = 0; i < Array.getLength(interceptors); i++) {
      if (Array.get(interceptors, i).getClass().getName().startsWith(APACHE_ADAPTER)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the value of a field, or null if it cannot be read. */
  static @Nullable Object read(Object object, String name) {
    try {
      Field field = ReflectionUtils.findField(object.getClass(), name);
      if (field == null) {
        return null;
      }
      ReflectionUtils.makeAccessible(field);
      return ReflectionUtils.getField(field, object);
    } catch (RuntimeException e) {
      return null; // a module that is not open
    }
  }

  /** Returns what a method returns, or {@link #UNKNOWN} if it cannot be called. */
  private static @Nullable Object call(Object object, String name) {
    try {
      Method method = ReflectionUtils.findMethod(object.getClass(), name);
      if (method == null) {
        return UNKNOWN;
      }
      ReflectionUtils.makeAccessible(method);
      return ReflectionUtils.invokeMethod(method, object);
    } catch (RuntimeException e) {
      return UNKNOWN;
    }
  }
}
