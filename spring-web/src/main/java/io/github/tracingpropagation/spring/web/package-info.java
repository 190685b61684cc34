// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Spring's clients and WebFlux, with or without Spring Boot. {@code RestClientTracingPropagation}
 * and {@code WebClientTracingPropagation} make clients forward that Spring Boot does not build;
 * {@code TracingPropagationWebFilter} captures. With Spring Boot the starter does all of it.
 */
@NullMarked
package io.github.tracingpropagation.spring.web;

import org.jspecify.annotations.NullMarked;
