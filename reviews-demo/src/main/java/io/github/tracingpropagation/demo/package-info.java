// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The services reviews and ratings of Istio's bookinfo, as a user of the library writes them, and a
 * mesh on one machine around them.
 *
 * <p>{@code ReviewsService} is Jakarta REST and calls ratings with OkHttp or with the Jakarta REST
 * client; {@code RatingsService} is a servlet. The {@code …Command}s are the command line, the
 * {@code …Settings} what the environment or the options say. A {@code Mesh} puts both services
 * beside their {@code Sidecar}s, the {@code Story} sends requests through it, one {@code Step}
 * after the other, and {@code Zipkin} tells what became of them.
 */
@NullMarked
package io.github.tracingpropagation.demo;

import org.jspecify.annotations.NullMarked;
