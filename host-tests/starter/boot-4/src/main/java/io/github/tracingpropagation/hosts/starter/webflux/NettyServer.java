// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.webflux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Not Tomcat, which is on the class path as well. */
@Configuration(proxyBeanMethods = false)
public class NettyServer {
  @Bean
  NettyReactiveWebServerFactory netty(ObjectProvider<NettyRouteProvider> routes) {
    NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory();
    factory.addRouteProviders(routes.orderedStream().toArray(NettyRouteProvider[]::new));
    return factory;
  }
}
