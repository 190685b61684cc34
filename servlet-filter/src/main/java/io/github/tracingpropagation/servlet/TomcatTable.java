// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/** Tomcat's table. A name or a value is bytes until somebody asks for the string. */
final class TomcatTable extends FieldTable {
  static final String REQUEST = "org.apache.catalina.connector.RequestFacade";

  private static final String[] NO_NAMES = {};

  /**
   * Constant, or it would cost as much as three look-ups; where Tomcat does not let us in, null.
   */
  private static final @Nullable VarHandle BEHIND_FACADE = behindFacade();

  private final MimeHeaders fields;

  /** The watched names, by their length. */
  private final String[][] names;

  private TomcatTable(HttpServletRequest request, MimeHeaders fields, String[][] names) {
    super(request, fields.size());
    this.fields = fields;
    this.names = names;
  }

  private static @Nullable VarHandle behindFacade() {
    try {
      return MethodHandles.privateLookupIn(RequestFacade.class, MethodHandles.lookup())
          .findVarHandle(RequestFacade.class, "request", Request.class);
    } catch (ReflectiveOperationException e) {
      return null; // as a module that is not open, or another release
    }
  }

  /**
   * Returns what opens the tables of requests.
   *
   * @param watched the names in lower case
   */
  static Opener opener(Collection<String> watched) {
    String[][] names = new String[1 + watched.stream().mapToInt(String::length).max().orElse(0)][];
    for (int i = 0; i < names.length; i++) {
      int length = i;
      names[i] = watched.stream().filter(name -> name.length() == length).toArray(String[]::new);
    }
    return request -> {
      if (BEHIND_FACADE == null) {
        return null;
      }
      Request inner = (Request) BEHIND_FACADE.get((RequestFacade) request);
      return new TomcatTable(request, inner.getCoyoteRequest().getMimeHeaders(), names);
    };
  }

  @Override
  String name(int line) {
    MessageBytes name = fields.getName(line);
    if (name.getType() == MessageBytes.T_STR) {
      return name.getString();
    }
    int length = name.getLength();
    for (String watched : length < names.length ? names[length] : NO_NAMES) {
      if (name.equalsIgnoreCase(watched)) {
        return watched;
      }
    }
    return "";
  }

  @Override
  String value(int line) {
    return fields.getValue(line).toStringType();
  }
}
