// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
import io.github.tracingpropagation.CapturedHeaders

/** Must not compile: the header may be absent. */
fun length(headers: CapturedHeaders): Int = headers.get("x-request-id").length
