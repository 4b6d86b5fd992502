// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import java.util.ArrayList;
import java.util.List;

/** What the user on the replica needs for a copy of one table besides what core's own copy takes. Thread-safe: no state. */
final class TableCopyNeeds {
    private TableCopyNeeds() {}

    static StepDraft addedTo(StepDraft draft, TableCopy copy) {
        StepDraft more = draft;
        for (RequiredPrivilege need : of(copy)) {
            more = more.needs(need);
        }
        return more;
    }

    private static List<RequiredPrivilege> of(TableCopy copy) {
        StepContext context = copy.context();
        List<RequiredPrivilege> needs = new ArrayList<>(FilterFacts.seeing(context.replica()));
        needs.add(everywhere(copy.dialect().replicationAdminPrivileges(), "to hold the applier and leave a table out"));
        needs.add(everywhere(
                context.replica().version().isAtLeast(8, 0, 14)
                        ? List.of("SESSION_VARIABLES_ADMIN", "SYSTEM_VARIABLES_ADMIN", "SUPER")
                        : List.of("SYSTEM_VARIABLES_ADMIN", "SUPER"),
                "to keep the copy out of the replica's own binary log"));
        if (context.replica().isOn("super_read_only")) {
            needs.add(everywhere(copy.dialect().variableAdminPrivileges(), "to set super_read_only"));
        }
        if (context.replica().isOn("read_only")) {
            needs.add(everywhere(
                    context.replica().version().isAtLeast(8, 0, 1)
                            ? List.of("CONNECTION_ADMIN", "SUPER")
                            : List.of("SUPER"),
                    "to write while read_only is on"));
        }
        for (String privilege : List.of("CREATE", "ALTER", "DROP", "INSERT", "SELECT")) {
            needs.add(onDatabase(privilege, copy.plan().copyDatabase(), "to make the copy beside the table"));
        }
        for (String privilege : List.of("CREATE", "DROP", "INSERT", "SELECT")) {
            needs.add(onDatabase(privilege, copy.plan().asideDatabase(), "to set the old table aside"));
        }
        TableName table = copy.plan().table();
        for (String privilege : List.of("ALTER", "DROP", "CREATE", "INSERT")) {
            needs.add(RequiredPrivilege.onTable(Target.REPLICA, privilege, table, "to put the copy in its place"));
        }
        return needs;
    }

    private static RequiredPrivilege everywhere(List<String> anyOf, String reason) {
        return new RequiredPrivilege(Target.REPLICA, anyOf, reason);
    }

    private static RequiredPrivilege onDatabase(String privilege, String database, String reason) {
        return RequiredPrivilege.onDatabase(Target.REPLICA, privilege, database, reason);
    }
}
