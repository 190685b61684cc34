// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.webflux;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A WebFlux application on Netty without a word about tracing in it. */
@SpringBootApplication(proxyBeanMethods = false)
public class ReactiveApplication {}
