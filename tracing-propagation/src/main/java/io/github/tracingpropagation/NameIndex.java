// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Case-insensitive hash table from header name to index, with open addressing. Immutable.
 *
 * <p>Not a {@link java.util.HashMap}: that would need a lower-case copy of each name.
 */
final class NameIndex {
  /** The name in each slot, in lower case; null if the slot is free. */
  private final @Nullable String[] slots;

  /** The index of the name in each slot. */
  private final byte[] indices;

  /**
   * Maps each name to its position in the list.
   *
   * @param names in lower case, each once; at most 64
   */
  NameIndex(List<String> names) {
    slots = new String[Integer.highestOneBit(names.size()) * 16];
    indices = new byte[slots.length];
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      int slot = slot(name, name.length());
      while (slots[slot] != null) {
        slot = next(slot);
      }
      slots[slot] = name;
      indices[slot] = (byte) i;
    }
  }

  /** Returns the index of a name in any case, or -1. */
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
      slot = next(slot);
    }
    return -1;
  }

  /**
   * Hash of the length and the lower-cased middle character; free of collisions for the known
   * headers (checked by a test).
   */
  int slot(String name, int length) {
    return (25 * length + (name.charAt(length / 2) | 0x20)) & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  /**
   * Compares in ASCII. Not {@link String#equalsIgnoreCase}, which takes U+017F (long s) for an s.
   */
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
}
