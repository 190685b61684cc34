// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
import io.github.tracingpropagation.CapturedHeaders

fun length(headers: CapturedHeaders): Int = headers.get("x-request-id")?.length ?: 0

fun name(headers: CapturedHeaders): String = headers.toString()
