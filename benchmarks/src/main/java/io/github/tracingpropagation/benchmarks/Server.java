// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.Map;

/** What a request comes in with. */
public enum Server {
  /** Tomcat, once something has read every header, so that each is a string. */
  TOMCAT {
    @Override
    InboundRequest receive(Map<String, String> headers) throws Exception {
      Parking parking = new Parking();
      InboundRequest inbound =
          InboundRequest.send(Container.tomcat(parking), parking, headers, () -> {});
      headers.keySet().forEach(inbound.arrive()::getHeader);
      inbound.arrive().getHeaderNames().asIterator().forEachRemaining(name -> {});
      return inbound;
    }
  },

  /** Tomcat as it hands a request to its first filter: each header is still bytes. */
  TOMCAT_UNREAD {
    @Override
    InboundRequest receive(Map<String, String> headers) throws Exception {
      Parking parking = new Parking();
      UnreadHeaders unread = new UnreadHeaders();
      return InboundRequest.send(Container.tomcat(parking, unread), parking, headers, unread);
    }
  },

  /** Jetty, which makes the strings while it reads from the connection. */
  JETTY {
    @Override
    InboundRequest receive(Map<String, String> headers) throws Exception {
      Parking parking = new Parking();
      return InboundRequest.send(Container.jetty(parking), parking, headers, () -> {});
    }
  };

  /** Receives one request with these headers, and no others. */
  abstract InboundRequest receive(Map<String, String> headers) throws Exception;
}
