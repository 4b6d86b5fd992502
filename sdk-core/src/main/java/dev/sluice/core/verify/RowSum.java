// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.facts.ServerVersion;
import java.math.BigInteger;

/** How the checksums of the rows of a set become one, whatever the order in which they are read. */
enum RowSum {
    /** 60 bits of each, added up: counts rows that are equal, on every version. */
    ADDED {
        @Override
        String of(String hash) {
            return "SUM(CAST(CONV(SUBSTRING(" + hash + ", 1, 15), 16, 10) AS UNSIGNED))";
        }

        @Override
        BigInteger read(String answer) {
            return new BigInteger(answer);
        }
    },
    /**
     * All bits of each, by exclusive or: a quarter less work for the server. Two equal rows would cancel each other out, so that it is for
     * tables with a key only.
     */
    COMBINED {
        @Override
        String of(String hash) {
            return "HEX(BIT_XOR(UNHEX(" + hash + ")))";
        }

        @Override
        BigInteger read(String answer) {
            return answer.isEmpty() ? BigInteger.ZERO : new BigInteger(answer, 16);
        }
    };

    /** What both servers know. Bits of strings of bytes are combined since 8.0.1; before, they were taken for numbers. */
    static RowSum forKeys(ServerVersion one, ServerVersion other) {
        return combines(one) && combines(other) ? COMBINED : ADDED;
    }

    private static boolean combines(ServerVersion version) {
        return version.isAtLeast(8, 0, 1);
    }

    /** The aggregate of an expression that is a row's SHA-256 in hexadecimal digits. */
    abstract String of(String hash);

    /** What a server answers. */
    abstract BigInteger read(String answer);
}
