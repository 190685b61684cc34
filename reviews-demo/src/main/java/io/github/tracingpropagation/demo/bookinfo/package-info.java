// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Bookinfo's reviews and ratings. {@code ReviewsService} is a Jakarta REST application on Jersey
 * with the library's feature; {@code RatingsClient} calls ratings with OkHttp, the Jakarta REST
 * client or by gRPC, each with the library's adapter. {@code RatingsService} is a servlet with the
 * library's filter, and a gRPC server with its interceptor. {@code JettyService} is the server that
 * both run on.
 */
@NullMarked
package io.github.tracingpropagation.demo.bookinfo;

import org.jspecify.annotations.NullMarked;
