// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which differences between received and sent headers fail the check. */
final class HopsTest {
  private static final List<String> NAMES = List.of("x-request-id", "x-b3-sampled");

  @ParameterizedTest
  @CsvSource({
    "x-request-id=a, x-request-id=a, true",
    "x-request-id=a, '', false", // lost
    "x-request-id=a, x-request-id=A, false", // rewritten
    "x-request-id=a, x-request-id=a x-request-id=a, false", // repeated
    "x-request-id=a, x-request-id=a x-b3-sampled=0, false", // generated
    "x-request-id=a sw8=1-a, x-request-id=a, true", // of another provider, so not to be sent
    "x-request-id=a sw8=1-a, x-request-id=a sw8=1-a, false",
    "x-request-id=a, x-request-id=a user-agent=okhttp, true", // no tracing header
  })
  void everyNamedHeader_andNoOther_isForwardedUnchanged(
      String intoReviews, String outOfReviews, boolean areForwarded) {
    Hops hops = new Hops();
    hops.intoReviews().add(request(intoReviews));
    hops.outOfReviews().add(request(outOfReviews));

    assertThat(hops.areForwarded(NAMES)).isEqualTo(areForwarded);
  }

  private static ServedRequest request(String namesAndValues) {
    Map<String, List<String>> headers =
        Stream.of(namesAndValues.split(" "))
            .map(header -> header.split("=", 2))
            .filter(header -> header.length == 2)
            .collect(groupingBy(header -> header[0], mapping(header -> header[1], toList())));
    return new ServedRequest("GET", "/", 200, headers);
  }
}
