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
 * CXF: makes the captured headers current around the resource method, and the response with its
 * filters and writers, on the thread that runs them: a worker thread of CXF if the method is
 * one-way. CXF calls it again when it resumes a request, on the thread that resumes.
 */
final class CxfInterceptor extends AbstractPhaseInterceptor<Message> {
  private final CapturedHeaders captured;

  private CxfInterceptor(CapturedHeaders captured) {
    super(Phase.INVOKE);
    // Directly before the invoker: CXF resumes one interceptor before the one that suspended.
    addBefore(ServiceInvokerInterceptor.class.getName());
    this.captured = captured;
  }

  /**
   * Adds the interceptors to the chain of this thread's request.
   *
   * @param closeFilterScope closes the scope of {@link ServerFilter}; null if none is open
   * @return false if this thread has no chain: the scope is not closed
   */
  static boolean addToChain(CapturedHeaders captured, @Nullable Runnable closeFilterScope) {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    if (message == null) {
      return false;
    }
    InterceptorChain chain = message.getInterceptorChain();
    chain.add(new CxfInterceptor(captured));
    if (closeFilterScope != null) {
      // Whichever runs first closes it: handleFault of the first if a request filter throws, the
      // second after the request filters, the third after the response if a filter aborted.
      chain.add(new ScopeCloser(Phase.RECEIVE, closeFilterScope));
      chain.add(new ScopeCloser(Phase.UNMARSHAL, closeFilterScope));
      chain.add(new ScopeCloser(Phase.POST_INVOKE, closeFilterScope));
    }
    return true;
  }

  @Override
  @SuppressWarnings("try") // the scope is only closed
  public void handleMessage(Message message) {
    try (Scope scope = ServerFilter.openScope(captured)) {
      message.getInterceptorChain().doIntercept(message);
    } catch (SuspendedInvocationException e) {
      throw e;
    } catch (RuntimeException e) {
      // The inner doIntercept has already handled the fault, and the outer one would swallow it:
      // it rethrows this exception only, with its cause.
      throw new SuspendedInvocationException(
          e instanceof Fault && e.getCause() instanceof RuntimeException own ? own : e);
    }
  }

  /** Closes the scope of {@link ServerFilter} in one phase, also on a fault. */
  private static final class ScopeCloser extends AbstractPhaseInterceptor<Message> {
    private final Runnable closeFilterScope;

    ScopeCloser(String phase, Runnable closeFilterScope) {
      super(phase);
      addAfter(JAXRSInInterceptor.class.getName());
      addAfter(OutgoingChainInterceptor.class.getName());
      this.closeFilterScope = closeFilterScope;
    }

    @Override
    public void handleMessage(Message message) {
      closeFilterScope.run();
    }

    @Override
    public void handleFault(Message message) {
      closeFilterScope.run();
    }
  }
}
