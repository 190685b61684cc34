// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is checked, and how.
 *
 * @param families the families that must be forwarded, {@code x-request-id} among them
 * @param allowed names of application headers that the service forwards on purpose
 * @param requests how many requests are sent under load
 * @param concurrency how many of them at once
 * @param timeout how long to wait for a response, and for a call that is expected
 * @param maxValueLength up to how many characters the service forwards a value
 * @param foreignHost the name of the foreign host, empty for the other name of loopback, or null
 * @param progress receives a few words on what is being done
 */
record Settings(
    Set<Family> families,
    Set<String> allowed,
    int requests,
    int concurrency,
    Duration timeout,
    int maxValueLength,
    @Nullable String foreignHost,
    Consumer<String> progress) {

  static Set<Family> families(List<Provider> providers) {
    Set<Family> families = EnumSet.of(Family.REQUEST_ID);
    providers.forEach(provider -> families.addAll(provider.families()));
    return families;
  }

  /** Returns whether a header must be forwarded. */
  boolean requires(String name) {
    Family family = Family.of(name);
    return family != null && families.contains(family);
  }
}
