// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Reads Jetty's {@link HttpFields}. */
final class JettyHeaders extends ContainerHeaders {
  static final String EE10_REQUEST = "org.eclipse.jetty.ee10.servlet.ServletApiRequest";
  static final String EE11_REQUEST = "org.eclipse.jetty.ee11.servlet.ServletApiRequest";

  private final HttpFields fields;

  private JettyHeaders(HttpFields fields) {
    super(fields.size());
    this.fields = fields;
  }

  /**
   * Returns a factory for requests of one class.
   *
   * @param type Jetty's request class for one Jakarta EE release
   * @throws ReflectiveOperationException if this Jetty's {@code getFields} is not accessible
   */
  static Factory factory(Class<?> type) throws ReflectiveOperationException {
    MethodHandle getFields =
        MethodHandles.publicLookup()
            .findVirtual(type, "getFields", MethodType.methodType(HttpFields.class))
            .asType(MethodType.methodType(HttpFields.class, HttpServletRequest.class));
    return request -> new JettyHeaders(fields(getFields, request));
  }

  private static HttpFields fields(MethodHandle getFields, HttpServletRequest request) {
    try {
      return (HttpFields) getFields.invokeExact(request);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("getFields throws no checked exception", e);
    }
  }

  @Override
  String name(int index) {
    return fields.getField(index).getName();
  }

  @Override
  @Nullable String value(int index) {
    return fields.getField(index).getValue();
  }
}
