// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Injects only {@code x-request-id}, but extracts every watched header. Immutable.
 *
 * <p>It must not extract less: a tracer's instrumentation often extracts after our servlet filter
 * did, and its snapshot then replaces the filter's. It must not keep the older snapshot if the
 * request id is the same either: two requests can have the same id, for example a retry.
 *
 * @param propagation which headers are extracted, and whether unknown hosts may receive any
 */
record RequestIdPropagator(TracingPropagation propagation) implements TextMapPropagator {
  @Override
  public Collection<String> fields() {
    return List.of(Header.REQUEST_ID);
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    return propagation.extract(context, carrier, getter);
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    String requestId = CapturedHeaders.from(context).requestId();
    if (requestId != null && propagation.destinations().includesAll()) {
      setter.set(carrier, Header.REQUEST_ID, requestId);
    }
  }
}
