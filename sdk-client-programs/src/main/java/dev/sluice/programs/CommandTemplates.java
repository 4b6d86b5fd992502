// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.core.dump.DumpContent;
import java.util.List;

/**
 * The command lines of a copy as previews show them; what stands in angle brackets differs. What the two programs send is theirs: reads on the
 * source, the dump's statements on the replica.
 */
final class CommandTemplates {
    private CommandTemplates() {}

    /** The program that is started under the lock and opens its snapshot; the load reads its output later. */
    static String dump() {
        return "mysqldump "
                + String.join(
                        " ",
                        DumpArguments.dump(
                                "<private option file>", List.of("<databases>"), DumpContent.Code.IN_DUMP, true))
                + " | <counted by this JVM>";
    }

    /** The program that loads, and its first statement. */
    static List<String> load() {
        String arguments = String.join(
                " ",
                DumpArguments.load(
                        "<private option file>",
                        "<SET SESSION sql_log_bin = 0 and the source's default collation, as far as the replica takes them>"));
        return List.of("mysql " + arguments, Load.WHO.replace(";\n", ""));
    }
}
