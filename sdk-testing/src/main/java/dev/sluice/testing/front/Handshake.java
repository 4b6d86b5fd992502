// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is said before the first command. */
final class Handshake {
    private static final int PROTOCOL = 10;
    /** Thread id, salt and filler, between the version and the capabilities. */
    private static final int BEFORE_CAPABILITIES = 4 + 8 + 1;

    private static final int COMPRESS = 1 << 5;
    private static final int SSL = 1 << 11;
    private static final int ZSTD = 1 << 26 - 16;
    private static final int QUERY_ATTRIBUTES = 1 << 27 - 16;

    private static final int SSL_REQUEST_LENGTH = 4 + 4 + 1 + 23;

    private Handshake() {}

    /** The server's greeting without the offers that a front does not understand. */
    static Packet restricted(Packet greeting) {
        if (greeting.first() != PROTOCOL) {
            return greeting; // an error, such as too many connections
        }
        byte[] payload = greeting.payload().clone();
        int lower = 1 + greeting.textFrom(1).length() + 1 + BEFORE_CAPABILITIES;
        int upper = lower + 2 + 1 + 2;
        clear(payload, lower, COMPRESS);
        clear(payload, upper, ZSTD | QUERY_ATTRIBUTES);
        return new Packet(greeting.sequence(), payload);
    }

    private static void clear(byte[] payload, int at, int flags) {
        payload[at] &= (byte) ~flags;
        payload[at + 1] &= (byte) ~(flags >> 8);
    }

    /** The client's answer without what was not offered: the clients of servers ask for query attributes all the same. */
    static Packet restrictedAnswer(Packet answer) {
        byte[] payload = answer.payload().clone();
        if (payload.length >= SSL_REQUEST_LENGTH) {
            clear(payload, 2, QUERY_ATTRIBUTES);
        }
        return new Packet(answer.sequence(), payload);
    }

    static boolean asksForTls(Packet answer) {
        return answer.payload().length == SSL_REQUEST_LENGTH && (answer.payload()[1] << 8 & SSL) != 0;
    }

    /** Who logs in. */
    static String user(Packet answer) {
        return answer.payload().length <= SSL_REQUEST_LENGTH ? "" : answer.textFrom(SSL_REQUEST_LENGTH);
    }

    /** An error of the server's kind. */
    static Packet error(int sequence, int code, String state, String text) {
        byte[] words = ("#" + state + text).getBytes(StandardCharsets.UTF_8);
        byte[] payload = Arrays.copyOf(new byte[] {(byte) 0xFF, (byte) code, (byte) (code >> 8)}, 3 + words.length);
        System.arraycopy(words, 0, payload, 3, words.length);
        return new Packet(sequence, payload);
    }
}
