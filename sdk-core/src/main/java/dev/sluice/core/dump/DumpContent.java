// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.TableName;
import java.util.List;

/**
 * What the source has of the scope. Immutable and thread-safe.
 *
 * @param databases the databases
 * @param tables the tables in them
 * @param views the views in them
 * @param code how routines and triggers reach the replica
 */
public record DumpContent(List<String> databases, List<TableName> tables, List<TableName> views, Code code) {
    /** How routines and triggers reach the replica. Events never come in the dump: they would arrive enabled. */
    public enum Code {
        /** In the dump. */
        IN_DUMP,
        /**
         * By statements of Sluice's, routines before the load and triggers after it: mysqldump would set the sql_mode of 5.7, in which 8.0 no
         * longer knows NO_AUTO_CREATE_USER and refuses it (1231).
         */
        BY_STATEMENTS;

        /** The way between servers of these releases. */
        public static Code between(ServerVersion source, ServerVersion replica) {
            return !source.isAtLeast(8, 0, 0) && replica.isAtLeast(8, 0, 0) ? BY_STATEMENTS : IN_DUMP;
        }
    }

    public DumpContent {
        databases = List.copyOf(databases);
        tables = List.copyOf(tables);
        views = List.copyOf(views);
        requireNonNull(code, "code");
    }
}
