// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.facts.TableEngine;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks a MySQL server about itself, read-only, in about a dozen queries. What the user may not see is empty in the facts, and no
 * failure: which privileges a plan needs is checked by its grants. Thread-safe: no state.
 */
public final class FactsReader {
    private static final int MAX_TABLES = 1000;
    /** The most events that facts hold: a server with as many may have more. */
    public static final int MAX_EVENTS = 1000;

    private static final String SYSTEM =
            Scope.SYSTEM_SCHEMAS.stream().sorted().map(Quote::literal).collect(Collectors.joining(", ", "(", ")"));

    private FactsReader() {}

    /**
     * The facts of the server behind a session. All the user's roles are active on sessions of {@link MySqlConnector}, so that the
     * grants hold what roles give.
     *
     * @throws dev.sluice.api.error.StepException if the server cannot be read at all
     */
    public static ServerFacts read(EngineId engine, ServerAddress address, ServerSession session) {
        Map<String, String> variables = variables(session);
        ServerVersion version = ServerVersion.parse(variables.getOrDefault("version", ""));
        Dialect dialect = Dialect.of(version);
        return new ServerFacts(
                engine,
                address,
                version,
                variables.getOrDefault("server_uuid", ""),
                Long.parseLong(variables.getOrDefault("server_id", "0")),
                tlsOffered(session, variables),
                variables,
                visible(() -> routines(session)),
                visible(() -> firstColumn(session.query("SHOW GRANTS"))),
                visible(() -> accounts(session)),
                visible(() -> databases(session)),
                visible(() -> tablesNotTransactional(session)),
                visible(() -> channels(session, dialect)),
                visible(() -> attachedReplicas(session, dialect)),
                gtidExecuted(session),
                visible(() -> events(session)));
    }

    /** What a query returns, or nothing where the server refuses it to this user. Any other failure goes on. */
    private static <T> List<T> visible(Supplier<List<T>> query) {
        try {
            return query.get();
        } catch (StepRefusedException notForThisUser) {
            return List.of();
        }
    }

    private static Map<String, String> variables(ServerSession session) {
        Map<String, String> variables = new TreeMap<>();
        for (Row row : session.query(InterestingVariables.QUERY)) {
            variables.put(
                    row.text("Variable_name").toLowerCase(Locale.ROOT),
                    row.find("Value").orElse(""));
        }
        return variables;
    }

    /** By a variable up to 8.3, and by the server's certificate. A session that is encrypted itself proves it, too. */
    private static boolean tlsOffered(ServerSession session, Map<String, String> variables) {
        if (variables.getOrDefault("have_ssl", "").equalsIgnoreCase("YES")) {
            return true;
        }
        return visible(() -> session.query(
                        "SHOW SESSION STATUS WHERE Variable_name IN ('Ssl_cipher', 'Ssl_server_not_after')"))
                .stream()
                .anyMatch(row -> !row.find("Value").orElse("").isEmpty());
    }

