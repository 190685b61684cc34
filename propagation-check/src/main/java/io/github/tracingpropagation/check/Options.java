// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that configure the check: each one is bound to a method of the builder. */
final class Options {
  /** Before the options of the reports in the help. */
  private static final int FIRST = -2;

  private interface Setter<T> {
    void set(T value) throws IOException;
  }

  private final Map<OptionSpec, Setter<Object>> setters = new LinkedHashMap<>();
  private final PropagationCheckBuilder builder = PropagationCheck.builder();
  private int[] ports = {};
  private @Nullable Path keyStore;
  private String keyStorePassword = "changeit";
  private boolean hasContentType;
  private boolean grpc;

  /** Adds the options to a command. A second is shorter in tests. */
  Options(CommandSpec command, Duration second) {
    builder.settle(second.multipliedBy(4));
    many(int[].class, "PORT", this::ports, "--downstream");
    many(int[].class, "PORT", builder::optionalDownstream, "--optional-downstream");
    many(int[].class, "PORT", this::ports, "--proxy");
    each("[PORT/PATH=]FILE", this::answer, "--answer");
    one(Boolean.class, "", it -> builder.http2(), "--http2");
    one(Boolean.class, "", it -> grpc(), "--grpc");
    one(Path.class, "FILE", it -> protoset(it), "--protoset");
    one(String.class, "METHOD", builder::method, "-X", "--request");
    each("LINE", this::header, "-H", "--header");
    one(String.class, "NAME=VALUE", it -> builder.header("Cookie", it), "-b", "--cookie");
    one(String.class, "TEXT|@FILE", this::body, "-d", "--data");
    one(Boolean.class, "", it -> builder.insecure(), "-k", "--insecure");
    one(Path.class, "FILE", builder::trust, "--cacert");
    one(Path.class, "FILE", it -> keyStore = it, "--downstream-keystore");
    one(String.class, "TEXT", it -> keyStorePassword = it, "--downstream-keystore-password");
    many(Provider[].class, "PROVIDER", builder::providers, "--against");
    many(String[].class, "HEADER", builder::allow, "--allow");
    many(Rule[].class, "RULE", builder::only, "--only");
    many(Rule[].class, "RULE", builder::skip, "--skip");
    many(String[].class, "PATH", builder::ignorePaths, "--ignore-path");
    one(Integer.class, "STATUS", builder::expectStatus, "--expect-status");
    one(Integer.class, "N", builder::warmUp, "--warm-up");
    one(Integer.class, "N", builder::requests, "--requests");
    one(Integer.class, "N", builder::concurrency, "--concurrency");
    one(Integer.class, "SECONDS", it -> builder.timeout(second.multipliedBy(it)), "--timeout");
    one(Integer.class, "SECONDS", it -> builder.settle(second.multipliedBy(it)), "--settle");
    one(Integer.class, "SECONDS", it -> maxTime(second.multipliedBy(it)), "--max-time");
    one(Integer.class, "N", builder::maxValueLength, "--max-value-length");
    add(
        option("NAME", "--foreign-host").arity("0..1").fallbackValue(""),
        String.class,
        builder::foreignHost);
    one(InetAddress.class, "ADDRESS", builder::listen, "--listen");
    setters.keySet().forEach(command::addOption);
  }

  PropagationCheckBuilder builder() throws IOException {
    for (Map.Entry<OptionSpec, Setter<Object>> option : setters.entrySet()) {
      Object value = option.getKey().getValue();
      if (value != null) {
        option.getValue().set(value);
      }
    }
    if (ports.length == 0) {
      throw new IllegalArgumentException("Missing required option: --downstream or --proxy");
    }
    if (keyStore != null) {
      builder.downstreamKeyStore(keyStore, keyStorePassword);
    }
    return builder.downstream(ports);
  }

  private static OptionSpec.Builder option(String label, String... names) {
    return OptionSpec.builder(names).paramLabel(label).order(FIRST);
  }

  private <T> void one(Class<T> type, String label, Setter<T> setter, String... names) {
    add(option(label, names), type, setter);
  }

  private <T> void add(OptionSpec.Builder option, Class<T> type, Setter<T> setter) {
    setters.put(option.type(type).build(), value -> setter.set(type.cast(value)));
  }

  /** Adds an option with values that are separated by commas. */
  private <T> void many(Class<T> type, String label, Setter<T> setter, String name) {
    add(option(label, name).splitRegex(","), type, setter);
  }

  /** Adds an option that may be given several times. */
  private void each(String label, Setter<String> setter, String... names) {
    add(
        option(label, names),
        String[].class,
        values -> {
          for (String value : values) {
            setter.set(value);
          }
        });
  }

  private void ports(int... more) {
    ports = IntStream.concat(IntStream.of(ports), IntStream.of(more)).toArray();
  }

  private void maxTime(Duration time) {
    if (!time.isZero()) {
      builder.maxTime(time);
    }
  }

  private void grpc() {
    builder.grpc();
    grpc = true;
  }

  private void protoset(Path file) {
    builder.grpc(file);
    grpc = true;
  }

  private void answer(String answer) throws IOException {
    int path = answer.matches("\\d+/[^=]*=.*") ? answer.indexOf('=') : -1;
    Path file = Path.of(answer.substring(path + 1));
    String type = type(file.toString());
    builder.answer(
        path < 0 ? "" : answer.substring(0, path),
        StubResponse.of(200, type, read("--answer", file)));
  }

  private static String type(String file) {
    return file.endsWith(".json")
        ? "application/json"
        : file.endsWith(".pb") ? Wire.GRPC : "text/plain";
  }

  private void header(String line) {
    String[] parts = line.split(":", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("not \"Name: value\": " + line);
    }
    hasContentType |= HeaderLine.name(line).equals("content-type");
    builder.header(parts[0].strip(), parts[1].strip());
  }

  private void body(String data) throws IOException {
    if (grpc && (!data.startsWith("@") || data.endsWith(".json"))) {
      builder.header("Content-Type", "application/json");
    } else if (!grpc && !hasContentType) {
      builder.header("Content-Type", "application/x-www-form-urlencoded");
    }
    builder.body(
        data.startsWith("@") ? read("-d", Path.of(data.substring(1))) : data.getBytes(UTF_8));
  }

  private static byte[] read(String option, Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException("cannot read the file of " + option + ": " + file, e);
    }
  }
}
