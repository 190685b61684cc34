// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks

import io.github.tracingpropagation.CapturedHeaders
import io.github.tracingpropagation.grpc.GrpcTracingPropagation
import io.github.tracingpropagation.testing.Docs
import io.grpc.Channel
import io.grpc.ClientInterceptors
import io.grpc.Metadata
import io.grpc.MethodDescriptor
import io.grpc.Server
import io.grpc.ServerCall
import io.grpc.ServerServiceDefinition
import io.grpc.inprocess.InProcessChannelBuilder
import io.grpc.inprocess.InProcessServerBuilder
import io.grpc.kotlin.ClientCalls
import io.grpc.kotlin.CoroutineContextServerInterceptor
import io.grpc.kotlin.ServerCalls
import io.grpc.stub.MetadataUtils
import io.opentelemetry.context.Context
import io.opentelemetry.extension.kotlin.asContextElement
import java.io.ByteArrayInputStream
import java.io.InputStream
import java.nio.file.Path
import java.util.UUID
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Coroutines of a grpc-kotlin service, which call another service after a suspension. */
class GrpcKotlinTest {
  // docs: grpc-kotlin
  class Coroutines : CoroutineContextServerInterceptor() {
    override fun coroutineContext(call: ServerCall<*, *>, headers: Metadata): CoroutineContext =
      Context.current().asContextElement()
  }

  private fun server(builder: InProcessServerBuilder): Server =
    GrpcTracingPropagation.install(builder.intercept(Coroutines())).build()
  // docs: end

  @Test
  fun rule11_coroutineCallsAfterADelay_forwardsItsOwnHeaders() {
    val ratings = start { CapturedHeaders.current().requestId() ?: NONE }
    val toRatings = GrpcTracingPropagation.install(channelTo(ratings)).build()
    val reviews = start {
      delay(3) // resumes on another thread of the dispatcher
      ClientCalls.unaryRpc(toRatings, GET, "")
    }
    val toReviews = channelTo(reviews).build()

    try {
      assertThat(answers(toReviews)).isEqualTo(List(CALLS, ::id))
    } finally {
      listOf(toReviews, toRatings).forEach { it.shutdownNow() }
      listOf(reviews, ratings).forEach { it.shutdownNow().awaitTermination() }
    }
  }

  @Test
  fun docs() {
    val name = GrpcKotlinTest::class.java.name.replace('.', '/')
    Docs.assertShows("grpc-kotlin", Path.of("src/test/kotlin/$name.kt"))
  }

  private fun channelTo(server: Server) =
    InProcessChannelBuilder.forAddress(server.listenSockets.first())

  private fun start(answer: suspend () -> String): Server {
    val get = ServerCalls.unaryServerMethodDefinition(EmptyCoroutineContext, GET) { answer() }
    val service = ServerServiceDefinition.builder("Ratings").addMethod(get).build()
    val builder = InProcessServerBuilder.forName(UUID.randomUUID().toString())
    return server(builder.addService(service)).start()
  }

  /** Returns what came back for each of many calls at the same time. */
  private fun answers(channel: Channel): List<String> = runBlocking(Dispatchers.IO) {
    withTimeout(60_000) {
      List(CALLS) {
        async {
          val headers = Metadata()
          if (id(it) != NONE) headers.put(REQUEST_ID, id(it))
          val attach = MetadataUtils.newAttachHeadersInterceptor(headers)
          ClientCalls.unaryRpc(ClientInterceptors.intercept(channel, attach), GET, "")
        }
      }.awaitAll()
    }
  }

  private object Text : MethodDescriptor.Marshaller<String> {
    override fun stream(value: String): InputStream = ByteArrayInputStream(value.toByteArray())

    override fun parse(stream: InputStream): String = String(stream.readAllBytes())
  }

  private companion object {
    const val CALLS = 2000
    const val NONE = "none"
    val REQUEST_ID: Metadata.Key<String> =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER)
    val GET: MethodDescriptor<String, String> =
      MethodDescriptor.newBuilder(Text, Text)
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("Ratings/Get")
        .build()

    /** Returns a caller's id; each fifth has none. */
    fun id(call: Int) = if (call % 5 == 0) NONE else "id-$call"
  }
}
