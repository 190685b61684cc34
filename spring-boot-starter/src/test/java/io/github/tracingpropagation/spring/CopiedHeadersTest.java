// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.tracingpropagation.testing.Docs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.client.Invocation;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The rule in the docs that finds loops which copy headers. */
class CopiedHeadersTest {
  // docs: copied headers
  static final Set<String> READ =
      Set.of(
          "jakarta.servlet.http.HttpServletRequest.getHeader",
          "jakarta.ws.rs.core.HttpHeaders.getHeaderString",
          "org.springframework.http.HttpHeaders.getFirst");

  static final Set<String> WRITTEN =
      Set.of(
          "jakarta.ws.rs.client.Invocation$Builder.header",
          "java.net.http.HttpRequest$Builder.header",
          "java.net.http.HttpRequest$Builder.setHeader",
          "okhttp3.Request$Builder.addHeader",
          "okhttp3.Request$Builder.header",
          "org.springframework.http.HttpHeaders.add",
          "org.springframework.http.HttpHeaders.set",
          "org.springframework.web.client.RestClient$RequestHeadersUriSpec.header",
          "org.springframework.web.client.RestClient$RequestHeadersSpec.header");

  static final ArchRule NO_COPIED_HEADERS =
      noClasses()
          .that(
              describe(
                  "read a header",
                  type -> type.getMethodCallsFromSelf().stream().anyMatch(in(READ))))
          .should()
          .callMethodWhere(describe("writes a header", in(WRITTEN)))
          .allowEmptyShould(true);

  static Predicate<JavaMethodCall> in(Set<String> methods) {
    return call -> methods.contains(call.getTargetOwner().getName() + "." + call.getName());
  }

  // docs: end

  /** As bookinfo's reviews. */
  static class JakartaRestLoop {
    void copy(jakarta.ws.rs.core.HttpHeaders inbound, Invocation.Builder outbound) {
      for (String name : new String[] {"x-request-id", "x-b3-traceid"}) {
        outbound.header(name, inbound.getHeaderString(name));
      }
    }
  }

  static class OkHttpLoop {
    void copy(HttpServletRequest inbound, Request.Builder outbound) {
      outbound.header("b3", inbound.getHeader("b3"));
    }
  }

  static class JdkLoop {
    void copy(HttpServletRequest inbound, java.net.http.HttpRequest.Builder outbound) {
      Set.of("b3").forEach(name -> outbound.setHeader(name, inbound.getHeader(name)));
    }
  }

  static class SpringInterceptor implements ClientHttpRequestInterceptor {
    @Override
    public ClientHttpResponse intercept(
        HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
      if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes inbound) {
        request.getHeaders().set("b3", inbound.getRequest().getHeader("b3"));
      }
      return execution.execute(request, body);
    }
  }

  static class RestClientCall {
    ResponseEntity<Void> call(RestClient client, HttpHeaders inbound) {
      return client.get().header("b3", inbound.getFirst("b3")).retrieve().toBodilessEntity();
    }
  }

  static class ReadsOnly {
    String language(HttpServletRequest inbound) {
      return inbound.getHeader("accept-language");
    }
  }

  static class WritesOnly {
    void authorize(Request.Builder outbound) {
      outbound.header("authorization", "Basic");
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        JakartaRestLoop.class,
        OkHttpLoop.class,
        JdkLoop.class,
        SpringInterceptor.class,
        RestClientCall.class
      })
  void copiedHeader_isFound(Class<?> type) {
    assertThat(
            NO_COPIED_HEADERS
                .evaluate(new ClassFileImporter().importClasses(type))
                .getFailureReport()
                .getDetails())
        .singleElement()
        .asString()
        .contains(type.getSimpleName());
  }

  @Test
  void eitherAlone_isAllowed() {
    ClassFileImporter importer = new ClassFileImporter();
    NO_COPIED_HEADERS.check(importer.importClasses(ReadsOnly.class, WritesOnly.class));
    NO_COPIED_HEADERS.check(importer.importClasses(WritesOnly.class));
  }

  @Test
  void docs_showTheRule() throws IOException {
    Docs.assertShows("copied headers", CopiedHeadersTest.class);
  }
}
