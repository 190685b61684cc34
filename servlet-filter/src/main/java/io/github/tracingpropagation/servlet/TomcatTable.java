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

/** Tomcat's table. A name or a value is bytes until somebody asks for the string. */
final class TomcatTable extends FieldTable {
  static final String REQUEST = "org.apache.catalina.connector.RequestFacade";

  private static final String[] NO_NAMES = {};

  private final MimeHeaders fields;

  /** The watched names, by their length. */
  private final String[][] names;

  private TomcatTable(HttpServletRequest request, MimeHeaders fields, String[][] names) {
    super(request, fields.size());
    this.fields = fields;
    this.names = names;
  }

  /**
   * Returns what opens the tables of requests.
   *
   * @param watched the names in lower case
   * @throws ReflectiveOperationException if this Tomcat does not let us in
   */
  static Opener opener(Collection<String> watched) throws ReflectiveOperationException {
    VarHandle behindFacade =
        MethodHandles.privateLookupIn(RequestFacade.class, MethodHandles.lookup())
            .findVarHandle(RequestFacade.class, "request", Request.class);
    String[][] names = new String[1 + watched.stream().mapToInt(String::length).max().orElse(0)][];
    for (int i = 0; i < names.length; i++) {
      int length = i;
      names[i] = watched.stream().filter(name -> name.length() == length).toArray(String[]::new);
    }
    return request -> {
      Request inner = (Request) behindFacade.get((RequestFacade) request);
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
