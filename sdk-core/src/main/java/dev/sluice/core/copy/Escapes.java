// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

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
    static long size(byte[] value, byte[] table) {
        int escaped = 0;
        for (byte b : value) {
            if (table[b & 0xff] != 0) {
                escaped++;
            }
        }
        return (long) value.length + escaped;
    }
}
