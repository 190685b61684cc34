// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/** What this package finds by reflection, for native images; none has been tried. */
final class NativeHints implements RuntimeHintsRegistrar {
  private static final String SPRING = "org.springframework.http.client.";
  private static final String APACHE = "org.apache.hc.client5.http.impl.";

  /**
   * The fields that are read. If {@link Redirects} cannot read one, it assumes that redirects may
   * be followed.
   */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          // NonRedirectingFactory copies all of them
          entry(
              SPRING + "SimpleClientHttpRequestFactory",
              "proxy,chunkSize,connectTimeout,readTimeout"),
          // Redirects
          entry(SPRING + "AbstractClientHttpRequestFactoryWrapper", "requestFactory"),
          entry(SPRING + "HttpComponentsClientHttpRequestFactory", "httpClient"),
          entry(SPRING + "JdkClientHttpRequestFactory", "httpClient"),
          entry(SPRING + "ReactorClientHttpRequestFactory", "httpClient"),
          entry(SPRING + "reactive.JdkClientHttpConnector", "httpClient"),
          entry(SPRING + "reactive.ReactorClientHttpConnector", "httpClient"),
          entry(APACHE + "classic.InternalHttpClient", "execChain"),
          entry(APACHE + "classic.ExecChainElement", "handler,next"),
          entry(APACHE + "classic.RedirectExec", "redirectStrategy"),
          entry(APACHE + "classic.MainClientExec", "httpProcessor"),
          entry(APACHE + "async.InternalAbstractHttpAsyncClient", "execChain"),
          entry(APACHE + "async.AsyncExecChainElement", "handler,next"),
          entry(APACHE + "async.HttpAsyncMainClientExec", "httpProcessor"),
          entry("org.apache.hc.core5.http.protocol.DefaultHttpProcessor", "requestInterceptors"));

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    RequestBinding.SENDERS.forEach((type, field) -> fields(hints, loader, type, field));
    FIELDS.forEach((type, fields) -> fields(hints, loader, type, fields));
    String reactor = "reactor.netty.http.client.HttpClientCon";
    method(hints, loader, reactor + "nect", "configuration");
    method(hints, loader, reactor + "fig", "followRedirectPredicate");
    String jetty = "org.eclipse.jetty.client.HttpClient";
    if (ClassUtils.isPresent(jetty, loader)) { // without it, Spring's classes have broken fields
      method(hints, loader, jetty, "isFollowRedirects");
      fields(hints, loader, SPRING + "JettyClientHttpRequestFactory", "httpClient");
      fields(hints, loader, SPRING + "reactive.JettyClientHttpConnector", "httpClient");
    }
    hints
        .reflection()
        .registerTypeIfPresent(
            loader,
            CoroutineHeaders.SPRINGS_ELEMENT,
            type -> type.withConstructor(List.of(), ExecutableMode.INVOKE));
  }

  private static void method(
      RuntimeHints hints, @Nullable ClassLoader loader, String type, String name) {
    hints
        .reflection()
        .registerTypeIfPresent(
            loader, type, hint -> hint.withMethod(name, List.of(), ExecutableMode.INVOKE));
  }

  private static void fields(
      RuntimeHints hints, @Nullable ClassLoader loader, String type, String names) {
    hints
        .reflection()
        .registerTypeIfPresent(
            loader, type, hint -> List.of(names.split(",")).forEach(hint::withField));
  }
}
