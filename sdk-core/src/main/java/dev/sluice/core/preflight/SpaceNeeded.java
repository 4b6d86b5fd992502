// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The replica's disk holds what is copied, by the source's own estimates. Where nobody can tell how much is free, that is a note, where it is
 * worth telling.
 */
final class SpaceNeeded extends NamedCheck {
    static final long WORTH_TELLING = 1L << 30;
    private static final long MIB = 1 << 20;

    /** Indexes are built beside their rows, and undo and relay logs take room, too. */
    private static final double WITH_MARGIN = 1.5;

    private final long from;
    private final FreeSpace free;

    /**
     * For scopes of some size.
     *
     * @param from how many bytes are worth telling
     * @param free of the replica's disk
     */
    SpaceNeeded(long from, FreeSpace free) {
        super("space-needed", LoadCode.SPACE_NEEDED, Level.WARNING);
        this.from = from;
        this.free = free;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        return examine(context).stream().map(Finding::problem).toList();
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        long bytes = bytes(context);
        Optional<String> directory = context.replicaSession().queryValue("SELECT @@GLOBAL.datadir");
        OptionalLong there = directory
                .map(name -> free.in(name, context.replica().serverUuid()))
                .orElse(OptionalLong.empty());
        String needed = "The scope takes about " + mib(bytes) + " on " + Labels.source(context) + ", and "
                + Labels.replica(context) + " would hold it in " + directory.orElse("its data directory");
        if (there.isPresent()) {
            return there.getAsLong() < bytes * WITH_MARGIN
                    ? List.of(finding(Level.WARNING, needed + ", where " + mib(there.getAsLong()) + " are free"))
                    : List.of();
        }
        return bytes >= from ? List.of(finding(Level.NOTE, needed)) : List.of();
    }

    private static long bytes(LiveContext context) {
        return context.sourceSession()
                .queryValue(
                        "SELECT CAST(SUM(DATA_LENGTH + INDEX_LENGTH) AS UNSIGNED) AS bytes FROM information_schema.TABLES"
                                + " WHERE TABLE_TYPE = 'BASE TABLE' AND "
                                + ScopeSql.tables(context.replication().scope(), "TABLE_SCHEMA", "TABLE_NAME"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static String mib(long bytes) {
        return (bytes + MIB - 1) / MIB + " MiB";
    }

    private Finding finding(Level level, String what) {
        return new Finding(id(), level, Problem.of(code(), what));
    }
}
