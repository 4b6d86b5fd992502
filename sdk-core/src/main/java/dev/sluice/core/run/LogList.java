// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source's list of its binary logs, asked for no more often than it changes: {@code SHOW BINARY LOGS} keeps writers waiting while the server opens
 * all of them. Servers remove logs by their age when they begin a new one; people and providers do so at any time. One thread at a time.
 */
final class LogList {
    /** For what is removed while no new file begins. */
    static final Duration SELDOM = Duration.ofMinutes(5);

    private @Nullable String current;
    private Instant listed = Instant.EPOCH;

    /**
     * Looks whether there is news.
     *
     * @return the size of each file by its name, oldest first; empty if it was listed a short time ago and the source still writes the same file, or
     *     writes none
     */
    Optional<Map<String, Long>> news(ServerSession source, Dialect dialect, Instant now) {
        Optional<String> writes = source.queryOne(dialect.showBinlogStatus()).flatMap(status -> status.find("File"));
        boolean isKnown = writes.filter(file -> file.equals(current)).isPresent() && now.isBefore(listed.plus(SELDOM));
        if (writes.isEmpty() || isKnown) {
            return Optional.empty();
        }
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Row row : source.query("SHOW BINARY LOGS")) {
            sizes.put(row.text("Log_name"), row.number("File_size"));
        }
        current = writes.get();
        listed = now;
        return Optional.of(sizes);
    }
}
