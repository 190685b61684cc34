// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A server's class loader may hold the library, and a web application's the class of its requests.
 */
class ClassLoaderLeakTest {
  @Test
  void readerThatIsUnreachable_retainsNoClassLoaderOfARequest() throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    WeakReference<ClassLoader> classLoader =
        read(new ClassLoader(getClass().getClassLoader()) {}, collected);

    Reference<?> enqueued = null;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (enqueued == null && System.nanoTime() < deadline) {
      System.gc();
      enqueued = collected.remove(20);
    }
    assertThat(enqueued).isSameAs(classLoader);
  }

  /** Reads a request whose class the class loader defines. */
  private static WeakReference<ClassLoader> read(
      ClassLoader classLoader, ReferenceQueue<ClassLoader> collected) {
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                classLoader,
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> null);
    RequestReader reader = new RequestReader(TracingPropagation.create());
    reader.read(request);
    assertThat(reader.factories).containsOnlyKeys(request.getClass());
    assertThat(request.getClass().getClassLoader()).isSameAs(classLoader);
    return new WeakReference<>(classLoader, collected);
  }
}
