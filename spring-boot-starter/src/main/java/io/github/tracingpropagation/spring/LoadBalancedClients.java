// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;
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
    ObjectProvider<Forwarder> forwarders,
    Supplier<@Nullable ClientHttpRequestFactory> springBoots) {

  RestClient.Builder forwarding(RestClient.Builder builder) {
    Forwarder forwarder = forwarders.getObject();
    if (!forwarder.toAnyHost() && LoadBalancedBeans.lacks(builder, "requestFactory")) {
      ClientHttpRequestFactory factory = springBoots.get();
      if (factory != null) {
        builder.requestFactory(factory);
      }
    }
    ForwardingInterceptor.addTo(builder, forwarder);
    return builder;
  }

  RestTemplate forwarding(RestTemplate template) {
    Forwarder forwarder = forwarders.getObject();
    ClientHttpRequestFactory present = template.getRequestFactory();
    if (present instanceof InterceptingClientHttpRequestFactory intercepting) {
      present = intercepting.getDelegate();
    }
    if (!forwarder.toAnyHost() && present.getClass() == SimpleClientHttpRequestFactory.class) {
      ClientHttpRequestFactory single = new DoesNotFollow((SimpleClientHttpRequestFactory) present);
      template.setRequestFactory(new ForwardingRequestFactory(single, forwarder));
    }
    ForwardingInterceptor.addTo(template, forwarder);
    return template;
  }

  private static final class DoesNotFollow extends SimpleClientHttpRequestFactory {
    DoesNotFollow(SimpleClientHttpRequestFactory original) {
      ReflectionUtils.shallowCopyFieldState(original, this); // timeouts, the proxy
    }

    @Override
    protected void prepareConnection(HttpURLConnection connection, String method)
        throws IOException {
      super.prepareConnection(connection, method);
      connection.setInstanceFollowRedirects(false);
    }
  }
}
