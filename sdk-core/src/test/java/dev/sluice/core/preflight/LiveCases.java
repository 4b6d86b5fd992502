// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static dev.sluice.core.preflight.CheckCase.check;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.dump.IdlePrograms;
import dev.sluice.core.mysql.ServerErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is about the scope's data, and about what goes on while it is copied. */
final class LiveCases {
    private static final Situation SHOP = Situation.healthy().plan(plan -> plan.databases("shop"));
    private static final Situation DUMPED = Situation.healthy().plan(plan -> plan.copyWith(CopyMethod.MYSQLDUMP));

    private static final Duration HOUR = Duration.ofHours(1);

    static final List<CheckCase> ALL = List.of(
            check("servers-reachable", SHOP, LiveCases::refused, LiveCases::nothing),
            check("replica-holds-data", SHOP, held("shop"), held("own")),
            check(
                    "filter-admits-too-much",
                    SHOP,
                    source("information_schema.TABLES", table("shop.old", "t")),
                    LiveCases::nothing),
            check(
                    "table-unknown",
                    Situation.healthy().plan(plan -> plan.tables(TableName.of("shop", "orders"))),
                    LiveCases::nothing,
                    source("information_schema.TABLES", table("shop", "orders"))),
            check("foreign-keys-across-scope", SHOP, parent("stock"), parent("shop")),
            check("no-primary-key", SHOP, source("COLUMN_KEY", table("shop", "log")), LiveCases::nothing),
            check("found-by-spatial-key", SHOP, indexed("FULLTEXT", "SPATIAL", "BTREE"), indexed("BTREE", "SPATIAL")),
            check("keys-demanded", demanding("ON"), demanding("OFF"), source("COLUMN_KEY", table("shop", "log"))),
            check("foreign-definers", definers("CREATE VIEW"), definers("SET_USER_ID"), view("app@%")),
            check("nonexistent-definers", definers9(), view("gone@%"), view("migrator@10.0.%")),
            check("system-definers", definers("SET_USER_ID"), system("root", "localhost"), system("dba", "%")),
            check(
                    "creators-not-trusted",
                    trusting("OFF"),
                    trusting("ON"),
                    source("information_schema.TRIGGERS", table("shop", "audit"))),
            check("enabled-events", SHOP, source("information_schema.EVENTS", table("shop", "e")), LiveCases::nothing),
            check("events-run-twice", scheduled().alreadyRunning(), onBoth("e"), onBoth("f")),
            check("prepared-xa", SHOP, source("XA RECOVER", row("data", "a")), LiveCases::nothing),
            check("long-statements", SHOP, statement("40", "SELECT 1"), statement("1", "SELECT 1")),
            check("open-ddl", SHOP, statement("1", "/* x */ alter table t"), statement("1", "SELECT 'ALTER'")),
            check("long-transactions", SHOP, source("INNODB_TRX", row("id", "9", "seconds", "77")), LiveCases::nothing),
            check(
                    "online-schema-change",
                    SHOP,
                    source("information_schema.TABLES", table("shop", "orders"), table("shop", "_orders_new")),
                    source("information_schema.TABLES", table("shop", "orders"), table("shop", "_goods_new"))),
            check(missingPrograms(), DUMPED, LiveCases::nothing, SHOP, LiveCases::nothing),
            check(
                    "sessions-hidden",
                    DUMPED,
                    source("performance_schema", row("p", "0")),
                    source("performance_schema", row("p", "1"))),
            check(live -> new BinlogExpiresSoon(live.servers()), SHOP, kept(Duration.ofMinutes(59)), kept(HOUR)),
            check("connections-left", limited(), connected("146"), connected("140")),
            check(
                    new SpaceNeeded(SpaceNeeded.WORTH_TELLING, (directory, uuid) -> OptionalLong.of(1500)),
                    SHOP,
                    stored("1001"),
                    SHOP,
                    stored("1000")),
            check("widest-row", SHOP, widest("67108865"), widest("67108864")));

    private LiveCases() {}

    private static Consumer<Live> source(String piece, Row... rows) {
        return live -> live.source.to(piece, rows);
    }

