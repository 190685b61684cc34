// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * {@code Main} is the command line. It runs one service alone, or the {@code Story}, which starts a
 * {@code Mesh} for each {@code Step}, sends requests through it, reads their traces back from a
 * {@code TraceBackend}, and checks and prints them. Dependencies point one way: this package → mesh
 * → bookinfo.
 */
@NullMarked
package io.github.tracingpropagation.demo;

import org.jspecify.annotations.NullMarked;
