// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/** What the starter and Feign find by reflection, for native images; none has been tried. */
final class NativeHints implements RuntimeHintsRegistrar {
  private static final String WEB_CLIENT = "web.reactive.function.client.";

  /** The fields of each of Spring's classes that are read. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          // SpringClients
          entry("web.client.DefaultRestClientBuilder", "requestFactory"),
          entry("web.client.DefaultRestClient", "clientRequestFactory"),
          // SpringWebClients
          entry(WEB_CLIENT + "DefaultWebClientBuilder", "connector,exchangeFunction"),
          entry(WEB_CLIENT + "DefaultWebClient", "exchangeFunction"),
          entry(WEB_CLIENT + "ExchangeFunctions$DefaultExchangeFunction", "connector"),
          // ExecutorBeans
          entry("core.task.SimpleAsyncTaskExecutor", "taskDecorator"),
          entry("core.task.support.TaskExecutorAdapter", "taskDecorator"),
          entry("scheduling.concurrent.ConcurrentTaskExecutor", "taskDecorator"),
          entry("scheduling.concurrent.ThreadPoolTaskExecutor", "taskDecorator"),
          // ExecutorConfiguration
          entry("context.event.SimpleApplicationEventMulticaster", "taskExecutor"),
          entry("aop.interceptor.AsyncExecutionAspectSupport", "defaultExecutor,exceptionHandler"),
          entry(
              "web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter",
              "callableInterceptors"),
          // KafkaListeners, KafkaConfiguration
          entry("kafka.config.AbstractKafkaListenerContainerFactory", "containerCustomizer"),
          entry(
              "kafka.listener.AbstractMessageListenerContainer",
              "recordInterceptor,batchInterceptor"),
          entry("kafka.core.KafkaTemplate", "producerInterceptor"),
          // RabbitConfiguration
          entry("amqp.rabbit.listener.AbstractMessageListenerContainer", "adviceChain,initialized"),
          entry("amqp.rabbit.core.RabbitTemplate", "messagePropertiesConverter"));

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    ReflectionHints reflection = hints.reflection();
    FIELDS.forEach(
        (type, fields) ->
            reflection.registerTypeIfPresent(
                loader,
                "org.springframework." + type,
                hint -> List.of(fields.split(",")).forEach(hint::withField)));
    for (Class<?> executor : List.of(Executor.class, ExecutorService.class)) {
      hints.proxies().registerJdkProxy(AopProxyUtils.completeJdkProxyInterfaces(executor));
    }
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
