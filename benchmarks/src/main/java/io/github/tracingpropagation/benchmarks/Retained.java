// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.CapturedHeaders;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this JVM's heap holds that something still refers to.
 *
 * @param bytes of all
 * @param snapshots of what requests had, without the one that is empty
 * @param wrappers of requests, responses and what belongs to them
 */
record Retained(long bytes, long snapshots, long wrappers) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+) (\\d+) (\\d+)");
  private static final String WRAPPERS = "io\\.github\\.tracingpropagation\\.servlet\\.Traced\\w+";

  /** Collects the garbage, and looks at what is left. */
  static Retained now() throws JMException {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    long bytes = memory.getHeapMemoryUsage().getUsed();
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    long snapshots = instances(histogram, Pattern.quote(CapturedHeaders.class.getName()));
    return new Retained(bytes, Math.max(0, snapshots - 1), instances(histogram, WRAPPERS));
  }

  /** Reads what {@link #toString} wrote. */
  static Retained parse(String line) {
    Matcher matcher = NUMBERS.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(line);
    }
    return new Retained(
        Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)));
  }

  /** Sums the lines of some classes: rank, instances, bytes, class, and maybe a module. */
  private static long instances(String histogram, String classes) {
    Matcher line =
        Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + classes + "(\\s|$)", Pattern.MULTILINE)
            .matcher(histogram);
    return line.results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
  }

  @Override
  public String toString() {
    return bytes + " " + snapshots + " " + wrappers;
  }
}
