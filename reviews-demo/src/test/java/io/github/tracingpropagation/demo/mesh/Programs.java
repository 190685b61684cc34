// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import io.github.tracingpropagation.testing.Ports;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** The programs that some tests need and others do without. */
public final class Programs {
  private Programs() {}

  /**
   * Returns a program on the PATH; skips the test if there is none.
   *
   * @param source where to get it, for the reason that the test's report shows
   */
  public static File require(String program, String source) {
    File[] found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(folder -> new File(folder, program))
            .filter(File::canExecute)
            .limit(1)
            .toArray(File[]::new);
    Assumptions.assumeTrue(found.length == 1, () -> "no '" + program + "' on the PATH: " + source);
    return found[0];
  }

  /** Returns loopback ports that are free now, for programs that cannot choose one themselves. */
  public static int[] freePorts(int count) throws IOException {
    Set<Integer> ports = new LinkedHashSet<>();
    while (ports.size() < count) {
      ports.add(Ports.free());
    }
    return ports.stream().mapToInt(port -> port).toArray();
  }
}
