// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import org.apache.cxf.continuations.SuspendedInvocationException;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.interceptor.InterceptorChain;
import org.apache.cxf.interceptor.OutgoingChainInterceptor;
import org.apache.cxf.interceptor.ServiceInvokerInterceptor;
import org.apache.cxf.jaxrs.interceptor.JAXRSInInterceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.jspecify.annotations.Nullable;

/**
 * Scopes the resource method, and the response with its filters and writers, on the thread that
 * runs them: a worker of CXF's if the method is one-way. CXF comes here again when it resumes a
 * request, on the thread that it resumes on.
 */
final class CxfInterceptor extends AbstractPhaseInterceptor<Message> {
  private final CapturedHeaders captured;

  private CxfInterceptor(CapturedHeaders captured) {
    super(Phase.INVOKE);
    // Right before it, because CXF resumes one step ahead of the interceptor that was suspended.
    addBefore(ServiceInvokerInterceptor.class.getName());
    this.captured = captured;
  }

  /**
   * Adds the interceptors to the request's chain.
   *
   * @param closeFilterScope closes the scope of the request filters on its thread; null if none is
   *     open
   * @return whether there is a chain, and the scope will be closed
   */
  static boolean takeOver(CapturedHeaders captured, @Nullable Runnable closeFilterScope) {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    if (message == null) {
      return false;
    }
    InterceptorChain chain = message.getInterceptorChain();
    chain.add(new CxfInterceptor(captured));
    if (closeFilterScope != null) {
      // A fault in the filters, their regular end, and a response without a resource method.
      chain.add(new Closing(Phase.RECEIVE, closeFilterScope));
      chain.add(new Closing(Phase.UNMARSHAL, closeFilterScope));
      chain.add(new Closing(Phase.POST_INVOKE, closeFilterScope));
    }
    return true;
  }

  @Override
  @SuppressWarnings("try") // a scope is only there to be closed
  public void handleMessage(Message message) {
    try (Scope scope = ServerFilter.open(captured)) {
      message.getInterceptorChain().doIntercept(message);
    } catch (SuspendedInvocationException e) {
      throw e;
    } catch (RuntimeException e) {
      // The chain around this one has seen the fault, and would swallow any other exception.
      throw new SuspendedInvocationException(
          e instanceof Fault && e.getCause() instanceof RuntimeException own ? own : e);
    }
  }

  /** Closes the scope of the request filters. */
  private static final class Closing extends AbstractPhaseInterceptor<Message> {
    private final Runnable close;

    Closing(String phase, Runnable close) {
      super(phase);
      addAfter(JAXRSInInterceptor.class.getName());
      addAfter(OutgoingChainInterceptor.class.getName());
      this.close = close;
    }

    @Override
    public void handleMessage(Message message) {
      close.run();
    }

    @Override
    public void handleFault(Message message) {
      close.run();
    }
  }
}
