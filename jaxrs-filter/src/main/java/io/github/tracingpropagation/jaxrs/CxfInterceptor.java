// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.apache.cxf.continuations.SuspendedInvocationException;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.interceptor.OutgoingChainInterceptor;
import org.apache.cxf.interceptor.ServiceInvokerInterceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.phase.PhaseInterceptorChain;

/**
 * Scopes the rest of CXF's chain: the resource method, and the response with its filters and
 * writers. CXF comes here again when it resumes a request, on the thread that it resumes on.
 */
final class CxfInterceptor extends AbstractPhaseInterceptor<Message> {
  private final Context context;
  private final Runnable closeFilterScope;

  private CxfInterceptor(Context context, Runnable closeFilterScope) {
    super(Phase.INVOKE);
    // Right before it, because CXF resumes one step ahead of the interceptor that was suspended.
    addBefore(ServiceInvokerInterceptor.class.getName());
    this.context = context;
    this.closeFilterScope = closeFilterScope;
  }

  /**
   * Takes over from the filter's scope once the resource method is found, and closes it if none is.
   *
   * @param context what the filter has made current
   * @param closeFilterScope closes the filter's scope, if it is open on the thread
   */
  static void takeOver(Context context, Runnable closeFilterScope) {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    if (message != null) {
      message
          .getInterceptorChain()
          .add(
              List.of(
                  new Closing("fault", Phase.RECEIVE, closeFilterScope),
                  new CxfInterceptor(context, closeFilterScope),
                  new Closing("end", Phase.POST_INVOKE, closeFilterScope)));
    }
  }

  @Override
  @SuppressWarnings("try") // a scope is only there to be closed
  public void handleMessage(Message message) {
    closeFilterScope.run();
    try (Scope scope = context.makeCurrent()) {
      message.getInterceptorChain().doIntercept(message);
    } catch (SuspendedInvocationException e) {
      throw e;
    } catch (RuntimeException e) {
      // The chain around this one has seen the fault, and would swallow any other exception.
      throw new SuspendedInvocationException(
          e instanceof Fault && e.getCause() instanceof RuntimeException own ? own : e);
    }
  }

  /** At the end of the chain, or early in it, to hear of a fault anywhere after. */
  private static final class Closing extends AbstractPhaseInterceptor<Message> {
    private final Runnable close;

    Closing(String name, String phase, Runnable close) {
      super(Closing.class.getName() + "." + name, phase);
      this.close = close;
      addAfter(OutgoingChainInterceptor.class.getName());
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
