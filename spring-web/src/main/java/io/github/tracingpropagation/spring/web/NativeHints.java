// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What this package finds by reflection, for native images; none has been tried. */
final class NativeHints implements RuntimeHintsRegistrar {
  /** Of {@link NonRedirectingFactory}, whose fields are copied. */
  private static final List<String> COPIED =
      List.of("proxy", "chunkSize", "connectTimeout", "readTimeout");

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    RequestBinding.SENDERS.forEach((type, field) -> fields(hints, loader, type, List.of(field)));
    fields(hints, loader, "org.springframework.http.client.SimpleClientHttpRequestFactory", COPIED);
    // What is not readable is taken for one that may follow redirects, as those of other libraries.
    for (String type :
        List.of(
            "JdkClientHttpRequestFactory",
            "ReactorClientHttpRequestFactory",
            "reactive.JdkClientHttpConnector",
            "reactive.ReactorClientHttpConnector")) {
      fields(hints, loader, "org.springframework.http.client." + type, List.of("httpClient"));
    }
    hints
        .reflection()
        .registerTypeIfPresent(
            loader,
            CoroutineHeaders.SPRINGS_ELEMENT,
            type -> type.withConstructor(List.of(), ExecutableMode.INVOKE));
  }

  private static void fields(
      RuntimeHints hints, @Nullable ClassLoader loader, String type, List<String> names) {
    hints.reflection().registerTypeIfPresent(loader, type, hint -> names.forEach(hint::withField));
  }
}
