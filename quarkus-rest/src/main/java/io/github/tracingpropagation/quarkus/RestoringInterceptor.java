// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/**
 * Inside of fault tolerance: restores the headers of the caller. A call that has waited in a
 * bulkhead runs where the call of another request has ended, in that request's context.
 */
@BoundToCaller
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_AFTER + 20)
@SuppressWarnings("try") // scopes are only closed
final class RestoringInterceptor {
  @AroundInvoke
  Object restore(InvocationContext call) throws Exception {
    Object caller = call.getContextData().get(CallersHeadersInterceptor.KEY);
    try (HeadersContextProvider.Restored scope =
        HeadersContextProvider.restore(
            caller instanceof CapturedHeaders captured ? captured : CapturedHeaders.empty())) {
      return call.proceed();
    }
  }
}
