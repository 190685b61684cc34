// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Requests and responses that return what a container's never would. */
enum MockRequest {
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
        @SuppressWarnings("NullAway") // a mock may return null
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

  static MockHttpServletRequest spring() {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setAsyncSupported(true);
    request.addHeader("x-request-id", "abc");
    request.setContent("five stars".getBytes(UTF_8));
    return request;
  }

  @SuppressWarnings("NullAway") // a mock may return null
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

  /** Throws from more methods than containers do. */
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

  /** Notifies its listeners with events that have no async context. */
  private static final class EventsWithoutContext extends HttpServletRequestWrapper {
    EventsWithoutContext(HttpServletRequest request) {
      super(request);
    }

    @Override
    @SuppressWarnings("NullAway") // a mock may return null
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
