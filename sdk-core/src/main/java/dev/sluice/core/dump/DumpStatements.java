// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.core.copy.CopyStatements;
import java.util.List;
import java.util.stream.Stream;

/** What a copy by client programs runs, for previews. Thread-safe: no state. */
public final class DumpStatements {
    private DumpStatements() {}

    /** The program that is started under the lock and opens its snapshot; the load reads its output later. */
    public static String opening() {
        String dump = String.join(
                " ", DumpArguments.dump("<private option file>", List.of("<databases>"), CodeTransfer.IN_DUMP, true));
        return "mysqldump " + dump + " | <counted by this JVM>";
    }

    /**
     * The two command lines, then the statements that follow them on the replica, which creates the events, disabled, and from 5.7
     * to 8.0 also databases, routines and triggers, which mysqldump then leaves out; what stands in angle brackets differs. What the
     * two programs send is theirs: reads on the source, the dump's statements on the replica.
     */
    public static List<String> templates() {
        String load = String.join(
                " ",
                DumpArguments.load(
                        "<private option file>",
                        "<SET SESSION sql_log_bin = 0 and the source's default collation, as far as the replica takes them>"));
        return Stream.of(
                        List.of(opening(), "mysql " + load, Load.WHO.replace(";\n", "")),
                        CopyStatements.templatesWithoutTables(),
                        List.of(
                                "SELECT COUNT(*) FROM <table>",
                                "KILL CONNECTION <a session of one of the programs, when the copy is cancelled or has failed>"))
                .flatMap(List::stream)
                .toList();
    }
}
