// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The JVM that a server belongs to, told apart from a later process of the same number by when it started.
 *
 * @param processId its process id
 * @param started when it started, as the system says; {@link Instant#EPOCH} where the system does not say
 */
record Owner(long processId, Instant started) {
    /** The system derives start times from its boot time, which moves a little when the clock is set. */
    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(30);

    static Owner ofThisJvm() {
        return of(ProcessHandle.current());
    }

    private static Owner of(ProcessHandle process) {
        return new Owner(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    void write(Path file) throws IOException {
        Files.writeString(file, processId + "\n" + started.toEpochMilli() + "\n");
    }

    static Optional<Owner> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(
                    new Owner(Long.parseLong(lines.get(0)), Instant.ofEpochMilli(Long.parseLong(lines.get(1)))));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException notThere) {
            return Optional.empty();
        }
    }

    boolean isAlive() {
        return ProcessHandle.of(processId).map(Owner::of).filter(this::isSame).isPresent();
    }

    private boolean isSame(Owner running) {
        return Duration.between(running.started, started).abs().compareTo(CLOCK_DRIFT) < 0;
    }
}
