// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.SnapshotLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Judges what was seen of open snapshots: each warning once, and the end. Not thread-safe. */
final class LimitCheck {
    private final SnapshotLimits limits;
    private final String server;
    private final Set<ErrorCode> warned = new HashSet<>();

    LimitCheck(SnapshotLimits limits, String server) {
        this.limits = limits;
        this.server = server;
    }

    /** Why the snapshots have to be closed, if they have to. */
    Optional<Problem> exceeded(Duration age, OptionalLong history) {
        if (age.compareTo(limits.maxAge()) >= 0) {
            return Optional.of(Problem.of(
                    SnapshotErrorCode.SNAPSHOT_TOO_OLD,
                    age(age) + "; the plan's limit is " + limits.maxAge().toSeconds() + " s"));
        }
        if (history.isPresent() && history.getAsLong() >= limits.maxHistory()) {
            return Optional.of(Problem.of(
                    SnapshotErrorCode.HISTORY_TOO_LONG,
                    history(history.getAsLong(), age) + "; the plan's limit is " + limits.maxHistory()));
        }
        return Optional.empty();
    }

    /** What should be known by now and was not told before. */
    List<Problem> warnings(Duration age, OptionalLong history) {
        List<Problem> all = new ArrayList<>();
        if (age.compareTo(limits.warnAge()) >= 0 && warned.add(SnapshotErrorCode.SNAPSHOT_OLD)) {
            all.add(Problem.of(
                    SnapshotErrorCode.SNAPSHOT_OLD,
                    age(age) + "; the copy ends at " + limits.maxAge().toSeconds() + " s"));
        }
        if (history.isPresent()
                && history.getAsLong() >= limits.warnHistory()
                && warned.add(SnapshotErrorCode.HISTORY_LONG)) {
            all.add(Problem.of(
                    SnapshotErrorCode.HISTORY_LONG,
                    history(history.getAsLong(), age) + "; the copy ends at " + limits.maxHistory()));
        }
        return all;
    }

    /** That the history cannot be read, the first time. */
    Optional<Problem> unreadable(Problem why) {
        return warned.add(SnapshotErrorCode.HISTORY_UNREADABLE)
                ? Optional.of(Problem.of(
                        SnapshotErrorCode.HISTORY_UNREADABLE,
                        "The undo history of " + server + " is not watched: " + why.what()))
                : Optional.empty();
    }

    private String age(Duration age) {
        return "The snapshots on " + server + " have been open for " + age.toSeconds() + " s";
    }

    private String history(long length, Duration age) {
        return "The undo history of " + server + " has " + length + " entries, " + age.toSeconds()
                + " s after the snapshots were opened";
    }
}
