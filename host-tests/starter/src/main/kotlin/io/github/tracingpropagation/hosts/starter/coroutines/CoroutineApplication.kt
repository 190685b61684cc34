// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.coroutines

import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type.REACTIVE
import org.springframework.context.annotation.Bean
import org.springframework.web.reactive.function.server.bodyValueAndAwait
import org.springframework.web.reactive.function.server.coRouter
import org.springframework.web.server.CoWebFilter
import org.springframework.web.server.CoWebFilterChain
import org.springframework.web.server.ServerWebExchange

/** Suspending controllers, for Spring MVC and for WebFlux. */
@SpringBootApplication(proxyBeanMethods = false)
class CoroutineApplication {
  @Bean
  @ConditionalOnBooleanProperty("co-web-filter")
  fun filter() =
      object : CoWebFilter() {
        override suspend fun filter(exchange: ServerWebExchange, chain: CoWebFilterChain) =
            chain.filter(exchange)
      }

  @Bean
  @ConditionalOnWebApplication(type = REACTIVE)
  fun router(calls: Calls) = coRouter {
    GET("/router/{gate}") { request ->
      Gate.of(request.pathVariable("gate")).pass()
      ok().bodyValueAndAwait(calls.each(request.queryParam("id").get()))
    }
  }
}
