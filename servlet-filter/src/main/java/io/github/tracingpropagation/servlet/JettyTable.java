// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Jetty's table. */
final class JettyTable extends FieldTable {
  static final String EE10_REQUEST = "org.eclipse.jetty.ee10.servlet.ServletApiRequest";
  static final String EE11_REQUEST = "org.eclipse.jetty.ee11.servlet.ServletApiRequest";

  private final HttpFields fields;

  private JettyTable(HttpFields fields) {
    super(fields.size());
    this.fields = fields;
  }

  /**
   * Returns what opens the tables of requests.
   *
   * @param type the class of the requests, of which Jetty has one for each EE release
   * @throws ReflectiveOperationException if this Jetty does not let us in
   */
  static Opener opener(Class<?> type) throws ReflectiveOperationException {
    MethodHandle fields =
        MethodHandles.publicLookup()
            .findVirtual(type, "getFields", MethodType.methodType(HttpFields.class))
            .asType(MethodType.methodType(HttpFields.class, HttpServletRequest.class));
    return request -> new JettyTable(fields(fields, request));
  }

  private static HttpFields fields(MethodHandle fields, HttpServletRequest request) {
    try {
      return (HttpFields) fields.invokeExact(request);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("getFields throws no checked exception", e);
    }
  }

  @Override
  String name(int line) {
    return fields.getField(line).getName();
  }

  @Override
  @Nullable String value(int line) {
    return fields.getField(line).getValue();
  }
}
