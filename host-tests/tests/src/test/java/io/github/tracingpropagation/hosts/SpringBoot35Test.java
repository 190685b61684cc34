// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

class SpringBoot35Test extends SpringBootContract {
  @Override
  String version() {
    return "3.5";
  }
}
