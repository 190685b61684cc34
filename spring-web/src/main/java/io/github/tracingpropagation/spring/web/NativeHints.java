// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/** What this package finds by reflection, for native images; none has been tried. */
final class NativeHints implements RuntimeHintsRegistrar {
  /** Of {@link NonRedirectingFactory}, whose fields are copied. */
  private static final List<String> COPIED =
      List.of("proxy", "chunkSize", "connectTimeout", "readTimeout");

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    RequestBinding.SENDERS.forEach((type, field) -> fields(hints, loader, type, List.of(field)));
    fields(hints, loader, "org.springframework.http.client.SimpleClientHttpRequestFactory", COPIED);
    // What Redirects reads; what is not readable is taken for one that may follow redirects.
    fields(
        hints,
        loader,
        "org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper",
        List.of("requestFactory"));
    for (String type :
        List.of(
            "HttpComponentsClientHttpRequestFactory",
            "JdkClientHttpRequestFactory",
            "ReactorClientHttpRequestFactory",
            "reactive.JdkClientHttpConnector",
            "reactive.ReactorClientHttpConnector")) {
      fields(hints, loader, "org.springframework.http.client." + type, List.of("httpClient"));
    }
    String apache = "org.apache.hc.client5.http.impl.";
    for (String client :
        List.of("classic.InternalHttpClient", "async.InternalAbstractHttpAsyncClient")) {
      fields(hints, loader, apache + client, List.of("execChain"));
    }
    for (String style : List.of("classic.", "async.Async")) {
      fields(hints, loader, apache + style + "ExecChainElement", List.of("handler", "next"));
    }
    fields(hints, loader, apache + "classic.RedirectExec", List.of("redirectStrategy"));
    for (String exec : List.of("classic.MainClientExec", "async.HttpAsyncMainClientExec")) {
      fields(hints, loader, apache + exec, List.of("httpProcessor"));
    }
    fields(
        hints,
        loader,
        "org.apache.hc.core5.http.protocol.DefaultHttpProcessor",
        List.of("requestInterceptors"));
    String reactor = "reactor.netty.http.client.HttpClientCon";
    method(hints, loader, reactor + "nect", "configuration");
    method(hints, loader, reactor + "fig", "followRedirectPredicate");
    String jetty = "org.eclipse.jetty.client.HttpClient";
    if (ClassUtils.isPresent(jetty, loader)) { // without it, Spring's classes have broken fields
      method(hints, loader, jetty, "isFollowRedirects");
      for (String type :
          List.of("JettyClientHttpRequestFactory", "reactive.JettyClientHttpConnector")) {
        fields(hints, loader, "org.springframework.http.client." + type, List.of("httpClient"));
      }
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
      RuntimeHints hints, @Nullable ClassLoader loader, String type, List<String> names) {
    hints.reflection().registerTypeIfPresent(loader, type, hint -> names.forEach(hint::withField));
  }
}
