// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.core.dump.DumpContent;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of both programs. Nothing in them is secret.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html">MySQL: mysqldump</a>
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/mysql-command-options.html">MySQL: mysql client options</a>
 */
final class DumpArguments {
    /** Only newer programs ask the source for histograms, in a way that older sources do not understand. */
    static final String COLUMN_STATISTICS = "column-statistics";

    private static final List<String> BOTH = List.of("--default-character-set=utf8mb4", "--max-allowed-packet=1G");

    private DumpArguments() {}

    /**
     * Without the drops that mysqldump writes by default, since nothing on the replica may be overwritten; without locks, which
     * would need a privilege and hold back nobody; without comments, in which names of a hostile source could become statements.
     * Events are not dumped: they would arrive enabled.
     */
    static List<String> dump(
            String optionFile, List<String> databases, DumpContent.Code code, boolean knowsStatistics) {
        List<String> arguments = new ArrayList<>(List.of(
                "--defaults-file=" + optionFile,
                "--single-transaction",
                "--set-gtid-purged=OFF",
                "--no-tablespaces",
                "--hex-blob",
                "--skip-lock-tables",
                "--skip-add-drop-table",
                "--skip-add-locks",
                "--skip-comments"));
        arguments.addAll(
                code == DumpContent.Code.IN_DUMP
                        ? List.of("--routines", "--triggers")
                        : List.of("--skip-routines", "--skip-triggers"));
        if (knowsStatistics) {
            arguments.add("--" + COLUMN_STATISTICS + "=0");
        }
        arguments.addAll(BOTH);
        arguments.add("--databases");
        // What follows is no option, even if it begins like one.
        arguments.add("--");
        arguments.addAll(databases);
        return arguments;
    }

    /**
     * In binary mode the program obeys no commands that a dump could hold; it never connects a second time, since settings and half
     * a dump would be lost in between; it keeps comments in the bodies of routines.
     */
    static List<String> load(String optionFile, String initCommand) {
        List<String> arguments = new ArrayList<>(List.of(
                "--defaults-file=" + optionFile,
                "--batch",
                "--skip-column-names",
                "--unbuffered",
                "--binary-mode",
                "--comments",
                "--skip-reconnect",
                "--local-infile=0"));
        arguments.addAll(BOTH);
        if (!initCommand.isEmpty()) {
            arguments.add("--init-command=" + initCommand);
        }
        return arguments;
    }
}
