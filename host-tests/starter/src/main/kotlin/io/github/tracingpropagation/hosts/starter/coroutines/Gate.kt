// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.coroutines

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.sync.Mutex

/** Where one request waits until another one lets it go on, which then runs the first one's code. */
class Gate(kind: String) {
  private val mutex = Mutex(locked = true)
  private val deferred = CompletableDeferred<Unit>()
  private val channel = Channel<Unit>(1)
  private val suspended = CountDownLatch(1)

  private val wait: suspend () -> Unit
  val open: () -> Unit

  init {
    when (kind) {
      "mutex" -> {
        wait = { mutex.lock() }
        open = { mutex.unlock() }
      }
      "deferred" -> {
        wait = { deferred.await() }
        open = { deferred.complete(Unit) }
      }
      "channel" -> {
        wait = { channel.receive() }
        open = { channel.trySend(Unit).getOrThrow() }
      }
      else -> throw IllegalArgumentException(kind)
    }
  }

  /** Suspends, and says so only then: whoever opens the gate resumes the caller on his thread. */
  suspend fun pass(): Unit = suspendCoroutineUninterceptedOrReturn { caller ->
    wait.startCoroutineUninterceptedOrReturn(caller).also {
      if (it === COROUTINE_SUSPENDED) suspended.countDown()
    }
  }

  companion object {
    private val GATES = ConcurrentHashMap<String, Gate>()

    /** Returns the gate of this name, for example "mutex-7". */
    @JvmStatic
    fun of(name: String): Gate = GATES.computeIfAbsent(name) { Gate(it.substringBefore('-')) }

    /** Returns a latch that opens when somebody waits at the gate. */
    @JvmStatic fun somebodyWaitsAt(name: String): CountDownLatch = of(name).suspended
  }
}
