// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** An HTTP interface. */
interface Ratings {
  @GetExchange("/{id}")
  String get(@PathVariable("id") String id);
}
