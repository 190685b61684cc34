// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What a servlet gets of requests that are no container's is what it gets without the filter. */
class MockRequestsTest {

  /** A request with its response, which return what a container's never would. */
  private enum Mock {
    SPRING_SYNC {
      @Override
      HttpServletRequest request(MockHttpServletRequest spring) {
        spring.setAsyncSupported(false);
        return spring;
      }
    },
    SPRING_ASYNC,
    WRAPPED {
      @Override
      HttpServletRequest request(MockHttpServletRequest spring) {
        return new HttpServletRequestWrapper(spring);
      }

      @Override
      HttpServletResponse response(MockHttpServletResponse spring) {
        return new HttpServletResponseWrapper(spring);
      }
    },
    NULLS {
      @Override
      HttpServletRequest request(MockHttpServletRequest spring) {
        return new Nulls(spring);
      }

      @Override
      HttpServletResponse response(MockHttpServletResponse spring) {
        return new HttpServletResponseWrapper(spring) {
          @Override
          @SuppressWarnings("NullAway") // what a mock may do
          public ServletOutputStream getOutputStream() {
            return null;
          }
        };
      }
    },
    THROWS {
      @Override
      HttpServletRequest request(MockHttpServletRequest spring) {
        return new Throws(spring);
      }
    },
    FORGETFUL {
      @Override
      HttpServletRequest request(MockHttpServletRequest spring) {
        return new HttpServletRequestWrapper(spring) {
          @Override
          public void setAttribute(String name, Object value) {}

          @Override
          public Object getAttribute(String name) {
            return "an attribute of each name";
          }
        };
      }
    },
    EVENTS_WITHOUT_CONTEXT {
      @Override
      HttpServletRequest request(MockHttpServletRequest spring) {
        return new EventsWithoutContext(spring);
      }
    };

    HttpServletRequest request(MockHttpServletRequest spring) {
      return spring;
    }

    HttpServletResponse response(MockHttpServletResponse spring) {
      return spring;
    }
  }

  /** What came of each thing that a servlet may do, in the order in which it did so. */
  private final List<String> outcomes = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void rule12_springsChain_isAsWithoutTheFilter(Mock mock) throws Exception {
    List<String> without = spring(mock);
    assertThat(without).hasSizeGreaterThan(12).last().asString().doesNotContain("Exception");

    assertThat(spring(mock, new TracingPropagationFilter())).isEqualTo(without);
    assertThat(spring(mock, new TracingPropagationFilter(), new TracingPropagationFilter()))
        .isEqualTo(without);
  }

  @ParameterizedTest
  @EnumSource
  void rule12_undertowsMockRequest_isAsWithoutTheFilter(Mock mock) throws Exception {
    List<String> without = undertow(mock);
    assertThat(without).hasSizeGreaterThan(12);

    assertThat(undertow(mock, new TracingPropagationFilter())).isEqualTo(without);
  }

  @Test
  void rule12_responseThatIsNotHttp_passesThroughWithItsRequest() throws Exception {
    ServletRequest request = Mock.SPRING_ASYNC.request(request());
    ServletResponse response = new ServletResponseWrapper(new MockHttpServletResponse());

    new TracingPropagationFilter()
        .doFilter(
            request,
            response,
            (handedOn, answer) -> {
              assertThat(handedOn).isSameAs(request);
              assertThat(answer).isSameAs(response);
              outcomes.add(String.valueOf(CapturedHeaders.current().requestId()));
            });
    assertThat(outcomes).containsExactly("abc");
  }

