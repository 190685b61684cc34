// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.adapter.CapturedHeadersSource;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source is asked if the thread's context has no snapshot, and never if it has an empty one. */
@SuppressWarnings("try") // scopes are only closed
class CapturedHeadersSourceTest {
  private final CapturedHeaders elsewhere = captured("elsewhere");

  @BeforeEach
  void set() {
    ThreadSource.ANSWER.set(() -> elsewhere);
  }

  @AfterEach
  void unset() {
    ThreadSource.ANSWER.remove();
  }

  @Test
  void absent_sourceIsAsked() {
    assertThat(CapturedHeaders.current()).isSameAs(elsewhere);
    assertThat(CapturedHeaders.find()).isSameAs(elsewhere);
  }

  @Test
  void contextOfATracer_sourceIsAsked() {
    try (Scope span = Context.root().with(ContextKey.named("span"), "1").makeCurrent()) {
      assertThat(CapturedHeaders.current()).isSameAs(elsewhere);
    }
  }

  @Test
  void empty_sourceIsNotAsked() {
    try (Scope nothing = CapturedHeaders.empty().makeCurrent()) {
      assertThat(CapturedHeaders.find()).isSameAs(CapturedHeaders.empty());
    }
  }

  @Test
  void captured_sourceIsNotAsked() {
    CapturedHeaders here = captured("here");
    try (Scope request = here.makeCurrent()) {
      assertThat(CapturedHeaders.current()).isSameAs(here);
    }
  }

  /** Such as a task that was wrapped on another thread, where no context was current. */
  @Test
  void rootMadeCurrent_sourceIsNotAsked() {
    Context.root().wrap(() -> assertThat(CapturedHeaders.find()).isNull()).run();
  }

  @Test
  void removed_sourceIsNotAsked() {
    Context removed = CapturedHeaders.removeFrom(captured("a").storeInContext(Context.root()));
    try (Scope unknown = removed.makeCurrent()) {
      assertThat(CapturedHeaders.find()).isNull();
      assertThat(CapturedHeaders.current().isEmpty()).isTrue();
    }
  }

  /** A stored context may be used on the thread of another request. */
  @Test
  void givenContext_sourceIsNotAsked() {
    Map<String, String> request = new HashMap<>();
    TracingPropagation.create()
        .inject(
            Context.current(),
            URI.create("http://ratings"),
            request,
            (map, name, value) -> request.put(name, value));

    assertThat(CapturedHeaders.find(Context.current())).isNull();
    assertThat(request).isEmpty();
  }

  @Test
  void sourceThrows_nothingIsForwarded() {
    ThreadSource.ANSWER.set(
        () -> {
          throw new IllegalStateException("secret");
        });
    assertThat(CapturedHeaders.find()).isNull();

    ThreadSource.ANSWER.set(
        () -> {
          throw new NoClassDefFoundError();
        });
    assertThat(CapturedHeaders.current().isEmpty()).isTrue();
  }

  @Test
  void sourceCannotBeLoaded_isLeftOut() {
    assertThat(Sources.load(new OneService("io.github.tracingpropagation.Missing"))).isEmpty();
    assertThat(Sources.load(new OneService(String.class.getName()))).isEmpty();
    assertThat(Sources.load(new OneService(ThreadSource.class.getName())))
        .hasExactlyElementsOfTypes(ThreadSource.class);
  }

  private static CapturedHeaders captured(String requestId) {
    return CapturedHeaders.from(
        TracingPropagation.create()
            .extract(Context.root(), Map.of("x-request-id", requestId), MapGetter.LISTS_NAMES));
  }

  /** A class loader with one services file. */
  private static final class OneService extends ClassLoader {
    private final String provider;

    OneService(String provider) {
      super(null);
      this.provider = provider;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      return Class.forName(name, true, CapturedHeadersSource.class.getClassLoader());
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      URLStreamHandler handler =
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
              return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                  return new ByteArrayInputStream(provider.getBytes(StandardCharsets.UTF_8));
                }
              };
            }
          };
      return Collections.enumeration(
          Collections.singleton(new URL("test", "", 0, "/" + name, handler)));
    }
  }
}
