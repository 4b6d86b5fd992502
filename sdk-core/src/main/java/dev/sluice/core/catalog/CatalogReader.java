// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.ServerSession;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the definitions of a scope: about ten queries for what there is, and one {@code SHOW CREATE} an object for what it is. Not
 * thread-safe.
 *
 * <p>What the user needs: SELECT on the tables, SHOW VIEW, TRIGGER, EVENT, and for routines SHOW_ROUTINE or, before 8.0.20, SELECT on
 * {@code mysql.proc} (5.7) or on everything (8.0).
 */
public final class CatalogReader {
    private final SideBySide sessions;
    private final ServerSession session;
    private final Scope scope;

    /** Reads in one session. */
    public CatalogReader(ServerSession session, Scope scope) {
        this(List.of(session), scope);
    }

    /** Reads over several sessions, at least one, of the same user on the same server. Each runs one statement at a time. */
    public CatalogReader(List<? extends ServerSession> sessions, Scope scope) {
        this.sessions = new SideBySide(List.copyOf(sessions));
        this.session = sessions.get(0);
        this.scope = requireNonNull(scope, "scope");
    }

    /**
     * Reads the definitions as they are now. Leaves the session's {@code character_set_results} as {@code utf8mb4}.
     *
     * @throws dev.sluice.api.error.StepException with NOT_SHOWN if the user may not see one of them; or if the server cannot be read
     */
    public Catalog read() {
        ServerVersion version = prepare();
        List<DatabaseDefinition> databases = databases();
        Extent extent = new Extent(
                scope, databases.stream().map(DatabaseDefinition::name).toList());
        if (extent.isEmpty()) {
            return new Catalog(utf8mb4Collation(), databases, List.of(), List.of());
        }
        return new Catalog(
                utf8mb4Collation(), databases, tables(version, extent), new ObjectCatalog(session, extent).read());
    }

    private ServerVersion prepare() {
        ServerVersion version =
                ServerVersion.parse(session.queryValue("SELECT VERSION()").orElseThrow());
        if (version.isAtLeast(8, 0, 30)) {
            sessions.sessions().forEach(each -> each.query(CatalogStatements.GENERATED_KEYS_SHOWN));
        }
        return version;
    }

    /**
     * The server makes question marks of characters beyond U+FFFF in expressions when it converts definitions of tables; unconverted
     * they are UTF-8. Other definitions are stored in their creators' character sets, and have to be converted.
     */
    private List<TableDefinition> tables(ServerVersion version, Extent extent) {
        sessions.sessions().forEach(each -> each.query(CatalogStatements.UNCONVERTED));
        try {
            return new TableCatalog(sessions, version, extent).read();
        } finally {
            session.query(CatalogStatements.IN_UTF8);
        }
    }

    private String utf8mb4Collation() {
        return session.queryValue("SELECT COLLATION_NAME FROM information_schema.COLLATIONS"
                        + " WHERE CHARACTER_SET_NAME = 'utf8mb4' AND IS_DEFAULT = 'Yes'")
                .orElse("utf8mb4_general_ci");
    }

    private List<DatabaseDefinition> databases() {
        return session
                .query("SELECT SCHEMA_NAME AS name, DEFAULT_CHARACTER_SET_NAME AS cs,"
                        + " DEFAULT_COLLATION_NAME AS coll FROM information_schema.SCHEMATA")
                .stream()
                .filter(row -> scope.touches(row.text("name")))
                .map(row -> new DatabaseDefinition(row.text("name"), row.text("cs"), row.text("coll")))
                .sorted(Comparator.comparing(DatabaseDefinition::name))
                .toList();
    }
}
