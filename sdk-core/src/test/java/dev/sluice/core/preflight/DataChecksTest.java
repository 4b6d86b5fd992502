// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.ServerErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataChecksTest {
    private final Live live = new Live();
    private final Situation shop = Situation.healthy().plan(plan -> plan.databases("shop"));

    @Test
    void aReplicaWithDataWhereThePlansBelongsIsRefused() {
        live.replica
                .to("information_schema.TABLES", row("db", "shop", "found", "3", "example", "orders"))
                .to("information_schema.EVENTS", row("db", "shop", "found", "1", "example", "nightly"));

        assertThat(live.ask(new ReplicaHoldsData(), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains("`shop`", "3 tables and views such as `orders`", "1 events such as `nightly`"));
    }

    @Test
    void whatTheReplicaHoldsElsewhereIsFine() {
        live.replica.to("information_schema.TABLES", row("db", "Shop", "found", "3", "example", "orders"));

        assertThat(live.ask(new ReplicaHoldsData(), shop)).isEmpty();
    }

    @Test
    void anEmptyReplicaIsFine() {
        assertThat(live.ask(new ReplicaHoldsData(), shop)).isEmpty();
        assertThat(live.replica.asked).hasSize(3);
    }

    @Test
    void aReplicaThatFollowsTheSourceAlreadyHoldsItsData() {
        live.replica.to("information_schema.TABLES", row("db", "shop", "found", "3", "example", "orders"));

        assertThat(live.ask(new ReplicaHoldsData(), shop.alreadyRunning())).isEmpty();
    }

    @Test
    void aForeignKeyAcrossTheScopeIsRefused() {
        live.source.to(
                "REFERENTIAL_CONSTRAINTS",
                row("name", "fk", "db", "shop", "child", "items", "parent_db", "stock", "parent", "goods"));

        assertThat(live.ask(new ForeignKeysAcrossScope(), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("fk from shop.items to stock.goods"));
    }

    @Test
    void aForeignKeyInsideTheScopeIsFine() {
        live.source.to(
                "REFERENTIAL_CONSTRAINTS",
                row("name", "fk", "db", "shop", "child", "items", "parent_db", "shop", "parent", "orders"));

        assertThat(live.ask(new ForeignKeysAcrossScope(), shop)).isEmpty();
    }

    @Test
    void aNameThatTheFilterMisjudgesIsRefused() {
        live.source
                .to("information_schema.TABLES", row("db", "shop.old", "name", "orders"))
                .to("SHOW DATABASES", row("Database", "shop"), row("Database", "shop.old"));

        assertThat(live.ask(new FilterAdmitsTooMuch(), shop))
                .extracting(Problem::what)
                .satisfiesExactly(
                        table -> assertThat(table).contains("`shop.old`.`orders`"),
                        database -> assertThat(database).contains("`shop.old`"));
    }

    @Test
    void namesThatTheFilterTellsApartAreFine() {
        live.source
                .to("information_schema.TABLES", row("db", "shop", "name", "orders.old"))
                .to("SHOW DATABASES", row("Database", "shop"), row("Database", "stock"));

        assertThat(live.ask(new FilterAdmitsTooMuch(), shop)).isEmpty();
    }

    @Test
    void aNamedTableThatIsNotThereIsAWarning() {
        live.source.to("information_schema.TABLES", row("db", "shop", "name", "orders"));
        Situation tables = Situation.healthy()
                .plan(plan -> plan.tables(TableName.of("shop", "orders"), TableName.of("shop", "Orders")));

        assertThat(live.ask(new TableUnknown(), tables))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("`shop`.`Orders`"));
    }

    @Test
    void namedTablesThatAreThereAreFine() {
        live.source.to("information_schema.TABLES", row("db", "shop", "name", "orders"));

        assertThat(live.ask(
                        new TableUnknown(),
                        Situation.healthy().plan(plan -> plan.tables(TableName.of("shop", "orders")))))
                .isEmpty();
        assertThat(live.ask(new TableUnknown(), shop)).isEmpty();
    }

    @Test
    void tablesWithoutAKeyAreAWarning() {
        live.source.to("COLUMN_KEY", row("db", "shop", "name", "log"), row("db", "stock", "name", "log"));

        assertThat(live.ask(new NoPrimaryKey(), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("1 tables", "shop.log"));
    }

    @Test
    void tablesWithKeysAreFine() {
        assertThat(live.ask(new NoPrimaryKey(), shop)).isEmpty();
    }

    private static Row index(String column, String type) {
        return row("Column_name", column, "Index_type", type, "Visible", "YES");
    }

    /** A table without a key, whose column p is bound to a spatial reference system, and q is not. */
    private void indexed(Row... indexes) {
        live.source
                .to("COLUMN_KEY", row("db", "shop", "name", "places"), row("db", "shop", "name", "log"))
                .to("INDEX_TYPE", row("db", "shop", "name", "places"), row("db", "shop", "name", "keyed"))
                .to("SRS_ID", row("name", "p"))
                .to("SHOW INDEX FROM `shop`.`places`", indexes);
    }

    @Test
    void aTableThatIsSearchedByASpatialIndexIsRefused() {
        indexed(
                row("Column_name", "n", "Index_type", "BTREE", "Visible", "NO"),
                index("q", "SPATIAL"),
                index("p", "SPATIAL"),
                index("n", "BTREE"));

        assertThat(live.ask(new FoundBySpatialKey(), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).endsWith("by a spatial index in shop.places"));
    }

    @Test
    void aSpatialIndexIsFineWhereNothingIsSearchedByIt() {
        indexed(index("n", "BTREE"), index("p", "SPATIAL"));
        assertThat(live.ask(new FoundBySpatialKey(), shop)).isEmpty();

        indexed(row("Column_name", "p", "Index_type", "SPATIAL", "Visible", "NO"));
        assertThat(live.ask(new FoundBySpatialKey(), shop)).isEmpty();

        indexed(index("p", "SPATIAL"));
        assertThat(live.ask(new FoundBySpatialKey(), shop)).hasSize(1);
        assertThat(live.ask(
                        new FoundBySpatialKey(),
                        Situation.healthy().plan(plan -> plan.databases("shop").until(GuideStep.LOAD))))
                .isEmpty();
    }

    @Test
    void beforeMySql8EverySpatialIndexCounts() {
        Server source = Server.source().version(5, 7, 22);
        indexed(row("Column_name", "q", "Index_type", "SPATIAL"));

        assertThat(live.ask(
                        new FoundBySpatialKey(),
                        Situation.of(source, Server.replica().version(5, 7, 22)).plan(plan -> plan.databases("shop"))))
                .hasSize(1);
        assertThat(live.ask(
                        new FoundBySpatialKey(),
                        Situation.of(source, Server.replica().version(8, 0, 31)).plan(plan -> plan.databases("shop"))))
                .isEmpty();
    }

    private static Situation demanding(String variable) {
        return Situation.replica(Server.replica()
                        .variable(variable, "ON")
                        .grants("GRANT CREATE, INSERT ON *.* TO `migrator`@`%`"))
                .plan(plan -> plan.databases("shop"));
    }

    @ParameterizedTest
    @CsvSource({"sql_require_primary_key", "sql_generate_invisible_primary_key"})
    void aReplicaThatDemandsKeysRefusesTablesWithoutThem(String variable) {
        live.source.to("COLUMN_KEY", row("db", "shop", "name", "log"));

        assertThat(live.ask(new KeysDemanded(), demanding(variable)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains(variable + "=ON", "shop.log"));
    }

    @Test
    void aCopyThatMayLiftTheDemandIsFine() {
        live.source.to("COLUMN_KEY", row("db", "shop", "name", "log"));
        Situation lifting = Situation.replica(Server.replica()
                        .variable("sql_require_primary_key", "ON")
                        .grants("GRANT SESSION_VARIABLES_ADMIN ON *.* TO `migrator`@`%`"))
                .plan(plan -> plan.databases("shop"));

        assertThat(live.ask(new KeysDemanded(), lifting)).isEmpty();
    }

    @Test
    void aReplicaThatDemandsKeysTakesTablesWithThem() {
        assertThat(live.ask(new KeysDemanded(), demanding("sql_require_primary_key")))
                .isEmpty();
        assertThat(live.source.asked).hasSize(1);
        live.source.to("COLUMN_KEY", row("db", "shop", "name", "log"));
        assertThat(live.ask(new KeysDemanded(), shop)).isEmpty();
    }

    @Test
    void eventsThatWillBeDisabledAreNoted() {
        live.source.to("information_schema.EVENTS", row("db", "shop", "name", "nightly"));

        assertThat(live.ask(new EnabledEvents(), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("shop.nightly"));
    }

    @Test
    void eventsOutsideTheScopeAreNotNoted() {
        live.source.to("information_schema.EVENTS", row("db", "stock", "name", "nightly"));

        assertThat(live.ask(new EnabledEvents(), shop)).isEmpty();
    }

    private static Situation copiedBy(String... grants) {
        return Situation.replica(Server.replica().grants(grants)).plan(plan -> plan.databases("shop"));
    }

    @ParameterizedTest
    @CsvSource({"5, 7, 22, SUPER", "8, 0, 31, SET_USER_ID", "8, 3, 0, SET_ANY_DEFINER", "8, 4, 0, SET_ANY_DEFINER"})
    void definersThatTheReplicasUserMayNotNameAreRefused(int major, int minor, int patch, String privilege) {
        live.source.to("information_schema.VIEWS", row("definer", "app@%"), row("definer", "migrator@10.0.%"));
        Situation situation = Situation.replica(Server.replica()
                        .version(major, minor, patch)
                        .grants("GRANT CREATE VIEW ON *.* TO `migrator`@`10.0.%`"))
                .plan(plan -> plan.databases("shop"));

        assertThat(live.ask(new ForeignDefiners(), situation)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("app@%").doesNotContain("migrator@10.0.%");
            assertThat(problem.remedy()).isEqualTo("GRANT " + privilege + " ON *.* TO 'migrator'@'10.0.%'");
        });
    }

    @Test
    void nobodyIsToldToGrantWhatAManagedServerGrantsToNobody() {
        live.source.to("information_schema.VIEWS", row("definer", "app@%"));
        Situation situation = Situation.replica(Server.replica()
                        .version(5, 7, 44)
                        .routine("rds_start_replication")
                        .grants("GRANT CREATE VIEW ON *.* TO `migrator`@`10.0.%`"))
                .plan(plan -> plan.databases("shop"));

        assertThat(live.ask(new ForeignDefiners(), situation))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy())
                        .doesNotContain("GRANT")
                        .contains("SUPER is granted to nobody there"));
    }

    @Test
    void definersThatTheReplicasUserMayNameAreFine() {
        live.source.to("information_schema.VIEWS", row("definer", "app@%"));

        assertThat(live.ask(new ForeignDefiners(), copiedBy("GRANT SET_USER_ID ON *.* TO `migrator`@`10.0.%`")))
                .isEmpty();
    }

    private static Situation copiedTo9By(String... privileges) {
        return Situation.replica(Server.replica()
                        .version(9, 7, 4)
                        .grants("GRANT " + String.join(", ", privileges) + " ON *.* TO `migrator`@`10.0.%`"))
                .plan(plan -> plan.databases("shop"));
    }

    @Test
    void superIsEnoughOnAllVersions() {
        live.source.to("information_schema.VIEWS", row("definer", "app@%"));

        assertThat(live.ask(new ForeignDefiners(), copiedTo9By("SUPER"))).isEmpty();
        assertThat(live.ask(new NonexistentDefiners(), copiedTo9By("SUPER"))).isEmpty();
        assertThat(live.ask(new ForeignDefiners(), copiedTo9By("SET_USER_ID"))).hasSize(1);
    }

    @Test
    void definersThatDoNotExistOnTheReplicaNeedAPrivilegeOfTheirOwn() {
        live.source.to("information_schema.VIEWS", row("definer", "app@%"), row("definer", "gone@Web.example"));
        live.replica.to("mysql.user", row("user", "app", "host", "%"));

        assertThat(live.ask(new NonexistentDefiners(), copiedTo9By("SET_ANY_DEFINER")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).contains("gone@Web.example").doesNotContain("app@%");
                    assertThat(problem.remedy())
                            .isEqualTo("GRANT ALLOW_NONEXISTENT_DEFINER ON *.* TO 'migrator'@'10.0.%'");
                });
        live.replica.to("mysql.user", row("user", "app", "host", "%"), row("user", "gone", "host", "web.example"));
        assertThat(live.ask(new NonexistentDefiners(), copiedTo9By("SET_ANY_DEFINER")))
                .isEmpty();
    }

    @Test
    void beforeItHadAPrivilegeWhoeverMayNameOthersMayNameThoseThatDoNotExist() {
        live.source.to("information_schema.VIEWS", row("definer", "gone@%"));

        assertThat(live.ask(new NonexistentDefiners(), copiedBy("GRANT SET_USER_ID ON *.* TO `migrator`@`10.0.%`")))
                .isEmpty();
    }

    private static Situation enabling(String user, String host, String... grants) {
        EventFacts event = new EventFacts(
                TableName.of("shop", "tick"), "SLAVESIDE_DISABLED", user, host, "utf8mb4", "utf8mb4_bin", true);
        Situation situation =
                Situation.replica(Server.replica().version(9, 7, 4).grants(grants));
        return new Situation(
                EndPlan.of(new TestServer("10.0.0.2")).enableEvents(),
                situation.source(),
                situation.replica().withEvents(List.of(event)),
                false);
    }

    @Test
    void definersOfEventsThatAreEnabledAreJudgedInTheSameWay() {
        String self = "GRANT EVENT ON *.* TO `migrator`@`10.0.%`";
        live.replica
                .to("mysql.user", row("user", "root", "host", "localhost"))
                .to("global_grants", row("user", "root", "host", "localhost"));

        assertThat(live.ask(new ForeignDefiners(), enabling("migrator", "10.0.%", self)))
                .isEmpty();
        assertThat(live.ask(new ForeignDefiners(), enabling("migrator", "%", self)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("enable events", "migrator@%"));
        assertThat(live.ask(new NonexistentDefiners(), enabling("migrator", "%", self)))
                .hasSize(1);
        assertThat(live.ask(new NonexistentDefiners(), enabling("root", "localhost", self)))
                .isEmpty();
        assertThat(live.ask(new SystemDefiners(), enabling("root", "localhost", self)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("SYSTEM_USER"));
        Situation asking = enabling("root", "localhost", self);
        assertThat(live.ask(new SystemDefiners(), asking.ending(EndPlan.of(new TestServer("10.0.0.2")))))
                .isEmpty();
    }

    @Test
    void aUserMayDefineObjectsForItself() {
        live.source.to("information_schema.VIEWS", row("definer", "migrator@10.0.%"));

        assertThat(live.ask(new ForeignDefiners(), copiedBy("GRANT CREATE VIEW ON *.* TO `migrator`@`10.0.%`")))
                .isEmpty();
    }

    @Test
    void definersThatAreSystemAccountsOnTheReplicaAreRefused() {
        live.source.to("information_schema.VIEWS", row("definer", "app@%"), row("definer", "root@localhost"));
        live.replica.to("global_grants", row("user", "root", "host", "localhost"), row("user", "dba", "host", "%"));

        assertThat(live.ask(new SystemDefiners(), copiedBy("GRANT SET_USER_ID ON *.* TO `migrator`@`10.0.%`")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).contains("root@localhost").doesNotContain("app@%");
                    assertThat(problem.remedy()).isEqualTo("GRANT SYSTEM_USER ON *.* TO 'migrator'@'10.0.%'");
                });
    }

    @Test
    void definersThatAreOrdinaryAccountsOnTheReplicaAreFine() {
        live.source.to("information_schema.VIEWS", row("definer", "app@%"));
        live.replica.to("global_grants", row("user", "root", "host", "localhost"));

        assertThat(live.ask(new SystemDefiners(), copiedBy("GRANT SET_USER_ID ON *.* TO `migrator`@`10.0.%`")))
                .isEmpty();
    }

    @Test
    void whoMayNotSeeTheSystemAccountsIsToldTheGrantThatShowsThem() {
        live.source.to("information_schema.VIEWS", row("definer", "root@localhost"));
        Problem denied = Problem.of(ServerErrorCode.PRIVILEGE_MISSING, "SELECT command denied");
        live.replica.fail("global_grants", new StepRefusedException(denied));

        assertThatExceptionOfType(StepRefusedException.class)
                .isThrownBy(() ->
                        live.ask(new SystemDefiners(), copiedBy("GRANT SET_USER_ID ON *.* TO `migrator`@`10.0.%`")))
                .satisfies(refused -> {
                    assertThat(refused.problems().get(0).what()).contains("SELECT command denied", "SYSTEM_USER");
                    assertThat(refused.problems().get(0).remedy())
                            .isEqualTo("GRANT SELECT ON mysql.global_grants TO 'migrator'@'10.0.%'");
                });
    }

    @Test
    void aSystemUserMayCreateObjectsForAnyDefiner() {
        live.source.to("information_schema.VIEWS", row("definer", "root@localhost"));
        live.replica.to("global_grants", row("user", "root", "host", "localhost"));

        assertThat(live.ask(new SystemDefiners(), copiedBy("GRANT SYSTEM_USER ON *.* TO `migrator`@`10.0.%`")))
                .isEmpty();
    }

    private static Situation logging(String trust, String... grants) {
        return Situation.replica(Server.replica()
                        .variable("log_bin", "ON")
                        .variable("log_bin_trust_function_creators", trust)
                        .grants(grants))
                .plan(plan -> plan.databases("shop"));
    }

    @Test
    void functionsAndTriggersThatTheReplicaRefusesAreToldBefore() {
        live.source
                .to("information_schema.ROUTINES", row("db", "shop", "name", "price"))
                .to("information_schema.TRIGGERS", row("db", "shop", "name", "audit"));

        assertThat(live.ask(new CreatorsNotTrusted(), logging("OFF", "GRANT CREATE ROUTINE ON *.* TO `migrator`@`%`")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("function shop.price", "trigger shop.audit"));
    }

    @Test
    void aUserWithSuperIsRefusedUnsafeFunctionsOnly() {
        live.source
                .to("IS_DETERMINISTIC", row("db", "shop", "name", "lottery"))
                .to("information_schema.TRIGGERS", row("db", "shop", "name", "audit"));

        assertThat(live.ask(new CreatorsNotTrusted(), logging("OFF", "GRANT SUPER ON *.* TO `migrator`@`%`")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains("function shop.lottery")
                        .doesNotContain("audit"));
    }

    @Test
    void aReplicaThatTrustsTakesFunctionsAndTriggers() {
        live.source.to("information_schema.TRIGGERS", row("db", "shop", "name", "audit"));

        assertThat(live.ask(new CreatorsNotTrusted(), logging("ON", "GRANT USAGE ON *.* TO `migrator`@`%`")))
                .isEmpty();
        assertThat(live.ask(new CreatorsNotTrusted(), shop)).isEmpty();
    }
}
