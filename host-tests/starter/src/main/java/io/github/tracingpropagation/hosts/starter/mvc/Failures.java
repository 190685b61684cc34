// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;

/** Calls in an ERROR dispatch. */
abstract class Failures {
  @RequestMapping("/error")
  ResponseEntity<String> error(HttpServletRequest request) {
    if (request.getAttribute("call") instanceof Runnable call) {
      call.run();
      return ResponseEntity.ok("failed as expected");
    }
    return ResponseEntity.internalServerError()
        .body(String.valueOf(request.getAttribute("jakarta.servlet.error.exception")));
  }
}
