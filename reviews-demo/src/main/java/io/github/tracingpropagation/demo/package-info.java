// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The services reviews and ratings of Istio's bookinfo, written as a user of the library would
 * write them, and a service mesh on one machine to run them in.
 *
 * <p>{@code Main} is the command line. It runs one service alone, or the {@code Story}: each {@code
 * Step} of that starts a {@code Mesh}, sends requests through it, reads their traces back from a
 * {@code TraceBackend}, and checks and prints them.
 *
 * <p>A request passes the gateway and the sidecars of the package {@code mesh}, and between these
 * reviews and ratings of the package {@code bookinfo}. Dependencies point one way: this package →
 * mesh → bookinfo.
 */
@NullMarked
package io.github.tracingpropagation.demo;

import org.jspecify.annotations.NullMarked;
