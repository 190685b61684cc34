// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.coroutines

import io.github.tracingpropagation.CapturedHeaders
import io.opentelemetry.context.Context
import io.opentelemetry.extension.kotlin.asContextElement
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.RequestParam
import org.springframework.web.bind.annotation.RestController

/** Calls where coroutines get to by themselves. */
@RestController
class CoroutineController(private val calls: Calls) {
  private val background = CoroutineScope(Dispatchers.Default)

  @JvmInline value class Answer(val text: String)

  @GetMapping("/{way}")
  suspend fun call(@PathVariable("way") way: String, @RequestParam("id") id: String) =
      Answer(
          when (way) {
            "plain" -> calls.each(id)
            "delay" -> {
              delay(1)
              calls.each(id)
            }
            "io" -> withContext(Dispatchers.IO) { calls.each(id) }
            "child" -> coroutineScope { async { calls.each(id) }.await() }
            "background" -> inTheBackground(id)
            "nothing" -> forwardingNothing(id)
            "after-nothing" -> {
              forwardingNothing("other-$id")
              calls.each(id)
            }
            else -> throw IllegalArgumentException(way)
          })

  private suspend fun inTheBackground(id: String): String {
    // docs: coroutine
    val reviews = background.async(Context.current().asContextElement()) { calls.each(id) }
    // docs: end
    return reviews.await()
  }

  private suspend fun forwardingNothing(id: String): String {
    // docs: coroutine nothing
    val nothing = CapturedHeaders.empty().storeInContext(Context.current())
    withContext(nothing.asContextElement()) { calls.each(id) }
    // docs: end
    return id
  }
}
