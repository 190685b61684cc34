// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;

/** The contract of a server that runs all web applications of {@code host-tests/war}. */
abstract class WarHostContract extends JakartaRestHostContract {
  @Override
  List<Way> ways() {
    return List.of(
        new Way("feature, its client", "/feature/sync", "/feature/async"),
        new Way("servlet filter above, its client", "/filter/sync", "/filter/async"));
  }

  @Override
  String root() {
    return "/feature";
  }

  /** Returns the common prefix of the paths of the web applications. */
  static String wars() {
    HostProcess.built("war/target/tracing-propagation-host-war-0.1.0-SNAPSHOT.war");
    return HostProcess.built("war/target") + "/tracing-propagation-host-war-0.1.0-SNAPSHOT";
  }
}
