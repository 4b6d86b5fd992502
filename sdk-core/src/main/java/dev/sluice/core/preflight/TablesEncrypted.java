// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/**
 * Where tables of the scope are encrypted, the replica can encrypt tables: it has a keyring, as a plugin or, from 8.0.24 on, a component.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/innodb-data-encryption.html">MySQL: encryption at rest</a>
 */
final class TablesEncrypted extends NamedCheck {
    private static final String PLUGINS = "SELECT PLUGIN_NAME AS name FROM information_schema.PLUGINS"
            + " WHERE PLUGIN_NAME LIKE 'keyring%' AND PLUGIN_STATUS = 'ACTIVE' LIMIT 1";
    private static final String COMPONENT =
            "SELECT STATUS_VALUE AS name FROM performance_schema.keyring_component_status"
                    + " WHERE STATUS_KEY = 'Component_status' AND STATUS_VALUE = 'Active' LIMIT 1";

    TablesEncrypted() {
        super("tables-encrypted", VersionCode.TABLES_ENCRYPTED, Level.ERROR);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        List<TableName> encrypted = context
                .sourceSession()
                .query("SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES"
                        + " WHERE CREATE_OPTIONS LIKE '%ENCRYPTION=%Y%' AND "
                        + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME") + " ORDER BY 1, 2")
                .stream()
                .map(row -> TableName.of(row.text("db"), row.text("name")))
                .filter(scope::includes)
                .toList();
        return encrypted.isEmpty() || hasKeyring(context)
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " has no keyring for the encrypted tables "
                                + Listing.of(encrypted)));
    }

    private static boolean hasKeyring(LiveContext context) {
        return !context.replicaSession().query(PLUGINS).isEmpty()
                || (context.replica().version().isAtLeast(8, 0, 24)
                        && !context.replicaSession().query(COMPONENT).isEmpty());
    }
}
