// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is checked, and how.
 *
 * @param families the families that must be forwarded, {@code x-request-id} among them
 * @param allowed names of application headers that the service forwards on purpose
 * @param rules what to check
 * @param ignoredPaths paths of calls that no request causes
 * @param request what is sent beside the headers
 * @param expectedStatus a status that is ordinary though it is an error's, or 0
 * @param warmUp how many requests are sent before the first that counts
 * @param requests how many requests are sent under load
 * @param concurrency how many of them at once
 * @param timeout how long to wait for a response, and for a first call
 * @param settle how long to wait for what may never come; each other wait is a part of it
 * @param maxTime after which the check ends
 * @param maxValueLength up to how many characters the service forwards a value
 * @param foreignHost the name of the foreign host, empty for the other name of loopback, or null
 * @param keyStore of the dependencies if they are called by https, or null
 * @param progress receives a few words on what is being done
 */
record Settings(
    Set<Family> families,
    Set<String> allowed,
    Set<Rule> rules,
    List<Pattern> ignoredPaths,
    RequestTemplate request,
    int expectedStatus,
    int warmUp,
    int requests,
    int concurrency,
    Duration timeout,
    Duration settle,
    @Nullable Duration maxTime,
    int maxValueLength,
    @Nullable String foreignHost,
    @Nullable Path keyStore,
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

  boolean ignores(String path) {
    return ignoredPaths.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }
}
