// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The known headers, then the user's additional ones, each with an index. A set of headers is a
 * 64-bit mask, one bit per index; hence at most 64 headers. Immutable.
 *
 * <p>The table also contains known headers that are not watched: if a tracer has set one of them on
 * an outgoing request, the rest of its family must not be added.
 */
final class HeaderTable {
  static final int MAX_ADDITIONAL = Long.SIZE - Header.KNOWN.size();

  private final Header[] headers;
  private final NameIndex names;
  private final List<String> watchedNames;

  /** Mask of the headers to capture and forward. */
  private final long watchedMask;

  /** {@code familyMask[i]}: the headers in the family of header i, itself included. */
  private final long[] familyMask;

  /** {@code requiredMask[i]}: the headers that header i requires, directly or indirectly. */
  private final long[] requiredMask;

  /**
   * Creates a table of headers in any order.
   *
   * @param headers at most 64; with each header also the one that it requires
   * @param watched the families to watch; headers without a family are always watched
   */
  HeaderTable(List<Header> headers, Set<HeaderFamily> watched) {
    if (headers.size() > Long.SIZE) {
      throw new IllegalArgumentException(headers.size() + " headers; allowed: at most 64");
    }
    this.headers = headers.toArray(Header[]::new);
    names = new NameIndex(headers.stream().map(Header::name).toList());
    familyMask = new long[headers.size()];
    requiredMask = new long[headers.size()];
    List<String> watchedHeaders = new ArrayList<>();
    long mask = 0;
    for (int i = 0; i < familyMask.length; i++) {
      Header header = this.headers[i];
      familyMask[i] = familyMask(i);
      requiredMask[i] = requiredMask(header);
      if (header.family() == null || watched.contains(header.family())) {
        watchedHeaders.add(header.name());
        mask |= bit(i);
      }
    }
    watchedNames = List.copyOf(watchedHeaders);
    watchedMask = mask;
  }

  /**
   * Creates the table of a configuration.
   *
   * @param families the families to watch
   * @param additional valid names in lower case, each once; a known name adds its whole family
   */
  static HeaderTable of(Set<HeaderFamily> families, Collection<String> additional) {
    Set<HeaderFamily> watched = EnumSet.noneOf(HeaderFamily.class);
    watched.addAll(families);
    watched.addAll(Header.familiesOf(additional));
    List<Header> headers = new ArrayList<>(Header.KNOWN);
    Set<String> known = Set.copyOf(Header.KNOWN.stream().map(Header::name).toList());
    for (String name : additional) {
      if (!known.contains(name)) {
        headers.add(Header.additional(name));
      }
    }
    return new HeaderTable(headers, watched);
  }

  private long familyMask(int i) {
    long mask = bit(i);
    for (int j = 0; j < headers.length; j++) {
      boolean sameFamily =
          headers[i].family() != null && headers[i].family() == headers[j].family();
      mask |= sameFamily ? bit(j) : 0;
    }
    return mask;
  }

  /** Follows the chain of requirements until it ends or returns to a header that it contains. */
  private long requiredMask(Header header) {
    long mask = 0;
    for (String name = header.requires(); name != null; ) {
      int required = names.indexOf(name);
      if ((mask & bit(required)) != 0) {
        break;
      }
      mask |= bit(required);
      name = headers[required].requires();
    }
    return mask;
  }

  /** Returns the mask of one header. */
  static long bit(int index) {
    return 1L << index;
  }

  /** Returns the names of the watched headers, in the order of their indices. */
  List<String> watchedNames() {
    return watchedNames;
  }

  Header header(int index) {
    return headers[index];
  }

  /** Returns the index of a header by its name in any case, or -1. */
  int indexOf(String name) {
    return names.indexOf(name);
  }

  /** Returns the index of a header by its name in any case, or -1 if it is not watched. */
  int watchedIndexOf(String name) {
    return watchedOrNone(names.indexOf(name));
  }

  /**
   * Returns the index of a header by its index in the table of another configuration, or -1 if it
   * is not watched here.
   */
  int watchedIndexOf(HeaderTable other, int otherIndex) {
    // The known headers have the same indices in the table of every configuration.
    boolean same = other == this || otherIndex < Header.KNOWN.size();
    return watchedOrNone(same ? otherIndex : names.indexOf(other.header(otherIndex).name()));
  }

  private int watchedOrNone(int index) {
    return index >= 0 && (watchedMask & bit(index)) != 0 ? index : -1;
  }

  /** Removes each header from a mask of which a required header, direct or indirect, is missing. */
  long removeIncomplete(long present) {
    long complete = present;
    for (long remaining = present; remaining != 0; remaining &= remaining - 1) {
      int index = Long.numberOfTrailingZeros(remaining);
      if ((requiredMask[index] & ~present) != 0) {
        complete &= ~bit(index);
      }
    }
    return complete;
  }

  /** Returns the mask of all headers in the families that the names, in any case, belong to. */
  long familyMask(Iterable<String> members) {
    long mask = 0;
    for (String name : members) {
      int index = indexOf(name);
      mask |= index < 0 ? 0 : familyMask[index];
    }
    return mask;
  }
}
