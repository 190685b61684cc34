// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.NoRedirectContract;
import io.github.tracingpropagation.testing.Quirk;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application receives a redirect as a failed call. */
@DisplayName("gRPC 1.63, 1.85")
class GrpcOutboundTest extends NoRedirectContract {
  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) {
    return HttpCalls.call(
        uri,
        builder ->
            GrpcTracingPropagation.install(builder, propagation)
                .intercept(
                    MetadataUtils.newAttachHeadersInterceptor(
                        Calls.metadata(lines.toArray(String[]::new)))));
  }

  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  @Override
  @Quirk("a value with a tab is dropped; `grpc-trace-bin` leaves without padding")
  protected void captured_isForwarded(PropagationCase row) throws Exception {
    super.captured_isForwarded(GrpcRows.sent(row));
  }
}
