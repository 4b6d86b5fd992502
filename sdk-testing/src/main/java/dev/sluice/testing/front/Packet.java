// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A packet of MySQL's protocol. Its bytes belong to whoever reads it and are not changed. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Packet(int sequence, byte[] payload) {
    /** A payload of this length goes on in the next packet. */
    static final int LONGEST = 0xFFFFFF;

    int first() {
        return payload.length == 0 ? -1 : payload[0] & 0xFF;
    }

    /** The text after the first byte, one character a byte, so that it can be turned back whatever its character set. */
    String text() {
        return new String(payload, 1, payload.length - 1, StandardCharsets.ISO_8859_1);
    }

    Packet withText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] changed = Arrays.copyOf(payload, 1 + bytes.length);
        System.arraycopy(bytes, 0, changed, 1, bytes.length);
        return new Packet(sequence, changed);
    }

    /** Up to the next zero byte. */
    String textFrom(int start) {
        int end = start;
        while (end < payload.length && payload[end] != 0) {
            end++;
        }
        return new String(payload, start, end - start, StandardCharsets.UTF_8);
    }
}
