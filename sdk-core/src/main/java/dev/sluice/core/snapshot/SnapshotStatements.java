// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Quote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every statement of this package that does more than read metadata, in one place, and the templates under which previews show
 * them. Thread-safe: no state.
 */
public final class SnapshotStatements {
    static final String GLOBAL_READ_LOCK = "FLUSH TABLES WITH READ LOCK";
    static final String UNLOCK = "UNLOCK TABLES";
    static final String REPEATABLE_READ = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    static final String START_SNAPSHOT = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
    static final String END_SNAPSHOT = "ROLLBACK";

    /** Rolling back to a savepoint lets go of the metadata locks that were taken after it, and keeps the snapshot. */
    static final String BEGIN_UNIT = "SAVEPOINT sluice_unit";

    static final String END_UNIT = "ROLLBACK TO SAVEPOINT sluice_unit";

    private static final List<String> CLOSING =
            List.of(UNLOCK, "KILL CONNECTION <the locking session, if it takes too long>");

    private SnapshotStatements() {}

    /** The templates for these ways to lock, holes in angle brackets, in the order of first use. */
    public static List<String> templates(Collection<LockKind> locks) {
        return Stream.of(
                        List.of(REPEATABLE_READ),
                        opening(locks),
                        List.of(START_SNAPSHOT),
                        CLOSING,
                        List.of(BEGIN_UNIT, END_UNIT, END_SNAPSHOT))
                .flatMap(List::stream)
                .toList();
    }

    /** The templates where something else opens its snapshot under the lock. */
    public static List<String> lockTemplates(Collection<LockKind> locks) {
        return Stream.concat(opening(locks).stream(), CLOSING.stream()).toList();
    }

    private static List<String> opening(Collection<LockKind> locks) {
        List<String> all =
                new ArrayList<>(List.of("SET SESSION wait_timeout = <seconds>, SESSION lock_wait_timeout = <seconds>, "
                        + "SESSION net_read_timeout = <seconds>, SESSION net_write_timeout = <seconds>"));
        if (locks.contains(LockKind.GLOBAL_READ_LOCK)) {
            all.add(GLOBAL_READ_LOCK);
        }
        if (locks.contains(LockKind.TABLE_WRITE_LOCKS)) {
            all.add("LOCK TABLES <tables of the scope> WRITE");
            all.add("KILL QUERY <the locking session, if it takes too long>");
        }
        return all;
    }

    static String limits(Duration idle, Duration lockWait) {
        return "SET SESSION wait_timeout = " + idle.toSeconds() + ", SESSION lock_wait_timeout = "
                + lockWait.toSeconds() + ", SESSION net_read_timeout = " + idle.toSeconds()
                + ", SESSION net_write_timeout = " + idle.toSeconds();
    }

    static String lockTables(Collection<TableName> tables) {
        return tables.stream()
                .map(table -> Quote.identifier(table) + " WRITE")
                .collect(Collectors.joining(", ", "LOCK TABLES ", ""));
    }

    static String kill(long threadId) {
        return "KILL CONNECTION " + threadId;
    }

    static String killQuery(long threadId) {
        return "KILL QUERY " + threadId;
    }
}