  private List<String> spring(Mock mock, Filter... filters) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    new MockFilterChain(servlet(filters), filters)
        .doFilter(mock.request(request()), mock.response(response));
    return outcomes(response);
  }

  private List<String> undertow(Mock mock, Filter... filters) throws Exception {
    DeploymentInfo info =
        Servlets.deployment()
            .setClassLoader(getClass().getClassLoader())
            .setContextPath("/")
            .setDeploymentName("mock")
            .addServlet(
                Servlets.servlet(
                        "servlet",
                        HttpServlet.class,
                        new ImmediateInstanceFactory<>(servlet(filters)))
                    .setAsyncSupported(true)
                    .addMapping("/"));
    for (Filter filter : filters) {
      FilterInfo tracing =
          Servlets.filter("f", filter.getClass(), new ImmediateInstanceFactory<>(filter));
      info.addFilter(tracing.setAsyncSupported(true))
          .addFilterUrlMapping("f", "/*", DispatcherType.REQUEST);
    }
    DeploymentManager app = Servlets.newContainer().addDeployment(info);
    app.deploy();
    app.start();
    MockHttpServletResponse response = new MockHttpServletResponse();
    app.getDeployment()
        .getServletDispatcher()
        .dispatchMockRequest(mock.request(request()), mock.response(response));
    app.stop();
    return outcomes(response);
  }

  private static MockHttpServletRequest request() {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setAsyncSupported(true);
    request.addHeader("x-request-id", "abc");
    request.setContent("five stars".getBytes(UTF_8));
    return request;
  }

  private List<String> outcomes(MockHttpServletResponse response) throws Exception {
    List<String> all = new ArrayList<>(outcomes);
    outcomes.clear();
    all.add(response.getContentAsString());
    return all;
  }

  /** Returns a servlet that does all that a wrapper of ours is in the way of. */
  private HttpServlet servlet(Filter... filters) {
    return new HttpServlet() {
      private static final long serialVersionUID = 1;

      @Override
      protected void service(HttpServletRequest request, HttpServletResponse response) {
        assertThat(CapturedHeaders.current().requestId())
            .isEqualTo(filters.length == 0 ? null : "abc");
        use(request, response);
      }
    };
  }

  @SuppressWarnings("NullAway") // what some applications do
  private void use(HttpServletRequest request, HttpServletResponse response) {
    note("context before", request::getAsyncContext);
    note("supported", request::isAsyncSupported);
    note("input", () -> text(request.getInputStream()));
    note("same input", twice(request::getInputStream));
    note("read listener", () -> does(() -> request.getInputStream().setReadListener(null)));
    note("output", () -> does(() -> response.getOutputStream().print("abc")));
    note("same output", twice(response::getOutputStream));
    note("write listener", () -> does(() -> response.getOutputStream().setWriteListener(null)));
    use("start", request, response, request::startAsync);
    use("start with", request, response, () -> request.startAsync(request, response));
    note("context after", request::getAsyncContext);
    note("same context", twice(request::getAsyncContext));
    note("started", request::isAsyncStarted);
  }

  @SuppressWarnings("NullAway") // what some applications do
  private void use(
      String how,
      HttpServletRequest request,
      HttpServletResponse response,
      Callable<@Nullable AsyncContext> start) {
    @Nullable AsyncContext[] started = new AsyncContext[1];
    note(how, () -> started[0] = start.call());
    AsyncContext async = started[0];
    if (async == null) {
      return;
    }
    note("current", () -> request.getAsyncContext() == async);
    note("its request", () -> async.getRequest() == request);
    note("its response", () -> async.getResponse() == response);
    note("originals", async::hasOriginalRequestAndResponse);
    note("timeout", async::getTimeout);
    note("task", () -> does(() -> async.start(() -> outcomes.add("ran"))));
    note("no task", () -> does(() -> async.start(null)));
    note("listener", () -> does(() -> async.addListener(new Listener(request))));
    note("listener with", () -> does(() -> async.addListener(new Listener(request), null, null)));
    note("complete", () -> does(async::complete));
    if (how.equals("start with")) { // after which a mock fails
      note("no listener", () -> does(() -> async.addListener(null)));
      note("complete again", () -> does(async::complete));
    }
  }

  private void note(String what, Callable<? extends @Nullable Object> work) {
    String outcome;
    try {
      Object result = work.call();
      outcome = result instanceof AsyncContext ? "a context" : String.valueOf(result);
    } catch (Exception e) {
      outcome = e.getClass().getName();
    }
    outcomes.add(what + ": " + outcome);
  }

  private static Callable<Boolean> twice(Callable<? extends @Nullable Object> getter) {
    return () -> {
      Object first = getter.call();
      return first == getter.call();
    };
  }

  private static String does(Handover work) throws Exception {
    work.run();
    return "done";
  }

  private static @Nullable String text(@Nullable ServletInputStream in) throws Exception {
    return in == null ? null : Arrays.toString(in.readAllBytes());
  }

  private final class Listener implements AsyncListener {
    private final HttpServletRequest request;

    Listener(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      note("completed", () -> event.getAsyncContext() == request.getAsyncContext());
      note("event", event::getAsyncContext);
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {
      note("started again", event::getAsyncContext);
    }
  }

  @SuppressWarnings("NullAway") // what a mock may do
  private static final class Nulls extends HttpServletRequestWrapper {
    Nulls(HttpServletRequest request) {
      super(request);
    }

    @Override
    public AsyncContext startAsync() {
      return null;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
      return null;
    }

    @Override
    public AsyncContext getAsyncContext() {
      return null;
    }

    @Override
    public ServletInputStream getInputStream() {
      return null;
    }
  }

  /** Refuses as containers do, and more than these. */
  private static final class Throws extends HttpServletRequestWrapper {
    Throws(HttpServletRequest request) {
      super(request);
    }

    @Override
    public AsyncContext startAsync() {
      throw new IllegalStateException("not now");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
      throw new IllegalStateException("not now");
    }

    @Override
    public AsyncContext getAsyncContext() {
      throw new IllegalStateException("not started");
    }

    @Override
    public ServletInputStream getInputStream() {
      throw new IllegalStateException("getReader was called");
    }
  }

  /** Tells its listeners of events without a context, and of none at all. */
  private static final class EventsWithoutContext extends HttpServletRequestWrapper {
    EventsWithoutContext(HttpServletRequest request) {
      super(request);
    }

    @Override
    @SuppressWarnings("NullAway") // what a mock may do
    public AsyncContext startAsync() {
      return new MockAsyncContext(getRequest(), null) {
        @Override
        public void complete() {
          for (AsyncListener listener : getListeners()) {
            try {
              listener.onComplete(new AsyncEvent((AsyncContext) null));
              listener.onStartAsync(new AsyncEvent((AsyncContext) null));
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        }
      };
    }
  }
}