    /** The {@code mysql.rds_*} procedures that a server offers now. */
    public static List<Routine> routines(ServerSession session) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        List<Row> rows = session.query("SELECT r.ROUTINE_NAME AS routine, p.PARAMETER_NAME AS parameter"
                + " FROM information_schema.ROUTINES r LEFT JOIN information_schema.PARAMETERS p"
                + " ON p.SPECIFIC_SCHEMA = r.ROUTINE_SCHEMA AND p.SPECIFIC_NAME = r.SPECIFIC_NAME"
                + " AND p.ROUTINE_TYPE = r.ROUTINE_TYPE AND p.ORDINAL_POSITION > 0"
                + " WHERE r.ROUTINE_SCHEMA = 'mysql' AND r.ROUTINE_TYPE = 'PROCEDURE' AND r.ROUTINE_NAME LIKE "
                + Quote.literal(Quote.wildPattern("rds_") + "%") + " ORDER BY r.ROUTINE_NAME, p.ORDINAL_POSITION");
        for (Row row : rows) {
            List<String> parameters = found.computeIfAbsent(row.text("routine"), name -> new ArrayList<>());
            row.find("parameter").ifPresent(parameters::add);
        }
        return found.entrySet().stream()
                .map(entry -> new Routine(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<String> accounts(ServerSession session) {
        return session.query("SELECT User AS user, Host AS host FROM mysql.user ORDER BY User, Host").stream()
                .map(row -> Quote.literal(row.text("user")) + "@" + Quote.literal(row.text("host")))
                .toList();
    }

    private static List<String> databases(ServerSession session) {
        return firstColumn(session.query("SHOW DATABASES")).stream()
                .filter(name -> !Scope.isSystem(name))
                .toList();
    }

    private static List<TableEngine> tablesNotTransactional(ServerSession session) {
        return session
                .query("SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, ENGINE AS engine FROM information_schema.TABLES"
                        + " WHERE TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB' AND TABLE_SCHEMA NOT IN " + SYSTEM
                        + " ORDER BY TABLE_SCHEMA, TABLE_NAME LIMIT " + MAX_TABLES)
                .stream()
                .map(row -> new TableEngine(TableName.of(row.text("db"), row.text("name")), row.text("engine")))
                .toList();
    }

    private static List<EventFacts> events(ServerSession session) {
        return session
                .query("SELECT e.EVENT_SCHEMA AS db, e.EVENT_NAME AS name, e.STATUS AS status, e.DEFINER AS definer,"
                        + " e.CHARACTER_SET_CLIENT AS client, e.COLLATION_CONNECTION AS collation,"
                        + " e.DATABASE_COLLATION = s.DEFAULT_COLLATION_NAME AS same"
                        + " FROM information_schema.EVENTS e JOIN information_schema.SCHEMATA s"
                        + " ON s.SCHEMA_NAME = e.EVENT_SCHEMA WHERE e.EVENT_SCHEMA NOT IN " + SYSTEM
                        + " ORDER BY e.EVENT_SCHEMA, e.EVENT_NAME LIMIT " + MAX_EVENTS)
                .stream()
                .map(FactsReader::event)
                .toList();
    }

    /** A user's name may hold an @, a host does not. */
    private static EventFacts event(Row row) {
        String definer = row.text("definer");
        int at = definer.lastIndexOf('@');
        return new EventFacts(
                TableName.of(row.text("db"), row.text("name")),
                row.text("status"),
                definer.substring(0, at),
                definer.substring(at + 1),
                row.text("client"),
                row.text("collation"),
                row.find("same").filter("1"::equals).isPresent());
    }

    private static List<ChannelFacts> channels(ServerSession session, Dialect dialect) {
        return ReplicaStatusReader.readAll(session, dialect).stream()
                .map(FactsReader::channel)
                .toList();
    }

    private static ChannelFacts channel(ReplicaStatus status) {
        ReplicaStatus.Source source = status.source();
        return new ChannelFacts(
                status.channel(),
                source.host(),
                source.port(),
                source.user(),
                source.uuid(),
                source.autoPosition(),
                source.tls(),
                inWords(status.receiver().state()),
                status.applier().isRunning() ? "Yes" : "No");
    }

    private static String inWords(ReceiverState state) {
        return switch (state) {
            case RUNNING -> "Yes";
            case CONNECTING -> "Connecting";
            case STOPPED -> "No";
        };
    }

    private static List<Long> attachedReplicas(ServerSession session, Dialect dialect) {
        return session.query(dialect.showReplicas()).stream()
                .map(row -> row.number("Server_Id"))
                .sorted()
                .toList();
    }

    /** By itself: the list of variables cuts long values off. */
    private static String gtidExecuted(ServerSession session) {
        return MySqlGtidSet.parse(
                        session.queryValue("SELECT @@GLOBAL.gtid_executed").orElse(""))
                .toString();
    }

    private static List<String> firstColumn(List<Row> rows) {
        return rows.stream().flatMap(row -> row.first().stream()).toList();
    }
}
