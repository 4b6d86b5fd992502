// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import java.util.List;

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
     * The two command lines, then the statements that follow them on the replica; what stands in angle brackets differs. What the
     * two programs send is theirs: reads on the source, the dump's statements on the replica.
     */
    public static List<String> templates() {
        String load = String.join(
                " ",
                DumpArguments.load(
                        "<private option file>",
                        "<SET SESSION sql_log_bin = 0 and the source's default collation, as far as the replica takes them>"));
        return List.of(
                opening(),
                "mysql " + load,
                Load.WHO.replace(";\n", ""),
                "CREATE <events as the source shows them, disabled; from 5.7 to 8.0 also databases, routines and triggers,"
                        + " which mysqldump then leaves out>",
                "SELECT COUNT(*) FROM <table>");
    }
}
