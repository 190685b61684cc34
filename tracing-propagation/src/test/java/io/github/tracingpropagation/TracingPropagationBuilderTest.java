// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings are valid, and which headers they watch. */
class TracingPropagationBuilderTest {

  @Test
  void rule3_everyProvider_isTheDefault() {
    assertThat(TracingPropagation.create().fields())
        .containsExactlyInAnyOrderElementsOf(
            TracingPropagation.builder().providers(TracingProvider.values()).build().fields())
        .contains("x-request-id", "b3", "sw8", "x-amzn-trace-id")
        .doesNotContain("baggage");
  }

  @Test
  void rule7_familiesOfAnAgent_areExcludedUnlessProvidersAreSet() {
    Agents agents = new Agents(List.of("Datadog"), TracingProvider.DATADOG.families());
    TracingPropagationBuilder builder = TracingPropagation.builder();

    assertThat(builder.build(() -> agents).fields())
        .contains("x-request-id", "b3")
        .doesNotContainAnyElementsOf(TracingProvider.DATADOG.headers());
    assertThat(builder.build(() -> agents))
        .asString()
        .contains("providers=all (default) without [x-datadog-trace-id, ")
        .contains(", which the agent of Datadog writes, ");
    assertThat(builder.providers(TracingProvider.values()).build(() -> agents).fields())
        .containsAll(TracingProvider.DATADOG.headers());
  }

  @Test
  void rule3_memberOfAFamily_addsTheFamily() {
    TracingPropagation propagation =
        TracingPropagation.builder().providers().additionalHeaders("x-b3-sampled").build();

    assertThat(propagation.fields()).contains("b3", "x-b3-traceid", "x-b3-flags");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization",
        "Cookie",
        "Cookie2",
        "JWT",
        "X-Jwt",
        "X-Auth",
        "authentication",
        "X-API-Key",
        "api_key",
        "apikey",
        "x-goog-api-key",
        "x-functions-key",
        "ocp-apim-subscription-key",
        "x-amz-security-token",
        "X-CSRF-Token",
        "x-xsrf-token",
        "X-CSRFToken",
        "X-Auth-Token",
        "x-access-token",
        "x-vault-token",
        "Private-Token",
        "x-forwarded-access-token",
        "x-ms-token-aad-id-token",
        "x-amzn-oidc-data",
        "x-amzn-oidc-accesstoken",
        "x-goog-iap-jwt-assertion",
        "x-hasura-admin-secret",
        "x-password",
        "x-credentials",
        "x-auth-cookies",
        "x-myauthorisation",
        "client-cert",
        "x-forwarded-client-cert",
        "x-amzn-mtls-clientcert-leaf"
      })
  void rule3_credentialsWithoutNamedHosts_throw(String name) {
    TracingPropagationBuilder builder = TracingPropagation.builder().additionalHeaders(name);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "forwardTo: \"%s\" carries credentials: forwardTo must be Destinations.hosts(...), not"
                + " any()",
            name.toLowerCase(Locale.ROOT));
    Destinations partly = Destinations.inMesh().or(Destinations.hosts("ratings"));
    for (Destinations destinations : List.of(Destinations.inMesh(), partly)) {
      assertThatThrownBy(() -> builder.forwardTo(destinations).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(
              " carries credentials: forwardTo must be Destinations.hosts(...), not %s",
              destinations);
    }
    assertThat(builder.forwardTo(Destinations.hosts("ratings")).build().fields())
        .contains(name.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "x request", "x:y", ":path", "caf\u00e9", "a\nb", "a,b", "\u212aey"})
  void additionalHeaders_notAName_throw(String name) {
    assertThatThrownBy(() -> TracingPropagation.builder().additionalHeaders(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "additionalHeaders: \"" + name + "\" is not a header name; allowed: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host",
        "TE",
        "Connection",
        "keep-alive",
        "proxy-authorization",
        "proxy-status",
        "http2-settings",
        "early-data",
        "Via",
        "Forwarded",
        "X-Forwarded-Host",
        "x-forwarded-proto",
        "x-original-url",
        "max-forwards",
        "sec-websocket-key",
        "grpc-timeout",
        "Grpc-Encoding",
        "grpc-status",
        "grpc-tags-bin",
        "connect-timeout-ms",
        "x-envoy-upstream-rq-timeout-ms",
        "x-http-method-override",
        "Content-Length",
        "content-digest",
        "accept",
        "accept-encoding",
        "accept-ranges",
        "last-event-id",
        "date",
        "if",
        "If-None-Match",
        "range",
        "dpop",
        "signature",
        "x-hub-signature",
        "access-control-request-method",
        "set-cookie",
        "server-timing",
        "traceresponse",
        "etag",
        "www-authenticate"
      })
  void rule3_headerOfOneMessage_throws(String name) {
    assertThatThrownBy(() -> TracingPropagation.builder().additionalHeaders(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "additionalHeaders: \"%s\" belongs to one message or connection; allowed: any header"
                + " that is valid for each call that the request causes, such as end-user",
            name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "end-user",
        "user-agent",
        "accept-language",
        "cache-control",
        "referer",
        "priority",
        "sec-gpc",
        "idempotency-key",
        "x-tenant-key",
        "x-authors",
        "x-certain",
        "x-concert",
        "x-secretary",
        "x-keyboard",
        "x-auth-request-user",
        "x-forwarded-for",
        "x-forwarded-user",
        "x-real-ip",
        "x-envoy-external-address",
        "x-client-trace-id"
      })
  void rule3_headerOfTheRequestAsAWhole_isAccepted(String name) {
    assertThat(TracingPropagation.builder().additionalHeaders(name).build().fields())
        .contains(name);
  }

  @Test
  void rule3_knownHeaders_areAcceptedAndNoCredentials() {
    String[] known = Header.KNOWN.stream().map(Header::name).toArray(String[]::new);

    assertThat(TracingPropagation.builder().providers().additionalHeaders(known).build().fields())
        .containsExactly(known);
  }

  @Test
  void additionalHeaders_moreThan41_throw() {
    String[] names = IntStream.range(0, 42).mapToObj(i -> "x-own-" + i).toArray(String[]::new);
    TracingPropagationBuilder builder = TracingPropagation.builder();

    assertThatThrownBy(() -> builder.additionalHeaders(names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("additionalHeaders: 42 names; allowed: at most 41");
    assertThat(builder.build().fields()).doesNotContain("x-own-0");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_537})
  void maxValueLength_outOfRange_throws(int chars) {
    assertThatThrownBy(() -> TracingPropagation.builder().maxValueLength(chars))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxValueLength: " + chars + " chars; allowed: 1 to 65536");
  }
}
