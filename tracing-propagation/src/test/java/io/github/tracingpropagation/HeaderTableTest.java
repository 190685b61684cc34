// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTableTest {
  private static final Set<HeaderFamily> ALL = EnumSet.allOf(HeaderFamily.class);

  /** In the order of {@link Header#KNOWN} a single pass that looks at direct requirements works. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void removeIncomplete_inAnyOrderOfHeaders_followsIndirectRequirements(int seed) {
    List<Header> headers = new ArrayList<>(Header.KNOWN);
    if (seed == 0) {
      Collections.reverse(headers);
    } else {
      Collections.shuffle(headers, new Random(seed));
    }
    HeaderTable table = new HeaderTable(headers, ALL);

    assertThat(complete(table, "x-b3-parentspanid", "x-b3-traceid")).isEmpty();
    assertThat(complete(table, "x-b3-parentspanid", "x-b3-spanid", "b3")).containsExactly("b3");
    assertThat(complete(table, "tracestate", "x-datadog-parent-id", "x-b3-sampled"))
        .containsExactly("x-b3-sampled");
    assertThat(complete(table, "x-b3-parentspanid", "x-b3-traceid", "x-b3-spanid", "tracestate"))
        .containsExactlyInAnyOrder("x-b3-parentspanid", "x-b3-traceid", "x-b3-spanid");
  }

  @Test
  void knownHeader_requiresAKnownHeaderOfItsFamily() {
    HeaderTable table = HeaderTable.of(ALL, List.of());

    for (Header header : Header.KNOWN) {
      if (header.requires() != null) {
        Header required = table.header(table.indexOf(header.requires()));
        assertThat(required.family()).as(header.name()).isEqualTo(header.family());
      }
    }
  }

  @Test
  void familyMask_isTheFamily_andAnAdditionalHeaderAlone() {
    HeaderTable table = HeaderTable.of(Set.of(), List.of("x-one", "x-two"));

    assertThat(names(table, table.familyMask(List.of("TraceState", "cookie", "X-One"))))
        .containsExactly("traceparent", "tracestate", "x-one");
  }

  /** A table of another configuration is read by index, not by name, for the known headers. */
  @Test
  void knownHeaders_haveTheSameIndexInEveryTable() {
    HeaderTable table = HeaderTable.of(Set.of(HeaderFamily.XRAY), List.of("x-own", "sw8"));

    for (int i = 0; i < Header.KNOWN.size(); i++) {
      assertThat(table.indexOf(Header.KNOWN.get(i).name())).isEqualTo(i);
    }
  }

  @Test
  void moreThan64Headers_throw() {
    List<String> names =
        IntStream.rangeClosed(0, HeaderTable.MAX_ADDITIONAL).mapToObj(i -> "x-own-" + i).toList();

    assertThatThrownBy(() -> HeaderTable.of(ALL, names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("65 headers; allowed: at most 64");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 41})
  void nameIndex_hasNoCollisionsOfKnownHeaders(int additional) {
    List<String> names = new ArrayList<>(Header.KNOWN.stream().map(Header::name).toList());
    IntStream.range(0, additional).forEach(i -> names.add("x-own-" + i));
    NameIndex index = new NameIndex(names);
    Set<Integer> slots = new HashSet<>();

    for (Header header : Header.KNOWN) {
      String name = header.name();
      assertThat(slots.add(index.slot(name, name.length()))).as(name).isTrue();
    }
  }

  private static List<String> complete(HeaderTable table, String... present) {
    long mask =
        Arrays.stream(present)
            .mapToLong(name -> HeaderTable.bit(table.indexOf(name)))
            .reduce(0, (some, other) -> some | other);
    return names(table, table.removeIncomplete(mask));
  }

  private static List<String> names(HeaderTable table, long mask) {
    return IntStream.range(0, Long.SIZE)
        .filter(i -> (mask & HeaderTable.bit(i)) != 0)
        .mapToObj(i -> table.header(i).name())
        .toList();
  }
}
