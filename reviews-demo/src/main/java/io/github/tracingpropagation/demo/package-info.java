// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The services reviews and ratings of Istio's bookinfo, written as a user of the library would
 * write them, and a service mesh on one machine to run them in.
 *
 * <p>A request passes through these packages:
 *
 * <ol>
 *   <li>{@code story} starts a mesh for each of its steps and sends the requests;
 *   <li>{@code sidecar}, or {@code envoy}, receives each request at the ingress gateway and proxies
 *       it;
 *   <li>{@code reviews} captures the tracing headers, and forwards them when it calls ratings;
 *   <li>the sidecars proxy the call out of reviews and into ratings;
 *   <li>{@code ratings} answers;
 *   <li>{@code backend} is the Zipkin or Jaeger that stores the spans of the sidecars; the story
 *       reads the traces back from there and checks them.
 * </ol>
 *
 * <p>{@code cli} is the command line that starts all of this, or one service alone. {@code service}
 * is what the servers share. Dependencies point one way: cli → story → reviews, ratings, envoy →
 * sidecar → backend → service.
 */
@NullMarked
package io.github.tracingpropagation.demo;

import org.jspecify.annotations.NullMarked;
