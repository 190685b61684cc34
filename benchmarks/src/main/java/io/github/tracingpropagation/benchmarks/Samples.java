// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What many forks measured; a file of comma-separated values with a line for each.
 *
 * @param list in the order in which they were measured
 */
record Samples(List<Sample> list) {

  private static final String ROUND = "round";
  private static final String TURNS = "nanos of each turn";
  private static final String BYTES = "bytes";

  static Samples read(Path csv) throws IOException {
    return new Samples(Csv.read(csv).stream().map(Samples::sample).toList());
  }

  /** Returns what a row tells; what has no other meaning is a parameter. */
  private static Sample sample(Csv.Row row) {
    Map<String, String> point = new LinkedHashMap<>(row.cells());
    point.keySet().removeAll(List.of(ROUND, TURNS, BYTES));
    List<Double> turns = Stream.of(row.text(TURNS).split(" ")).map(Double::valueOf).toList();
    return new Sample(row.whole(ROUND), point, turns, row.number(BYTES));
  }

  void write(Path csv) throws IOException {
    Stream<String> names =
        Stream.of(Stream.of(ROUND), list.get(0).point().keySet().stream(), Stream.of(TURNS, BYTES))
            .flatMap(name -> name);
    List<String> lines = new ArrayList<>(List.of(names.collect(Collectors.joining(","))));
    for (Sample sample : list) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,%.1f",
              sample.round(),
              String.join(",", sample.point().values()),
              sample.turns().stream().map(Samples::format).collect(Collectors.joining(" ")),
              sample.bytes()));
    }
    Files.createDirectories(csv.toAbsolutePath().getParent());
    Files.write(csv, lines);
  }

  /** Returns those of which a parameter has this value. */
  Samples where(String parameter, Object value) {
    return new Samples(
        list.stream()
            .filter(sample -> value.toString().equals(sample.point().get(parameter)))
            .toList());
  }

  /** Returns the values of a parameter, in order. */
  List<String> values(String parameter) {
    return list.stream().map(sample -> sample.point().get(parameter)).distinct().toList();
  }

  Spread nanos() {
    return Spread.of(list.stream().mapToDouble(Sample::nanos));
  }

  Spread bytes() {
    return Spread.of(list.stream().mapToDouble(Sample::bytes));
  }

  /** Returns how many times as long as these others it took, in each round. */
  Spread ratio(Samples others) {
    return each(others, Sample::ratio);
  }

  /** Returns how many bytes more than these others it allocated, in each round. */
  Spread bytesOver(Samples others) {
    return each(others, (mine, other) -> mine.bytes() - other.bytes());
  }

  private Spread each(Samples others, ToDoubleBiFunction<Sample, Sample> compare) {
    Map<Integer, Sample> theirs =
        others.list.stream().collect(Collectors.toMap(Sample::round, sample -> sample));
    return Spread.of(
        list.stream()
            .mapToDouble(
                sample ->
                    compare.applyAsDouble(sample, requireNonNull(theirs.get(sample.round())))));
  }

  private static String format(double nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos);
  }
}
