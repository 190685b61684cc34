// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.quarkus.grpc.runtime.config.GrpcConfiguration;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.stork.Stork;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Forwards by gRPC; once hosts are named, only where the host can be seen. Stork chooses it beneath
 * all interceptors, and the channel's authority is the name of the service. The channel of Vert.x
 * has no authority.
 */
final class GrpcForwardingInterceptor implements ClientInterceptor {
  private static final OnceLogger LOGGER = OnceLogger.of(GrpcForwardingInterceptor.class);

  private final TracingPropagation propagation;
  private final ClientInterceptor forwarding;
  private final List<String> storkAuthorities;

  GrpcForwardingInterceptor(TracingPropagation propagation, ClientInterceptor forwarding) {
    this.propagation = propagation;
    this.forwarding = forwarding;
    storkAuthorities =
        ConfigProvider.getConfig()
            .unwrap(SmallRyeConfig.class)
            .getConfigMapping(GrpcConfiguration.class)
            .clients()
            .values()
            .stream()
            .filter(client -> client.nameResolver().equalsIgnoreCase(Stork.STORK))
            .map(client -> client.overrideAuthority().orElseGet(client::host))
            .toList();
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return isHostKnown(next)
        ? forwarding.interceptCall(method, options, next)
        : next.newCall(method, options);
  }

  private boolean isHostKnown(Channel channel) {
    if (propagation.destinations().includesAll()) {
      return true;
    }
    String authority = channel.authority();
    if (authority == null) {
      LOGGER.mayReachOtherHost(
          propagation,
          "a gRPC client of Vert.x",
          "its channel has no authority to check",
          "Set use-quarkus-grpc-client to false for that client.");
      return false;
    }
    if (isStork(authority)) {
      LOGGER.mayReachOtherHost(
          propagation,
          "the gRPC client of " + authority,
          "Stork chooses its host",
          "Use another name resolver, such as dns.");
      return false;
    }
    return true;
  }

  private boolean isStork(String authority) {
    return storkAuthorities.stream()
        .anyMatch(host -> authority.equals(host) || authority.startsWith(host + ":"));
  }
}
