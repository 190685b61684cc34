// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.zipkin;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/**
 * Reports the spans of a mesh's sidecars to Zipkin. Each span is tagged with the mesh's id, which
 * {@link TraceBackend#traces} searches for. Threads may share it.
 */
public final class ZipkinReporter extends SpanHandler implements AutoCloseable {
  /** The tag of the mesh's id, as Istio names it. */
  public static final String MESH_ID = "istio.mesh_id";

  private static final int MAX_QUEUED = 100_000;

  private final String meshId;
  private final BytesMessageSender sender;
  private final AsyncZipkinSpanHandler reporter;

  /**
   * Creates a reporter.
   *
   * @param zipkin the base URI of the server
   */
  public ZipkinReporter(String meshId, URI zipkin) {
    this.meshId = meshId;
    this.sender = URLConnectionSender.create(zipkin + "/api/v2/spans");
    this.reporter =
        AsyncZipkinSpanHandler.newBuilder(sender)
            .queuedMaxSpans(MAX_QUEUED)
            .messageTimeout(100, TimeUnit.MILLISECONDS)
            .build();
  }

  @Override
  public boolean begin(TraceContext context, MutableSpan span, @Nullable TraceContext parent) {
    span.tag(MESH_ID, meshId);
    return true;
  }

  @Override
  public boolean end(@Nullable TraceContext context, MutableSpan span, @Nullable Cause cause) {
    return reporter.end(context, span, cause);
  }

  @Override
  public void close() throws IOException {
    reporter.close();
    sender.close();
  }
}
