// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletResponse;

/** With mock requests a servlet observes the same as without the filter. */
class MockRequestsTest {

  private final RequestUse use = new RequestUse();

  @ParameterizedTest
  @EnumSource
  void rule12_springMockChain_behavesAsWithoutTheFilter(MockRequest mock) throws Exception {
    List<String> without = spring(mock);
    assertThat(without).hasSizeGreaterThan(12).last().asString().doesNotContain("Exception");

    assertThat(spring(mock, new TracingPropagationFilter())).isEqualTo(without);
    assertThat(spring(mock, new TracingPropagationFilter(), new TracingPropagationFilter()))
        .isEqualTo(without);
  }

  @ParameterizedTest
  @EnumSource
  void rule12_undertowMockRequest_behavesAsWithoutTheFilter(MockRequest mock) throws Exception {
    List<String> without = undertow(mock);
    assertThat(without).hasSizeGreaterThan(12);

    assertThat(undertow(mock, new TracingPropagationFilter())).isEqualTo(without);
  }

  @Test
  void rule12_responseThatIsNotHttp_passesThroughWithItsRequest() throws Exception {
    ServletRequest request = MockRequest.spring();
    ServletResponse response = new ServletResponseWrapper(new MockHttpServletResponse());

    new TracingPropagationFilter()
        .doFilter(
            request,
            response,
            (passedRequest, passedResponse) -> {
              assertThat(passedRequest).isSameAs(request);
              assertThat(passedResponse).isSameAs(response);
              use.outcomes.add(String.valueOf(CapturedHeaders.current().requestId()));
            });
    assertThat(use.outcomes).containsExactly("abc");
  }

  private List<String> spring(MockRequest mock, Filter... filters) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    new MockFilterChain(servlet(filters), filters)
        .doFilter(mock.request(MockRequest.spring()), mock.response(response));
    return outcomes(response);
  }

  private List<String> undertow(MockRequest mock, Filter... filters) throws Exception {
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
        .dispatchMockRequest(mock.request(MockRequest.spring()), mock.response(response));
    app.stop();
    return outcomes(response);
  }

  private List<String> outcomes(MockHttpServletResponse response) throws Exception {
    List<String> all = new ArrayList<>(use.outcomes);
    use.outcomes.clear();
    all.add(response.getContentAsString());
    return all;
  }

  /** Returns a servlet that checks the captured headers and uses its request. */
  private HttpServlet servlet(Filter... filters) {
    return new HttpServlet() {
      private static final long serialVersionUID = 1;

      @Override
      protected void service(HttpServletRequest request, HttpServletResponse response) {
        assertThat(CapturedHeaders.current().requestId())
            .isEqualTo(filters.length == 0 ? null : "abc");
        use.use(request, response);
      }
    };
  }
}
