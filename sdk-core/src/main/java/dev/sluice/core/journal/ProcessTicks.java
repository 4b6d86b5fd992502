// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * When a process of Linux was started, in ticks since the boot. Java tells the same by the wall clock, as the clock stands now: set by a minute,
 * it makes the start of a process that runs another one.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5): starttime</a>
 */
final class ProcessTicks {
    /** After the name, which stands in parentheses and may hold anything, comes the third field. */
    private static final int FIELD = 22 - 3;

    private ProcessTicks() {}

    /** Empty if it does not run any more, or the system does not say. */
    static OptionalLong read(long pid) {
        try {
            // A process may call itself by bytes that are no text.
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > FIELD && fields[FIELD].matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(fields[FIELD]))
                : OptionalLong.empty();
    }
}
