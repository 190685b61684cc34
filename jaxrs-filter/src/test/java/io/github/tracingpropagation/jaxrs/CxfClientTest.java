// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.Quirk;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.cxf.jaxrs.client.spec.ClientBuilderImpl;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("CXF 4.1, 4.2")
class CxfClientTest extends JakartaRestClientContract {
  CxfClientTest() {
    super(new RuntimeDelegateImpl(), ClientBuilderImpl::new);
  }

  @ParameterizedTest
  @EnumSource
  @Override
  @Quirk("`rx()` with an executor of `Context.taskWrapping`; on another it forwards nothing")
  void rule11_call_forwardsHeadersOfItsCaller(InvocationStyle way) throws Exception {
    super.rule11_call_forwardsHeadersOfItsCaller(way);
  }

  @Override
  ExecutorService executor(ExecutorService threads) {
    return Context.taskWrapping(threads);
  }

  /**
   * CXF upgrades to HTTP/2 if the time suffices; over that the tests' server reads a tab as a
   * question mark.
   */
  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  @Override
  @Quirk("over HTTP/2 the server of the tests reads `?` for a tab in a value")
  protected void captured_isForwarded(PropagationCase row) throws Exception {
    List<String> overHttp2 = row.out().stream().map(line -> line.replace('\t', '?')).toList();

    assertThat(forwarded(TracingPropagation.create(), row.in(), List.of()))
        .isIn(row.out(), overHttp2);
  }
}
