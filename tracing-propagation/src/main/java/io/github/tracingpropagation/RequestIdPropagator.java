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
 * Forwards {@code x-request-id} alone, but captures as every other entry point does. Immutable.
 *
 * <p>It must not capture less: a tracer's instrumentation often extracts after our servlet filter
 * has, and its snapshot then takes the place of the filter's. Nor may it keep the older snapshot
 * where the request id is the same, since two requests can share one, as a retry does.
 *
 * @param captures what to capture, and whether unknown hosts may have it
 */
record RequestIdPropagator(TracingPropagation captures) implements TextMapPropagator {
  @Override
  public Collection<String> fields() {
    return List.of(Header.REQUEST_ID);
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    return captures.extract(context, carrier, getter);
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    String requestId = CapturedHeaders.from(context).requestId();
    if (requestId != null && captures.destinations().includesAll()) {
      setter.set(carrier, Header.REQUEST_ID, requestId);
    }
  }
}
