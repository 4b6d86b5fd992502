// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.core.dump.DumpListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Passes bytes on as fast as the taker takes them, and counts. {@link #run()} is for one thread, the count for all. */
final class StreamPump {
    private static final int BUFFER = 64 * 1024;

    private final InputStream from;
    private final OutputStream to;
    private final DumpListener listener;
    private final RowScanner scanner;
    private final AtomicLong bytes = new AtomicLong();

    /** How a pump's work ended. */
    enum Ending {
        /** There are no more bytes; whether these were all, the giver's status tells. */
        GIVER_ENDED,
        /** The taker takes no more. */
        TAKER_ENDED
    }

    StreamPump(InputStream from, OutputStream to, DumpListener listener) {
        this.from = from;
        this.to = to;
        this.listener = listener;
        this.scanner = new RowScanner(listener);
    }

    long bytes() {
        return bytes.get();
    }

    /** Passes on what there is; closes neither end. */
    Ending run() {
        byte[] buffer = new byte[BUFFER];
        while (true) {
            int length = read(buffer);
            if (length < 0) {
                return Ending.GIVER_ENDED;
            }
            try {
                to.write(buffer, 0, length);
                to.flush();
            } catch (IOException brokenPipe) {
                return Ending.TAKER_ENDED;
            }
            scanner.passed(buffer, length);
            listener.progress(bytes.addAndGet(length));
        }
    }

    private int read(byte[] buffer) {
        try {
            return from.read(buffer);
        } catch (IOException closed) {
            return -1;
        }
    }
}
