// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How old a source's binary logs are, and how long a replica will take to be through with one. Servers do not tell when a file was written last, which is
 * what its age counts from: here it counts from when the file was last known to be the one that is written, or else from when it was listed first. One
 * thread at a time.
 */
final class LogAges {
    private final Map<String, Instant> written = new HashMap<>();
    private final Map<String, Instant> listed = new HashMap<>();
    private @Nullable BinlogPosition begun;
    private Instant begunAt = Instant.EPOCH;

    /** The newest of these is written now. */
    void see(List<String> files, Instant now) {
        written.keySet().retainAll(files);
        listed.keySet().retainAll(files);
        files.forEach(file -> listed.putIfAbsent(file, now));
        written.put(files.get(files.size() - 1), now);
    }

    /** Of a file that was not seen to be written since. */
    void wasWritten(String file, Instant at) {
        written.putIfAbsent(file, at);
    }

    Duration age(String file, Instant now) {
        Instant then = written.getOrDefault(file, listed.getOrDefault(file, now));
        return then.isBefore(now) ? Duration.between(then, now) : Duration.ZERO;
    }

    /** How long until the file is not needed any more, by how fast it went since its first place in this file; zero if nobody can tell. */
    Duration remaining(BinlogPosition needed, long size, Instant now) {
        BinlogPosition from = begun;
        if (from == null || !from.file().equals(needed.file()) || from.compareTo(needed) > 0) {
            begun = needed;
            begunAt = now;
            return Duration.ZERO;
        }
        long done = needed.position() - from.position();
        long left = Math.max(0, size - needed.position());
        double seconds = Duration.between(begunAt, now).toMillis() / 1000.0;
        return done == 0 ? Duration.ZERO : Duration.ofSeconds((long) (seconds * left / done));
    }
}
