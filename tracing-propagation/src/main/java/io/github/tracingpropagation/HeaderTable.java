// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The known headers and a user's additional ones, found by name in one step. Immutable.
 *
 * <p>It holds the known headers that are not watched, too: when a tracer has put one of those into
 * an outgoing request, the rest of its family has to stay out.
 */
final class HeaderTable {
  /** Sets of headers are the bits of a {@code long}. */
  static final int MAX_ADDITIONAL = Long.SIZE - Header.KNOWN.size();

  private final Header[] headers;
  private final List<String> watchedNames;
  private final long watched;

  /** For each header the bit of the one that it means nothing without, which may be its own. */
  private final long[] needs;

  /** Open addressing: the headers' names, null in a free slot. */
  private final @Nullable String[] slots;

  /** The index of the header in each slot. */
  private final byte[] indices;

  /**
   * Watches some families, and the headers of these names with their families.
   *
   * @param families their bits
   * @param additional valid names in lower case, each once
   */
  HeaderTable(long families, Collection<String> additional) {
    List<String> known = Header.KNOWN.stream().map(Header::name).toList();
    List<String> unknown = additional.stream().filter(name -> !known.contains(name)).toList();
    headers =
        Stream.concat(
                Header.KNOWN.stream(),
                unknown.stream()
                    .map(name -> Header.additional(name, ownFamily(unknown.indexOf(name)))))
            .toArray(Header[]::new);
    slots = new String[Integer.highestOneBit(headers.length) * 16];
    indices = new byte[slots.length];
    for (int i = 0; i < headers.length; i++) {
      String name = headers[i].name();
      int slot = slot(name, name.length());
      while (slots[slot] != null) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = name;
      indices[slot] = (byte) i;
    }

    long selected = families;
    for (String name : additional) {
      selected |= headers[indexOf(name)].family();
    }
    List<String> names = new ArrayList<>();
    long watchedBits = 0;
    needs = new long[headers.length];
    for (int i = 0; i < headers.length; i++) {
      Header header = headers[i];
      if ((selected & header.family()) != 0) {
        names.add(header.name());
        watchedBits |= DenseValues.bit(i);
      }
      needs[i] = DenseValues.bit(header.needs() == null ? i : indexOf(header.needs()));
    }
    watched = watchedBits;
    watchedNames = List.copyOf(names);
  }

  /** Returns the names in their order. */
  List<String> watchedNames() {
    return watchedNames;
  }

  Header header(int index) {
    return headers[index];
  }

  /** Returns the header's index whatever the case of its name, or -1. */
  int indexOf(String name) {
    int length = name.length();
    if (length == 0) {
      return -1;
    }
    int slot = slot(name, length);
    for (String other = slots[slot]; other != null; other = slots[slot]) {
      if (isSame(other, name)) {
        return indices[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** Returns the index of a header that is watched, or -1. */
  int watchedIndexOf(String name) {
    return watched(indexOf(name));
  }

  /** Returns the index here of a header of another table, which has other settings, or -1. */
  int watchedIndexOf(HeaderTable other, int index) {
    boolean same = other == this || index < Header.KNOWN.size(); // those come first in every table
    return watched(same ? index : indexOf(other.header(index).name()));
  }

  private int watched(int index) {
    return index >= 0 && (watched & DenseValues.bit(index)) != 0 ? index : -1;
  }

  /** Leaves out each header that means nothing without another that is not there. */
  long complete(long present) {
    long complete = present;
    for (long left = present; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      if ((complete & needs[index]) == 0) {
        complete &= ~DenseValues.bit(index);
      }
    }
    return complete;
  }

  /** Returns the names of the headers of some families. */
  List<String> namesOf(long families) {
    return Stream.of(headers)
        .filter(header -> (families & header.family()) != 0)
        .map(Header::name)
        .toList();
  }

  /** Returns the families that the names belong to, one bit each. */
  long familiesOf(Iterable<String> names) {
    long families = 0;
    for (String name : names) {
      int index = indexOf(name);
      if (index >= 0) {
        families |= headers[index].family();
      }
    }
    return families;
  }

  /** {@link String#equalsIgnoreCase} would take a long s for an s. */
  private static boolean isSame(String lowerCase, String name) {
    if (lowerCase.equals(name)) {
      return true;
    }
    boolean same = lowerCase.length() == name.length();
    for (int i = 0; same && i < name.length(); i++) {
      char c = name.charAt(i);
      same = lowerCase.charAt(i) == (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return same;
  }

  private static long ownFamily(int number) {
    return 1L << (HeaderFamily.values().length + number);
  }

  /**
   * Spreads by the length and the char in the middle, in either case, of which no two known headers
   * have the same. The factor keeps them apart in the table, and most others out of their slots.
   */
  private int slot(String name, int length) {
    return (25 * length + (name.charAt(length / 2) | 0x20)) & (slots.length - 1);
  }
}
