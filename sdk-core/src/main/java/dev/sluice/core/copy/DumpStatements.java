// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.dump.DumpPrograms;
import java.util.List;
import java.util.stream.Stream;

/** What a copy by client programs runs, for previews. Thread-safe: no state. */
public final class DumpStatements {
    private DumpStatements() {}

    /**
     * The command lines, then the statements that follow them on the replica, which creates the events, disabled, and from 5.7
     * to 8.0 also databases, routines and triggers, which mysqldump then leaves out; what stands in angle brackets differs.
     */
    public static List<String> templates(DumpPrograms programs) {
        return Stream.of(
                        programs.snapshotTemplates(),
                        programs.loadTemplates(),
                        CopyStatements.templatesWithoutTables(),
                        List.of(
                                "SELECT COUNT(*) FROM <table>",
                                "KILL CONNECTION <a session of one of the programs, when the copy is cancelled or has failed>"))
                .flatMap(List::stream)
                .toList();
    }
}
