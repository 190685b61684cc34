// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Request;
import io.github.tracingpropagation.adapter.NewMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.openfeign.loadbalancer.LoadBalancerFeignRequestTransformer;
import org.springframework.core.Ordered;

/** The host of the instance that Spring Cloud chooses decides, not the name of the service. */
@Tag("load-balancer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadBalancerTest {
  private static final String INTERNAL = "ratings.internal.example.com";
  private static final String PUBLIC = "ratings.public.example.com";
  private static final String HOSTS = "*.internal.example.com";

  private final Map<String, LocalApplication> applications = new HashMap<>();
  private Recorder ratings;

  @BeforeAll
  void start() throws IOException {
    ratings = new Recorder();
  }

  @AfterAll
  void stop() {
    applications.values().forEach(LocalApplication::close);
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource
  void rule8_anyHost_everyInstanceIsForwardedTo(BalancedClient client) {
    assertThat(calls("any", client, "local", "")).containsExactly(Hop.own("localhost"));
  }

  @ParameterizedTest
  @EnumSource
  void rule8_inMesh_decidedByTheHostOfTheInstance(BalancedClient client) {
    assertThat(calls("in-mesh", client, "public", "")).containsExactly(Hop.nothing(PUBLIC));
    assertThat(calls("in-mesh", client, "local", ""))
        .containsExactly(client.served() ? Hop.own("localhost") : Hop.nothing("localhost"));
  }

  @ParameterizedTest
  @EnumSource
  void rule8_hostsAreNamed_decidedByTheHostOfTheInstance(BalancedClient client) {
    assertThat(calls(HOSTS, client, "public", "")).containsExactly(Hop.nothing(PUBLIC));
    assertThat(calls(HOSTS, client, "internal", "")).containsExactly(served(client));
  }

  /** What is named is no host. */
  @ParameterizedTest
  @EnumSource
  void rule8_serviceIsNamed_nothingIsForwarded(BalancedClient client) {
    assertThat(calls("public", client, "public", "")).containsExactly(Hop.nothing(PUBLIC));
  }

  @ParameterizedTest
  @EnumSource
  void rule8_retryOnAnotherInstance_isDecidedAnew(BalancedClient client) {
    List<Hop> expected = List.of(served(client), Hop.nothing(PUBLIC));
    List<Hop> first = calls(HOSTS, client, "both", "busy-");
    List<Hop> second = calls(HOSTS, client, "both", "busy-");

    assertThat(first).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(second).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(first.get(0)).isNotEqualTo(second.get(0)); // the instances take turns
  }

  /** The redirect leads to localhost. */
  @ParameterizedTest
  @EnumSource
  void rule8_redirect_isNotFollowedByAClientThatForwards(BalancedClient client) {
    List<Hop> hops = calls(HOSTS, client, "internal", "redirect-");

    assertThat(hops).containsExactly(served(client));
  }

  /** A transformer of the application that comes after ours could change the host again. */
  @Test
  @ExtendWith({OutputCaptureExtension.class, NewMessages.class})
  void rule8_laterTransformerOfFeign_nothingIsForwarded(CapturedOutput output) {
    try (LocalApplication application = start(HOSTS, LateTransformer.class)) {
      Consumer<String> feign = BalancedClient.FEIGN.of(application.context(), "internal");

      assertThat(Hop.of(application, ratings, "", feign)).containsExactly(Hop.nothing(INTERNAL));
    }
    assertThat(output).containsOnlyOnce("No tracing headers are forwarded with Feign's client");
  }

  /** Has the order of ours, and is registered after all others. */
  static class LateTransformer implements BeanDefinitionRegistryPostProcessor {
    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
      registry.registerBeanDefinition("late", new RootBeanDefinition(Late.class, Late::new));
    }
  }

  record Late() implements LoadBalancerFeignRequestTransformer, Ordered {
    @Override
    public int getOrder() {
      return LOWEST_PRECEDENCE;
    }

    @Override
    public Request transformRequest(Request request, ServiceInstance instance) {
      return request;
    }
  }

  private static Hop served(BalancedClient client) {
    return client.served() ? Hop.withCredentials(INTERNAL) : Hop.nothing(INTERNAL);
  }

  private List<Hop> calls(String forwardTo, BalancedClient client, String service, String prefix) {
    LocalApplication application =
        applications.computeIfAbsent(forwardTo, this::start);
    return Hop.of(
        application, ratings, prefix, client.of(application.context(), service));
  }

  private LocalApplication start(String forwardTo, Class<?>... others) {
    List<String> properties =
        new ArrayList<>(
            List.of(
                "tracing.propagation.forward-to=" + forwardTo,
                // Resolves names as the JDK does.
                "spring.http.reactiveclient.connector=jdk",
                "spring.http.clients.reactive.connector=jdk",
                "spring.cloud.loadbalancer.retry.enabled=" + forwardTo.equals(HOSTS),
                "spring.cloud.loadbalancer.retry.retryable-status-codes=500"));
    if (forwardTo.equals(HOSTS)) {
      properties.add("tracing.propagation.additional-headers=authorization");
    }
    instances(properties, "public", PUBLIC);
    instances(properties, "internal", INTERNAL);
    instances(properties, "local", "localhost");
    instances(properties, "both", INTERNAL, PUBLIC);
    List<Class<?>> sources = new ArrayList<>(List.of(others));
    sources.add(BalancedApplication.class);
    return LocalApplication.start(sources, WebApplicationType.NONE, ratings.uri(), properties);
  }

  private void instances(List<String> properties, String service, String... hosts) {
    for (int i = 0; i < hosts.length; i++) {
      properties.add(
          "spring.cloud.discovery.client.simple.instances.%s[%d].uri=%s"
              .formatted(service, i, ratings.uri().replace("127.0.0.1", hosts[i])));
    }
  }
}
