// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.core.mysql.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a program's standard error stream to its end, so that it never blocks, and keeps the beginning. Thread-safe. */
final class Complaints {
    private static final int KEPT = 4_000;
    private static final Duration REST = Duration.ofSeconds(2);

    /** What mysql says of a statement that the server refused; the rest of the text is the server's message. */
    private static final Pattern REFUSED =
            Pattern.compile("(ERROR (\\d+) \\(\\w+\\)(?: at line \\d+)?: )(.*)", Pattern.DOTALL);

    private final InputStream stream;
    private final Thread thread;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private Complaints(InputStream stream, String threadName) {
        this.stream = stream;
        this.thread = new Thread(this::read, threadName);
        thread.setDaemon(true);
    }

    static Complaints of(InputStream stream, String threadName) {
        Complaints complaints = new Complaints(stream, threadName);
        complaints.thread.start();
        return complaints;
    }

    private void read() {
        byte[] buffer = new byte[1024];
        try {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException closed) {
            // The program was killed: what it said before stays.
            return;
        }
    }

    private void keep(byte[] buffer, int length) {
        synchronized (kept) {
            kept.write(buffer, 0, Math.min(length, KEPT - kept.size()));
        }
    }

    /** On one line, without values; waits for the rest if the program has just ended. */
    String text() {
        join();
        synchronized (kept) {
            return withoutValues(kept.toString(StandardCharsets.UTF_8));
        }
    }

    static String withoutValues(String said) {
        String text = said.lines()
                .filter(line -> !line.contains("[Warning] Using a password") && !line.isBlank())
                .collect(Collectors.joining("\n"));
        Matcher refused = REFUSED.matcher(text);
        if (refused.find()) {
            String message = ServerMessage.withoutValues(Integer.parseInt(refused.group(2)), refused.group(3));
            return text.substring(0, refused.start()).replace('\n', ' ') + refused.group(1) + message;
        }
        return text.replace('\n', ' ');
    }

    private void join() {
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, REST.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        Streams.close(stream);
        join();
    }
}
