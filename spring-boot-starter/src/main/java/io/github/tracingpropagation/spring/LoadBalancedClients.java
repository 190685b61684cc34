// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.web.RestClientTracingPropagation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Makes clients of the application forward that Spring Boot has not built. Once {@code forward-to}
 * names hosts, one that forwards and does not follow redirects replaces the request factory that
 * they have as they come; with another one they forward nothing.
 *
 * @param springBoots builds a request factory as Spring Boot does; null if there is not one way
 */
record LoadBalancedClients(
    ObjectProvider<TracingPropagation> propagations,
    Supplier<@Nullable ClientHttpRequestFactory> springBoots) {

  RestClient.Builder forwarding(RestClient.Builder builder) {
    TracingPropagation propagation = propagations.getObject();
    if (!propagation.destinations().includesAll()
        && LoadBalancedBeans.lacks(builder, "requestFactory")) {
      ClientHttpRequestFactory factory = springBoots.get();
      if (factory != null) {
        builder.requestFactory(factory);
      }
    }
    return RestClientTracingPropagation.install(builder, propagation);
  }

  RestTemplate forwarding(RestTemplate template) {
    TracingPropagation propagation = propagations.getObject();
    ClientHttpRequestFactory present = template.getRequestFactory();
    if (present instanceof InterceptingClientHttpRequestFactory intercepting) {
      present = intercepting.getDelegate();
    }
    if (!propagation.destinations().includesAll()
        && present.getClass() == SimpleClientHttpRequestFactory.class) {
      template.setRequestFactory(
          RestClientTracingPropagation.wrapAssumingNoRedirects(present, propagation));
    }
    return RestClientTracingPropagation.install(template, propagation);
  }
}
