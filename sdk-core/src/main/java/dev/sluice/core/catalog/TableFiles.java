// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of tables' files, which tell of a load at once. Tables in shared files, names that the server writes in a code of its own, and small
 * files are not among them. Thread-safe: no state.
 */
public final class TableFiles {
    /** Partitions follow a table's name behind a hash. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_$]+)/([A-Za-z0-9_$]+)(#[pP]#.*)?");

    /** Fewer than a session returns at most. */
    private static final int MOST = 50_000;

    private TableFiles() {}

    /** None where the user may not see them (PROCESS). */
    public static Map<TableName, Long> read(ServerSession session, ServerVersion version) {
        String view = version.isAtLeast(8, 0, 0) ? "INNODB_TABLESPACES" : "INNODB_SYS_TABLESPACES";
        Map<TableName, Long> sizes = new HashMap<>();
        try {
            for (Row row : session.query("SELECT NAME AS name, FILE_SIZE AS size FROM information_schema." + view
                    + " WHERE FILE_SIZE > " + TableSpace.LEAST_FILE + " ORDER BY FILE_SIZE DESC LIMIT " + MOST)) {
                Matcher name = NAME.matcher(row.text("name"));
                if (name.matches()) {
                    sizes.merge(TableName.of(name.group(1), name.group(2)), row.number("size"), Long::sum);
                }
            }
        } catch (StepRefusedException notForThisUser) {
            // The statistics alone have to do.
            return Map.of();
        }
        return sizes;
    }
}
