// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.util.List;
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
    hops.intoReviews.add(request(intoReviews));
    hops.outOfReviews.add(request(outOfReviews));

    assertThat(hops.areForwarded(NAMES)).isEqualTo(areForwarded);
  }

  private static RequestHeaders request(String namesAndValues) {
    RequestHeadersBuilder request = RequestHeaders.builder(HttpMethod.GET, "/");
    Stream.of(namesAndValues.split(" "))
        .map(header -> header.split("=", 2))
        .filter(header -> header.length == 2)
        .forEach(header -> request.add(header[0], header[1]));
    return request.build();
  }
}
