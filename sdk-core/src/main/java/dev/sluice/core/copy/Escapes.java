// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.RawValue;

/** Which bytes need a backslash before them, and what stands behind it. Thread-safe: no state. */
final class Escapes {
    /** The longest array that every JVM makes. */
    static final int LONGEST_ARRAY = Integer.MAX_VALUE - 16;

    private Escapes() {}

    /** A table by byte value, 0 where no escape is needed; each pair is the byte and what stands for it. */
    static byte[] table(String... pairs) {
        byte[] table = new byte[256];
        for (String pair : pairs) {
            table[pair.charAt(0)] = (byte) pair.charAt(1);
        }
        return table;
    }

    /** How long the value is with its escapes. */
    static long size(RawValue value, byte[] table) {
        byte[] bytes = value.bytes();
        int end = value.offset() + value.length();
        int escaped = 0;
        for (int i = value.offset(); i < end; i++) {
            if (table[bytes[i] & 0xff] != 0) {
                escaped++;
            }
        }
        return (long) value.length() + escaped;
    }
}
