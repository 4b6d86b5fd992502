// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes passwords that need no quoting anywhere. */
final class Password {
    private static final int BYTES = 16;

    private Password() {}

    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
