// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;
import java.util.Optional;

/** Tells how much the replica's disk has to hold, by the source's own estimates, where it is worth telling. */
final class SpaceNeeded extends NamedCheck {
    static final long WORTH_TELLING = 1L << 30;
    private static final long MIB = 1 << 20;

    private final long from;

    /**
     * For scopes of some size.
     *
     * @param from how many bytes are worth telling
     */
    SpaceNeeded(long from) {
        super("space-needed", LoadCode.SPACE_NEEDED, Level.NOTE);
        this.from = from;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        Optional<Long> bytes = context.sourceSession()
                .queryValue(
                        "SELECT CAST(SUM(DATA_LENGTH + INDEX_LENGTH) AS UNSIGNED) AS bytes FROM information_schema.TABLES"
                                + " WHERE TABLE_TYPE = 'BASE TABLE' AND "
                                + ScopeSql.tables(context.replication().scope(), "TABLE_SCHEMA", "TABLE_NAME"))
                .map(Long::parseLong);
        return bytes.filter(size -> size >= from).stream()
                .map(size -> Problem.of(
                        code(),
                        "The scope takes about " + (size + MIB - 1) / MIB + " MiB on " + Labels.source(context)
                                + ", and " + Labels.replica(context) + " would hold it in " + directory(context)))
                .toList();
    }

    private static String directory(LiveContext context) {
        return context.replicaSession().queryValue("SELECT @@GLOBAL.datadir").orElse("its data directory");
    }
}
