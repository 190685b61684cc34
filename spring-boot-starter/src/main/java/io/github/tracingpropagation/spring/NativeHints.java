// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * What the library and Feign find by reflection, for native images; none has been tried. Without
 * the hints for servers, requests are read through the servlet API.
 */
final class NativeHints implements RuntimeHintsRegistrar {
  /** What clients have that Spring Boot has not built. */
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "http.client.InterceptingClientHttpRequest", List.of("requestFactory"),
          "http.client.BufferingClientHttpRequestWrapper", List.of("request"),
          "http.client.SimpleClientHttpRequestFactory",
              List.of("proxy", "chunkSize", "connectTimeout", "readTimeout"),
          "web.client.DefaultRestClientBuilder", List.of("requestFactory"),
          "web.reactive.function.client.DefaultWebClientBuilder", List.of("connector"));

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    ReflectionHints reflection = hints.reflection();
    reflection.registerTypeIfPresent(
        loader, "org.apache.catalina.connector.RequestFacade", type -> type.withField("request"));
    for (String release : List.of("ee10", "ee11")) {
      reflection.registerTypeIfPresent(
          loader,
          "org.eclipse.jetty." + release + ".servlet.ServletApiRequest",
          type -> type.withMethod("getFields", List.of(), ExecutableMode.INVOKE));
    }
    reflection.registerTypeIfPresent(
        loader,
        "io.opentelemetry.context.propagation.TextMapGetter",
        type ->
            type.withMethod(
                "getAll",
                TypeReference.listOf(Object.class, String.class),
                ExecutableMode.INTROSPECT));
    FIELDS.forEach(
        (type, names) ->
            reflection.registerTypeIfPresent(
                loader, "org.springframework." + type, hint -> names.forEach(hint::withField)));
    reflection.registerTypeIfPresent(
        loader,
        CoroutineHeaders.SPRINGS_ELEMENT,
        type -> type.withConstructor(List.of(), ExecutableMode.INVOKE));
    for (String builder :
        List.of("ClientHttpRequestFactoryBuilder", "reactive.ClientHttpConnectorBuilder")) {
      String name = "org.springframework.boot.http.client." + builder;
      if (ClassUtils.isPresent(name, loader)) {
        hints.proxies().registerJdkProxy(TypeReference.of(name));
      }
    }
    if (ClassUtils.isPresent("feign.Capability", loader)) {
      reflection.registerType(
          TracingPropagationCapability.class, MemberCategory.INVOKE_PUBLIC_METHODS);
    }
  }
}
