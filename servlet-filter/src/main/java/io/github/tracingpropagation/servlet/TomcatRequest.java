// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.jspecify.annotations.Nullable;

/** Finds Tomcat's own request behind the one that filters and servlets get. */
final class TomcatRequest {
  static final String FACADE = "org.apache.catalina.connector.RequestFacade";
  private static final String DEFAULT_SERVLET = "org.apache.catalina.servlets.DefaultServlet";

  /**
   * {@code RequestFacade.request}. {@code static final}, so that the JIT folds it. Null if the
   * field is not accessible (module not open, other release).
   */
  private static final @Nullable VarHandle FACADE_REQUEST = facadeRequest();

  private TomcatRequest() {}

  private static @Nullable VarHandle facadeRequest() {
    try {
      return MethodHandles.privateLookupIn(RequestFacade.class, MethodHandles.lookup())
          .findVarHandle(RequestFacade.class, "request", Request.class);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Returns Tomcat's own request, or null if it is not accessible.
   *
   * @param facade of class {@link #FACADE}
   */
  static @Nullable Request behind(HttpServletRequest facade) {
    return FACADE_REQUEST == null ? null : (Request) FACADE_REQUEST.get((RequestFacade) facade);
  }

  /**
   * Returns whether Tomcat's default servlet gets a request from the application's only filter.
   * That servlet never starts async. It leaves a large file to the connector, which need not copy
   * it, but only if neither the request nor the response is wrapped.
   *
   * @param facade of class {@link #FACADE}, in its first dispatch
   */
  static boolean isStaticFile(HttpServletRequest facade) {
    Request request = behind(facade);
    if (request == null) {
      return false;
    }
    Wrapper servlet = request.getWrapper();
    return servlet != null
        && DEFAULT_SERVLET.equals(servlet.getServletClass())
        && request.getContext().findFilterDefs().length == 1;
  }
}
