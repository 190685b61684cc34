// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.spring.web.CapturedHeadersAccessor;
import io.opentelemetry.context.Context;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;

/** Makes the headers of its request current while a controller's {@code Callable} runs. */
final class BindingCallables implements CallableProcessingInterceptor {
  private static final String KEY = BindingCallables.class.getName();

  private final CapturedHeadersAccessor scopes = new CapturedHeadersAccessor();

  @Override
  public <T> void beforeConcurrentHandling(NativeWebRequest request, Callable<T> task) {
    CapturedHeaders captured = CapturedHeaders.find(Context.current());
    if (captured != null) {
      request.setAttribute(KEY, captured, RequestAttributes.SCOPE_REQUEST);
    }
  }

  @Override
  public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
    if (captured(request) instanceof CapturedHeaders captured) {
      scopes.setValue(captured);
    } else {
      scopes.setValue();
    }
  }

  @Override
  public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
    scopes.restore();
  }

  private static @Nullable Object captured(NativeWebRequest request) {
    return request.getAttribute(KEY, RequestAttributes.SCOPE_REQUEST);
  }
}
