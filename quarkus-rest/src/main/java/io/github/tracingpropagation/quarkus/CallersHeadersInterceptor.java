// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Outside of fault tolerance: notes the headers of the caller. */
@BoundToCaller
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_AFTER) // fault tolerance has 10 more
final class CallersHeadersInterceptor {
  static final String KEY = CallersHeadersInterceptor.class.getName();

  @AroundInvoke
  Object note(InvocationContext call) throws Exception {
    call.getContextData().put(KEY, CapturedHeaders.current());
    return call.proceed();
  }
}
