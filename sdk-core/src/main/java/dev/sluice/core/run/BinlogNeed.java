// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lists of a source's binary logs, one after the other, tell of the ones that are still needed. One thread at a time. */
final class BinlogNeed {
    private final String source;
    private final LogRetention retention;
    private final LogAges ages = new LogAges();
    private final Set<RunCode> told = EnumSet.noneOf(RunCode.class);
    private @Nullable String oldest;

    /** @param source what messages call it */
    BinlogNeed(String source, LogRetention retention) {
        this.source = source;
        this.retention = retention;
    }

    /**
     * What is to be told now; each kind of thing once.
     *
     * @param sizes of the files, by name, as the source lists them, oldest first
     * @param needed from where on; empty as long as that is not known
     */
    Optional<Problem> look(Map<String, Long> sizes, Optional<NeededFrom> needed, Instant now) {
        List<String> files = List.copyOf(sizes.keySet());
        if (files.isEmpty()) {
            return Optional.empty();
        }
        boolean hasRemoved = oldest != null && !files.get(0).equals(oldest);
        oldest = files.get(0);
        ages.see(files, now);
        return needed.flatMap(from -> gone(files, from)
                .or(() -> goes(files, from.applied(), hasRemoved))
                .or(() -> grows(sizes, from, now)));
    }

    private Optional<Problem> gone(List<String> files, NeededFrom needed) {
        String applied = needed.applied().file();
        String fetched = needed.fetched().file();
        if (!files.contains(fetched)) {
            return once(
                    RunCode.LOGS_GONE,
                    source + " does not have " + fetched
                            + " any more, from which on the replica still needs it; the oldest is " + files.get(0));
        }
        return files.contains(applied)
                ? Optional.empty()
                : once(
                        RunCode.UNAPPLIED_LOGS_GONE,
                        source + " does not have " + applied
                                + " any more, at which the replica applies; it has fetched up to " + fetched
                                + ", and the oldest is " + files.get(0));
    }

    /** The file that is written is never removed. */
    private Optional<Problem> goes(List<String> files, BinlogPosition needed, boolean hasRemoved) {
        boolean isNext = files.size() > 1 && files.get(0).equals(needed.file());
        // Before the run has raised it, a short retention may have left nothing older.
        return isNext && (hasRemoved || !retention.isRaised())
                ? once(
                        RunCode.LOGS_GO,
                        source + (hasRemoved ? " has removed all" : " has no") + " binary logs before " + needed.file()
                                + ", which the replica still needs")
                : Optional.empty();
    }

    /** Three quarters of the time leave somebody one to do something. */
    private Optional<Problem> grows(Map<String, Long> sizes, NeededFrom needed, Instant now) {
        ages.wasWritten(needed.snapshot().file(), needed.at());
        BinlogPosition from = needed.applied();
        Long size = sizes.get(from.file());
        if (size == null || isWritten(sizes, from.file())) {
            return Optional.empty();
        }
        Duration age = ages.age(from.file(), now);
        Duration then = age.plus(ages.remaining(from, size, now));
        return retention
                .kept()
                .filter(kept -> then.compareTo(kept.dividedBy(4).multipliedBy(3)) >= 0)
                .flatMap(kept -> once(
                        RunCode.LOGS_EXPIRE,
                        source + " wrote " + from.file() + " last " + age.toMinutes()
                                + " min ago, the replica needs it for at least "
                                + then.minus(age).toMinutes() + " min more, and "
                                + (kept.isZero()
                                        ? "nothing makes the source keep its logs"
                                        : "logs are kept for " + kept.toMinutes() + " min")));
    }

    private static boolean isWritten(Map<String, Long> sizes, String file) {
        return List.copyOf(sizes.keySet()).get(sizes.size() - 1).equals(file);
    }

    private Optional<Problem> once(RunCode code, String what) {
        return told.add(code) ? Optional.of(Problem.of(code, what)) : Optional.empty();
    }
}
