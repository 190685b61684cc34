// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/** Forwards the captured tracing headers with OkHttp calls. */
@NullMarked
package io.github.tracingpropagation.okhttp;

import org.jspecify.annotations.NullMarked;