    private static Row table(String database, String name) {
        return row("db", database, "name", name);
    }

    /** Both servers are as a healthy plan has them. */
    private static void nothing(Live live) {
        // Nothing is changed about them.
    }

    private static void refused(Live live) {
        live.replica.fail(
                "SELECT 1", new StepRefusedException(Problem.of(ServerErrorCode.PRIVILEGE_MISSING, "not for you")));
    }

    private static Consumer<Live> held(String database) {
        return live ->
                live.replica.to("information_schema.TABLES", row("db", database, "found", "3", "example", "orders"));
    }

    private static Consumer<Live> parent(String database) {
        return source(
                "REFERENTIAL_CONSTRAINTS",
                row("name", "fk", "db", "shop", "child", "items", "parent_db", database, "parent", "goods"));
    }

    /** A table without a key, with indexes of these types. */
    private static Consumer<Live> indexed(String... types) {
        Row[] shown = Stream.of(types)
                .map(type -> row("Column_name", "p", "Index_type", type))
                .toArray(Row[]::new);
        return source("COLUMN_KEY", table("shop", "places"))
                .andThen(source("INDEX_TYPE", table("shop", "places"), table("shop", "keyed")))
                .andThen(source("SRS_ID", row("name", "p")))
                .andThen(source("SHOW INDEX FROM `shop`.`places`", shown));
    }

    private static Situation shop(Server replica) {
        return Situation.replica(replica).plan(plan -> plan.databases("shop"));
    }

    private static Situation demanding(String value) {
        return shop(Server.replica()
                .variable("sql_require_primary_key", value)
                .grants("GRANT CREATE, INSERT ON *.* TO `migrator`@`%`"));
    }

    private static Situation definers(String privilege) {
        return shop(Server.replica().grants("GRANT " + privilege + " ON *.* TO `migrator`@`10.0.%`"));
    }

    private static Situation definers9() {
        return shop(Server.replica().version(9, 7, 4).grants("GRANT SET_ANY_DEFINER ON *.* TO `migrator`@`10.0.%`"));
    }

    private static Consumer<Live> view(String definer) {
        return source("information_schema.VIEWS", row("definer", definer));
    }

    private static Consumer<Live> system(String user, String host) {
        return view("root@localhost")
                .andThen(live -> live.replica.to("global_grants", row("user", user, "host", host)));
    }

    private static Situation trusting(String value) {
        return shop(Server.replica()
                .variable("log_bin", "ON")
                .variable("log_bin_trust_function_creators", value)
                .grants("GRANT CREATE ROUTINE ON *.* TO `migrator`@`%`"));
    }

    private static Situation scheduled() {
        return shop(Server.replica().variable("event_scheduler", "ON"));
    }

    private static Consumer<Live> onBoth(String onReplica) {
        return source("information_schema.EVENTS", table("shop", "e"))
                .andThen(live -> live.replica.to("information_schema.EVENTS", table("shop", onReplica)));
    }

    private static Consumer<Live> statement(String seconds, String text) {
        return source(
                "SHOW PROCESSLIST",
                row("Id", "7", "User", "app", "Command", "Query", "Time", seconds, "State", "", "Info", text));
    }

    private static Consumer<Live> kept(Duration retention) {
        return live -> live.retention = retention;
    }

    private static Consumer<Live> stored(String bytes) {
        return source("SUM(", row("bytes", bytes)).andThen(live -> live.replica.to("datadir", row("d", "/data/")));
    }

    private static ProgramsMissing missingPrograms() {
        return new ProgramsMissing(
                Optional.of(new IdlePrograms(Problem.of(DumpCode.PROGRAM_MISSING, "There is no program mysqldump"))));
    }

    private static Situation limited() {
        return shop(Server.replica().variable("max_connections", "151"));
    }

    private static Consumer<Live> connected(String threads) {
        return live ->
                live.replica.to("Threads_connected", row("Variable_name", "Threads_connected", "Value", threads));
    }

    private static Consumer<Live> widest(String bytes) {
        return source("LIMIT 10", table("shop", "files"))
                .andThen(source("AS col", row("col", "body")))
                .andThen(source("MAX(", row("widest", bytes)));
    }
}
