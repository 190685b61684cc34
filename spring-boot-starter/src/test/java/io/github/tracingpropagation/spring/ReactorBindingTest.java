// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

/**
 * Reactor's hook is of the JVM: it is there as long as an application that wants it is open. Other
 * tests leave applications open, so the steps run with a copy of all classes.
 */
class ReactorBindingTest {

  @Test
  void hook_isThereAsLongAsAnApplicationWantsIt() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(new File(path).toURI().toURL());
    }
    Thread thread = Thread.currentThread();
    ClassLoader ofTest = thread.getContextClassLoader();
    try (URLClassLoader copy =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(copy);
      Callable<?> steps =
          (Callable<?>)
              copy.loadClass(Steps.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(steps.call())
          .isEqualTo(
              List.of(
                  "none: false",
                  "switched off: false",
                  "first: true",
                  "first and second: true",
                  "second: true",
                  "second, closed twice: true",
                  "none: false",
                  "third: true",
                  "none: false"));
    } finally {
      thread.setContextClassLoader(ofTest);
    }
  }

  /** Notes whether chains are bound, while applications open and close. */
  public static final class Steps implements Callable<List<String>> {
    private final List<String> seen = new ArrayList<>();

    /** For reflection. */
    public Steps() {}

    @Override
    public List<String> call() {
      note("none");
      ConfigurableApplicationContext off =
          Applications.start(null, "tracing.propagation.reactor=false");
      note("switched off");
      off.close();
      ConfigurableApplicationContext first = Applications.start(null);
      note("first");
      ConfigurableApplicationContext second = Applications.start(null);
      note("first and second");
      first.close();
      note("second");
      first.close();
      note("second, closed twice");
      second.close();
      note("none");
      ConfigurableApplicationContext third = Applications.start(null);
      note("third");
      third.close();
      note("none");
      return seen;
    }

    @SuppressWarnings("try") // the scope is only closed
    private void note(String step) {
      try (Scope request = CapturedHeaders.empty().makeCurrent()) {
        Mono<Boolean> bound =
            Mono.deferContextual(view -> Mono.just(view.hasKey(CapturedHeadersAccessor.KEY)));
        seen.add(step + ": " + bound.block());
      }
    }
  }
}
