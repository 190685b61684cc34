// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.coroutines

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withContext
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.RequestParam
import org.springframework.web.bind.annotation.RestController

/** Calls in coroutines that wait at a gate, and in those that open it. */
@RestController
class GateController(private val calls: Calls) {

  @GetMapping("/waits/{gate}")
  suspend fun waits(@PathVariable("gate") gate: String, @RequestParam("id") id: String): String {
    Gate.of(gate).pass()
    return calls.each(id)
  }

  @GetMapping("/flow/{gate}")
  fun flow(@PathVariable("gate") gate: String, @RequestParam("id") id: String): Flow<String> =
      flow {
        Gate.of(gate).pass()
        emit(calls.each(id))
      }

  /** With `WebClient` alone: the code of such a flow runs with the headers of whoever resumes it. */
  @GetMapping("/suspending-flow/{gate}")
  suspend fun suspendingFlow(
      @PathVariable("gate") gate: String,
      @RequestParam("id") id: String,
  ): Flow<String> = flow {
    Gate.of(gate).pass()
    calls.web("$id-web")
    calls.web("$id-web")
    emit(id)
  }

  @GetMapping("/opens/{gate}")
  suspend fun opens(@PathVariable("gate") gate: String, @RequestParam("id") id: String): String {
    Gate.of(gate).open()
    return calls.each(id)
  }

  @GetMapping("/opens-late/{gate}")
  suspend fun late(@PathVariable("gate") gate: String, @RequestParam("id") id: String): String {
    calls.web("$id-web")
    Gate.of(gate).open()
    return calls.each(id)
  }

  /** Not where Kotlin queues what its own thread resumes, until the thread has no headers. */
  @GetMapping("/opens-on-io/{gate}")
  suspend fun onIo(@PathVariable("gate") gate: String, @RequestParam("id") id: String): String {
    withContext(Dispatchers.IO) { Gate.of(gate).open() }
    return calls.each(id)
  }

  @GetMapping("/opens-plainly/{gate}")
  fun plainly(@PathVariable("gate") gate: String, @RequestParam("id") id: String): String {
    Gate.of(gate).open()
    return id
  }
}
