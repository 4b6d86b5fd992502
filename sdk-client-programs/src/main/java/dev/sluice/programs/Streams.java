// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import java.io.Closeable;
import java.io.IOException;

/** Closes ends of pipes whose other end may be gone. */
final class Streams {
    private Streams() {}

    static void close(Closeable end) {
        try {
            end.close();
        } catch (IOException brokenPipe) {
            // The program at the other end is gone: its status tells why, and the handle is closed all the same.
            return;
        }
    }
}
