// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.RedirectContract;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Http2Test extends RedirectContract {
  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) throws Exception {
    var builder = H2AsyncClientBuilder.create().setDefaultRequestConfig(Clients.CIRCULAR_REDIRECTS);
    return Clients.get(
        ApacheHttpTracingPropagation.install(builder, propagation).build(), uri, lines);
  }

  /** Over HTTP/2 the Jetty in WireMock reads a tab as a question mark; Tomcat reads the tab. */
  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  @Override
  protected void captured_isForwarded(PropagationCase row) throws Exception {
    List<String> read = row.out().stream().map(line -> line.replace('\t', '?')).toList();
    super.captured_isForwarded(new PropagationCase(row.name(), row.in(), read));
  }
}
