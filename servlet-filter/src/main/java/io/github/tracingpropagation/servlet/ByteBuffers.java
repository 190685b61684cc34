// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static java.lang.invoke.MethodType.methodType;
import static java.util.Objects.requireNonNull;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The methods that streams have since Servlet 6.1. What they do by default copies each buffer, so
 * they are passed on; before 6.1 nobody can call them.
 */
final class ByteBuffers {
  private static final @Nullable MethodHandle READ =
      find(ServletInputStream.class, "read", int.class);
  private static final @Nullable MethodHandle WRITE =
      find(ServletOutputStream.class, "write", void.class);

  private ByteBuffers() {}

  static int read(ServletInputStream stream, ByteBuffer buffer) throws IOException {
    try {
      return (int) requireNonNull(READ).invokeExact(stream, buffer);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  static void write(ServletOutputStream stream, ByteBuffer buffer) throws IOException {
    try {
      requireNonNull(WRITE).invokeExact(stream, buffer);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Returns what the container threw; it can be nothing else. */
  private static RuntimeException failure(Throwable e) throws IOException {
    if (e instanceof IOException failed) {
      throw failed;
    }
    if (e instanceof Error failed) {
      throw failed;
    }
    return (RuntimeException) e;
  }

  private static @Nullable MethodHandle find(Class<?> stream, String name, Class<?> result) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(stream, name, methodType(result, ByteBuffer.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
