// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;

/**
 * Serves in a process of its own: prints its port, then answers each line that it reads with
 * another, and ends with its input, hence also with whoever started it.
 */
final class ChildMain {
  /** Asks each of them for the milliseconds that its JIT compilers have taken so far. */
  static final String COMPILED = "compiled";

  private ChildMain() {}

  @FunctionalInterface
  private interface Answers {
    String answer(String question) throws Exception;
  }

  /**
   * Serves.
   *
   * @param args what {@link Child} says
   */
  public static void main(String... args) throws Exception {
    switch (args[0]) {
      case "ratings" -> {
        Ratings ratings = new Ratings();
        serve(Container.jetty(ratings), question -> ratings.counts());
      }
      case "reviews" -> {
        Variant variant = Variant.valueOf(args[1]);
        Reviews reviews = new Reviews(variant, Integer.parseInt(args[2]));
        serve(Container.tomcat(reviews, variant.filters()), question -> question);
      }
      case "parking" -> {
        Parking parking = new Parking();
        Container container = Container.jettyHttp2(parking, Variant.valueOf(args[1]).filters());
        serve(
            container,
            question -> {
              switch (question) {
                case "complete" -> parking.complete();
                case "measure" -> {
                  return Retained.now().toString();
                }
                default -> parking.await(Integer.parseInt(question));
              }
              return question;
            });
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.exit(0); // whatever threads a client or a server has left
  }

  private static void serve(Container container, Answers answers) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (container) {
      System.out.println(container.port());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(line.equals(COMPILED) ? compiled() : answers.answer(line));
      }
    }
  }

  private static String compiled() {
    return Long.toString(ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
  }
}
