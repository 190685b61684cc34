// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Adapts a configuration to {@link TextMapPropagator}; the destination is unknown. Immutable.
 *
 * <p>{@link TracingPropagation} does not implement the interface itself, because frameworks add
 * every bean of that type to the propagators of their tracer.
 */
record Propagator(TracingPropagation propagation) implements TextMapPropagator {
  @Override
  public Collection<String> fields() {
    return propagation.fields();
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    return propagation.extract(context, carrier, getter);
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    propagation.injectAnywhere(context, carrier, setter);
  }
}
