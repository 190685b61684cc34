// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import java.io.File;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** The optional libraries are really absent: classes are loaded from a class path without them. */
class AbsentLibrariesTest {

  @Test
  void restClientAndTemplate_needSpringWebAlone() throws Exception {
    assertThat(call(Blocking.class, "spring-webflux", "reactor-", "context-propagation", "netty-"))
        .isEqualTo("install install wrapAssumingNoRedirects");
  }

  @Test
  void webClient_needsNoContextPropagation() throws Exception {
    assertThat(call(Reactive.class, "context-propagation"))
        .isEqualTo("install wrapAssumingNoRedirects");
  }

  private static Object call(Class<? extends Callable<?>> type, String... absent) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Stream.of(absent).noneMatch(new File(path).getName()::startsWith)) {
        urls.add(new File(path).toURI().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      return ((Callable<?>) loader.loadClass(type.getName()).getDeclaredConstructor().newInstance())
          .call();
    }
  }

  /** Returns the names of all public methods, for which each type in their signatures is loaded. */
  private static String methods(Class<?> type) {
    return String.join(
        " ",
        Stream.of(type.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .sorted()
            .toList());
  }

  /** Makes clients forward. */
  public static final class Blocking implements Callable<String> {
    /** For reflection. */
    public Blocking() {}

    @Override
    public String call() {
      RestClientTracingPropagation.install(new RestTemplate(), TracingPropagation.create());
      RestClientTracingPropagation.install(RestClient.builder(), TracingPropagation.create());
      return methods(RestClientTracingPropagation.class);
    }
  }

  /** Makes a client forward. */
  public static final class Reactive implements Callable<String> {
    /** For reflection. */
    public Reactive() {}

    @Override
    public String call() {
      WebClientTracingPropagation.install(WebClient.builder(), TracingPropagation.create());
      return methods(WebClientTracingPropagation.class);
    }
  }
}
