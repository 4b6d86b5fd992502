// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who drives a run, as files beside its journal: {@code run.7.lease} is there as long as the process with the token 7 has it, and becomes
 * {@code run.7.free} when it lets go. A file is made by one process only, whoever else tries at the same moment; no locks of the
 * operating system are needed, which a process that is merely stopped would keep. Who takes the run makes its file before it removes those
 * of the processes before it, so that somebody has lost it only if there is a file of a later one. Immutable and thread-safe.
 */
final class FileLease {
    private static final String LEASE = ".lease";
    private static final String FREE = ".free";

    /** A file that is renamed while a folder is read may be seen by neither name. */
    private static final int LOOKS = 2;

    private final Path folder;
    private final RunId run;
    private final Clock clock;
    private final long token;

    private FileLease(Path folder, RunId run, Clock clock, long token) {
        this.folder = folder;
        this.run = run;
        this.clock = clock;
        this.token = token;
    }

    /** A file that tells of a token. */
    private record Trace(Path path, long token) {
        boolean isFree() {
            return path.toString().endsWith(FREE);
        }
    }

    /**
     * Takes the run.
     *
     * @throws JournalException RUN_TAKEN
     */
    static FileLease take(Path folder, RunId run, Clock clock) throws IOException {
        FileLease lease = next(folder, run, clock);
        lease.claim();
        return lease;
    }

    /**
     * The one that is to be claimed next, if nobody has the run.
     *
     * @throws JournalException RUN_TAKEN
     */
    static FileLease next(Path folder, RunId run, Clock clock) throws IOException {
        Optional<Trace> last = last(traces(folder, run));
        if (last.isPresent() && isHeld(last.get(), clock)) {
            throw JournalFailures.taken(run, owner(last.get().path));
        }
        return new FileLease(folder, run, clock, last.map(trace -> trace.token).orElse(0L) + 1);
    }

    /** Whether a process has it that may be alive. */
    static boolean isHeld(Path folder, RunId run, Clock clock) throws IOException {
        Optional<Trace> last = last(traces(folder, run));
        return last.isPresent() && isHeld(last.get(), clock);
    }

    /** Makes it this process's own, unless anybody else has had it since the look, and may have let go of it again. */
    void claim() throws IOException {
        Path mine = path(token, LEASE);
        try {
            Files.createFile(mine, OwnerOnly.file(mine));
        } catch (FileAlreadyExistsException other) {
            throw taken(mine, other);
        }
        List<Trace> before = new ArrayList<>();
        for (int look = 0; look < LOOKS; look++) {
            for (Trace trace : traces(folder, run)) {
                if (trace.token < token) {
                    before.add(trace);
                } else if (!trace.path.equals(mine)) {
                    Files.deleteIfExists(mine);
                    throw taken(trace.path, new FileAlreadyExistsException(trace.path.toString()));
                }
            }
        }
        Files.writeString(mine, ProcessMark.ofThisProcess().text());
        for (Trace trace : before) {
            Files.deleteIfExists(trace.path);
        }
    }

    private JournalException taken(Path path, FileAlreadyExistsException other) throws IOException {
        JournalException taken = JournalFailures.taken(run, owner(path));
        taken.addSuppressed(other);
        return taken;
    }

    long token() {
        return token;
    }

    /**
     * Whether nobody else has taken it.
     *
     * @throws IOException if that cannot be told
     */
    boolean isHeld() throws IOException {
        boolean isPlain =
                isThere(path(token, LEASE)) && !isThere(path(token + 1, LEASE)) && !isThere(path(token + 1, FREE));
        return isPlain || isLast();
    }

    private boolean isLast() throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            Optional<Trace> last = last(traces(folder, run)).filter(trace -> trace.token >= token);
            if (last.isPresent()) {
                return last.get().token == token && !last.get().isFree();
            }
        }
        // As in a folder whose file system is not mounted any more. Nobody has taken the run there.
        throw new NoSuchFileException(path(token, LEASE).toString(), null, "the file of the lease is gone");
    }

    /** Other than {@link Files#exists}, says so if it cannot be told. */
    private static boolean isThere(Path path) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /** Whether it is still held. */
    boolean renew() throws IOException {
        if (!isLast()) {
            return false;
        }
        try {
            Files.setLastModifiedTime(path(token, LEASE), FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException passedOn) {
            return isLast();
        }
    }

    void free() throws IOException {
        if (isHeld()) {
            try {
                Files.move(path(token, LEASE), path(token, FREE));
            } catch (NoSuchFileException passedOn) {
                // Somebody has taken it in this very moment, as they may.
                return;
            }
        }
    }

    private Path path(long number, String suffix) {
        return folder.resolve(run.value() + "." + number + suffix);
    }

    private static List<Trace> traces(Path folder, RunId run) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(run.value()) + "\\.(\\d{1,18})(\\" + LEASE + "|\\" + FREE + ")");
        List<Trace> traces = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                Matcher matcher = name.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    traces.add(new Trace(file, Long.parseLong(matcher.group(1))));
                }
            });
        }
        return traces;
    }

    private static Optional<Trace> last(List<Trace> traces) {
        return traces.stream().max(Comparator.comparingLong(Trace::token));
    }

    private static boolean isHeld(Trace trace, Clock clock) throws IOException {
        if (trace.isFree()) {
            return false;
        }
        try {
            Instant renewed = Files.getLastModifiedTime(trace.path).toInstant();
            boolean isSilent = Duration.between(renewed, clock.instant()).compareTo(JournalWriter.SILENCE) > 0;
            return !isSilent && !mark(trace.path).map(ProcessMark::isDead).orElse(false);
        } catch (NoSuchFileException letGo) {
            return false;
        }
    }

    private static Optional<ProcessMark> mark(Path path) throws IOException {
        return ProcessMark.parse(Files.readString(path));
    }

    private static String owner(Path path) throws IOException {
        try {
            return mark(path).map(ProcessMark::toString).orElse("another process");
        } catch (NoSuchFileException letGo) {
            return "another process";
        }
    }
}
