// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.coroutines

import io.github.tracingpropagation.TracingPropagation
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation
import io.opentelemetry.context.Context
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import okhttp3.OkHttpClient
import okhttp3.ResponseBody
import org.springframework.beans.factory.annotation.Value
import org.springframework.stereotype.Component
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.reactive.function.client.WebClient
import org.springframework.web.reactive.function.client.awaitBody
import org.springframework.web.reactive.function.client.support.WebClientAdapter
import org.springframework.web.service.annotation.GetExchange
import org.springframework.web.service.invoker.HttpServiceProxyFactory
import org.springframework.web.service.invoker.createClient
import retrofit2.Retrofit
import retrofit2.create
import retrofit2.http.GET
import retrofit2.http.Path

/** Calls `${downstream}/PATH`, each client in its way. */
@Component
class Calls(
    @param:Value("\${downstream}") private val downstream: String,
    builder: WebClient.Builder,
    private val propagation: TracingPropagation,
) {
  private val webClient = builder.baseUrl(downstream).build()
  private val httpInterface: Reviews =
      HttpServiceProxyFactory.builderFor(WebClientAdapter.create(webClient)).build().createClient()
  private val retrofit: Ratings = ratings(propagation)
  private val client = HttpClient.newHttpClient()

  interface Reviews {
    @GetExchange("/{path}") suspend fun get(@PathVariable("path") path: String): String
  }

  interface Ratings {
    @GET("{path}") suspend fun get(@Path("path") path: String): ResponseBody
  }

  // docs: retrofit
  private fun ratings(propagation: TracingPropagation): Ratings {
    val client = OkHttpTracingPropagation.install(OkHttpClient.Builder(), propagation).build()
    return Retrofit.Builder().baseUrl("$downstream/").client(client).build().create()
  }

  // docs: end

  suspend fun web(path: String) = webClient.get().uri("/$path").retrieve().awaitBody<String>()

  suspend fun httpInterface(path: String) = httpInterface.get(path)

  suspend fun retrofit(path: String) = retrofit.get(path).string()

  /** Forwards what is current on the thread, as all clients but `WebClient` do. */
  fun thread(path: String): String {
    val uri = URI.create("$downstream/$path")
    val request = HttpRequest.newBuilder(uri)
    propagation.inject(Context.current(), uri, request) { it, name, value ->
      it!!.setHeader(name, value)
    }
    return client.send(request.build(), BodyHandlers.ofString()).body()
  }

  /** Calls with each client, with each of them after a suspension. */
  suspend fun each(id: String): String {
    thread("$id-thread")
    web("$id-web")
    thread("$id-thread")
    httpInterface("$id-interface")
    retrofit("$id-retrofit")
    thread("$id-thread")
    web("$id-web")
    return id
  }
}
