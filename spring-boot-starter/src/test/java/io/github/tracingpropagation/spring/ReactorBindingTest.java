// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/**
 * Reactor's hook is of the JVM: it is there as long as an application that wants it is open. Other
 * tests leave applications open, so the steps run with a copy of all classes.
 */
class ReactorBindingTest {

  @Test
  void hook_isThereAsLongAsAnApplicationWantsIt() throws Exception {
    try (Copy copy = new Copy(ClassLoader.getPlatformClassLoader(), "")) {
      assertThat(copy.call(Steps.class))
          .isEqualTo(
              List.of(
                  "none: false",
                  "switched off: false",
                  "first: true",
                  "first and second: true",
                  "second: true",
                  "second, closed twice: true",
                  "none: false",
                  "third, lazy: true",
                  "none: false",
                  "none: false"));
    }
  }

  /** Two web applications in a server that has Reactor once, and the starter in each of them. */
  @Test
  @SuppressWarnings("try") // the application is only closed
  void twoCopiesOfTheStarter_doNotMeet() throws Exception {
    try (Copy server = new Copy(ClassLoader.getPlatformClassLoader(), "");
        Copy first = new Copy(server, "io.github.tracingpropagation.");
        Copy second = new Copy(server, "io.github.tracingpropagation.")) {
      try (AutoCloseable other = (AutoCloseable) first.call(Start.class)) {
        assertThat(second.call(Steps.class).toString()).startsWith("[none: false, ");
        assertThat(first.call(IsBound.class)).isEqualTo(true);
      }
      assertThat(first.call(IsBound.class)).isEqualTo(false);
    }
  }

  /** Has classes of its own where their names begin with a prefix. */
  private static final class Copy extends URLClassLoader {
    private final String prefix;

    Copy(ClassLoader parent, String prefix) throws Exception {
      super(classPath(), parent);
      this.prefix = prefix;
    }

    private static URL[] classPath() throws Exception {
      List<URL> urls = new ArrayList<>();
      for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(new File(path).toURI().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (prefix.isEmpty() || !name.startsWith(prefix)) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    Object call(Class<? extends Callable<?>> type) throws Exception {
      Thread thread = Thread.currentThread();
      ClassLoader ofTest = thread.getContextClassLoader();
      thread.setContextClassLoader(this);
      try {
        return ((Callable<?>) loadClass(type.getName()).getDeclaredConstructor().newInstance())
            .call();
      } finally {
        thread.setContextClassLoader(ofTest);
      }
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
      ConfigurableApplicationContext third =
          Applications.start(null, "spring.main.lazy-initialization=true");
      note("third, lazy");
      third.close();
      note("none");
      assertThatThrownBy(
              () -> Applications.builder(DoesNotStart.class).web(WebApplicationType.NONE).run())
          .hasRootCauseMessage("bound: true");
      note("none");
      return seen;
    }

    private void note(String step) {
      seen.add(step + ": " + new IsBound().call());
    }
  }

  /** Starts an application. */
  public static final class Start implements Callable<AutoCloseable> {
    /** For reflection. */
    public Start() {}

    @Override
    public AutoCloseable call() {
      return Applications.start(null);
    }
  }

  /** Returns whether a chain is bound to what its thread has. */
  public static final class IsBound implements Callable<Boolean> {
    /** For reflection. */
    public IsBound() {}

    @Override
    @SuppressWarnings("try") // the scope is only closed
    public Boolean call() {
      CapturedHeaders captured = HeaderLines.captured("x-request-id: mine");
      try (Scope request = captured.makeCurrent()) {
        return captured
            == Mono.deferContextual(
                    view -> Mono.just(view.<Object>getOrDefault(CapturedHeaders.class, "nothing")))
                .block();
      }
    }
  }

  /** Fails after the hook was registered. */
  static final class DoesNotStart extends Applications.Empty {
    @Bean
    Object fails(ReactorBinding binding) {
      throw new IllegalStateException("bound: " + new IsBound().call());
    }
  }
}
