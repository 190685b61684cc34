// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.List;
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

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    ReflectionHints reflection = hints.reflection();
    // What SpringClients and SpringWebClients read.
    fields(reflection, loader, "client.DefaultRestClientBuilder", "requestFactory");
    fields(reflection, loader, "client.DefaultRestClient", "clientRequestFactory");
    String reactive = "reactive.function.client.";
    fields(
        reflection, loader, reactive + "DefaultWebClientBuilder", "connector", "exchangeFunction");
    fields(reflection, loader, reactive + "DefaultWebClient", "exchangeFunction");
    fields(reflection, loader, reactive + "ExchangeFunctions$DefaultExchangeFunction", "connector");
    // What ExecutorBeans and ExecutorConfiguration read.
    for (String executor :
        List.of(
            "org.springframework.core.task.SimpleAsyncTaskExecutor",
            "org.springframework.core.task.support.TaskExecutorAdapter",
            "org.springframework.scheduling.concurrent.ConcurrentTaskExecutor",
            "org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor")) {
      reflection.registerTypeIfPresent(loader, executor, type -> type.withField("taskDecorator"));
    }
    reflection.registerTypeIfPresent(
        loader,
        "org.springframework.context.event.SimpleApplicationEventMulticaster",
        type -> type.withField("taskExecutor"));
    reflection.registerTypeIfPresent(
        loader,
        "org.springframework.aop.interceptor.AsyncExecutionAspectSupport",
        type -> type.withField("defaultExecutor").withField("exceptionHandler"));
    reflection.registerTypeIfPresent(
        loader,
        "org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter",
        type -> type.withField("callableInterceptors"));
    // What KafkaListeners, KafkaConfiguration and RabbitConfiguration read.
    String kafka = "org.springframework.kafka.";
    reflection.registerTypeIfPresent(
        loader,
        kafka + "config.AbstractKafkaListenerContainerFactory",
        type -> type.withField("containerCustomizer"));
    reflection.registerTypeIfPresent(
        loader,
        kafka + "listener.AbstractMessageListenerContainer",
        type -> type.withField("recordInterceptor").withField("batchInterceptor"));
    reflection.registerTypeIfPresent(
        loader, kafka + "core.KafkaTemplate", type -> type.withField("producerInterceptor"));
    String rabbit = "org.springframework.amqp.rabbit.";
    reflection.registerTypeIfPresent(
        loader,
        rabbit + "listener.AbstractMessageListenerContainer",
        type -> type.withField("adviceChain").withField("initialized"));
    reflection.registerTypeIfPresent(
        loader,
        rabbit + "core.RabbitTemplate",
        type -> type.withField("messagePropertiesConverter"));
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

  private static void fields(
      ReflectionHints reflection, @Nullable ClassLoader loader, String type, String... names) {
    reflection.registerTypeIfPresent(
        loader, "org.springframework.web." + type, hint -> List.of(names).forEach(hint::withField));
  }
}
