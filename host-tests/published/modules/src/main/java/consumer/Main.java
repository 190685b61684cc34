// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package consumer;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jdkhttp.JdkHttpTracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;

/** Forwards a header on the module path, and wraps a client. */
public final class Main {
  private static final class Getter implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public String get(Map<String, String> headers, String name) {
      return headers.get(name);
    }
  }

  public static void main(String[] args) {
    TracingPropagation propagation = TracingPropagation.create();
    JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), propagation);
    Map<String, String> arrived = Map.of("x-request-id", "id");
    Map<String, String> left = new HashMap<>();
    Context context = propagation.extract(Context.root(), arrived, new Getter());
    propagation.propagator().inject(context, left, Map::put);
    if (!Main.class.getModule().isNamed() || !arrived.equals(left)) {
      throw new AssertionError(left);
    }
  }
}
