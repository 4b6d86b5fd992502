// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingPrivilegesTest {
    private static final String[] SOURCE_GRANTS = {
        "GRANT RELOAD, PROCESS, REPLICATION CLIENT ON *.* TO `migrator`@`10.0.%`",
        "GRANT SHOW_ROUTINE,XA_RECOVER_ADMIN ON *.* TO `migrator`@`10.0.%`",
        "GRANT SELECT, SHOW VIEW, EVENT, TRIGGER ON `shop`.* TO `migrator`@`10.0.%`"
    };

    private static final String[] REPLICA_GRANTS = {
        "GRANT REPLICATION CLIENT ON *.* TO `migrator`@`10.0.%`",
        "GRANT SHOW_ROUTINE ON *.* TO `migrator`@`10.0.%`",
        "GRANT SELECT, INSERT, CREATE, DROP, REFERENCES, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, EVENT, TRIGGER ON `shop`.* TO `migrator`@`10.0.%`"
    };

    private static List<Problem> missing(Server source, Server replica, RequiredPrivilege... required) {
        return new ServerRules()
                .missingPrivileges(
                        Situation.of(source.databases("shop", "stock"), replica).plan(plan -> plan.databases("shop")),
                        List.of(required));
    }

    private static List<Problem> onSource(String... grants) {
        return missing(Server.source().grants(grants), Server.replica());
    }

    private static List<Problem> onReplica(String... grants) {
        return missing(Server.source(), Server.replica().grants(grants));
    }

    /** The same lines with one name of their lists replaced by the one that means nothing. */
    private static String[] without(String[] grants, String privilege) {
        Pattern name = Pattern.compile("(?<=GRANT |, ?)" + privilege + "(?=,| ON )");
        return Stream.of(grants)
                .map(line -> name.matcher(line).replaceAll("USAGE"))
                .toArray(String[]::new);
    }

    @Test
    void usersWhoMayDoEverythingLackNothing() {
        assertThat(missing(Server.source(), Server.replica())).isEmpty();
    }

    @Test
    void theLeastPrivilegesAreEnough() {
        assertThat(missing(
                        Server.source().grants(SOURCE_GRANTS), Server.replica().grants(REPLICA_GRANTS)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PROCESS", "REPLICATION CLIENT", "XA_RECOVER_ADMIN", "SELECT", "SHOW VIEW", "EVENT", "TRIGGER"})
    void withoutAnyOneOfThemOnTheSourceItIsNamed(String privilege) {
        assertThat(onSource(without(SOURCE_GRANTS, privilege))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(RuleCode.PRIVILEGE_MISSING);
            assertThat(problem.what()).contains("'migrator'@'10.0.%'", privilege, "the source 10.0.0.1:3306");
            assertThat(problem.remedy())
                    .startsWith("GRANT " + privilege + " ON ")
                    .endsWith(" TO 'migrator'@'10.0.%'");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "REPLICATION CLIENT",
        "SHOW_ROUTINE",
        "SELECT",
        "INSERT",
        "CREATE",
        "DROP",
        "REFERENCES",
        "CREATE VIEW",
        "SHOW VIEW",
        "CREATE ROUTINE",
        "EVENT",
        "TRIGGER"
    })
    void withoutAnyOneOfThemOnTheReplicaItIsNamed(String privilege) {
        assertThat(onReplica(without(REPLICA_GRANTS, privilege)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).startsWith("GRANT " + privilege + " ON "));
    }

    @Test
    void withoutReloadTheTablesMustBeLockable() {
        assertThat(onSource(without(SOURCE_GRANTS, "RELOAD")))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.remedy()).isEqualTo("GRANT LOCK TABLES ON `shop`.* TO 'migrator'@'10.0.%'"));
    }

    @Test
    void theGrantOnADatabaseTakesItsNameLiterally() {
        assertThat(new ServerRules()
                        .missingPrivileges(
                                Situation.source(Server.source()
                                                .databases("my_shop")
                                                .grants(
                                                        "GRANT ALL PRIVILEGES ON *.* TO `migrator`@`%`",
                                                        "REVOKE SELECT ON `my_shop`.* FROM `migrator`@`%`"))
                                        .plan(plan -> plan.databases("my_shop")),
                                List.of()))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.remedy()).isEqualTo("GRANT SELECT ON `my\\_shop`.* TO 'migrator'@'%'"));
    }

    @Test
    void aScopeOfEverythingNeedsToSeeEverything() {
        assertThat(new ServerRules()
                        .missingPrivileges(
                                Situation.source(
                                        Server.source().databases("shop").grants(SOURCE_GRANTS)),
                                List.of()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).contains("SELECT ON *.*", "every database");
                    assertThat(problem.remedy()).isEqualTo("GRANT SELECT ON *.* TO 'migrator'@'10.0.%'");
                });
    }

    @Test
    void singleTablesCanBeGrantedOneByOne() {
        String[] grants = {
            "GRANT RELOAD, PROCESS, REPLICATION CLIENT ON *.* TO `migrator`@`%`",
            "GRANT XA_RECOVER_ADMIN ON *.* TO `migrator`@`%`",
            "GRANT SELECT, SHOW VIEW, TRIGGER ON `shop`.`orders` TO `migrator`@`%`"
        };
        Situation situation = Situation.source(Server.source().databases("shop").grants(grants));

        assertThat(new ServerRules()
                        .missingPrivileges(
                                situation.plan(plan -> plan.tables(TableName.of("shop", "orders"))), List.of()))
                .isEmpty();
        assertThat(new ServerRules()
                        .missingPrivileges(
                                situation.plan(plan ->
                                        plan.tables(TableName.of("shop", "orders"), TableName.of("shop", "items"))),
                                List.of()))
                .hasSize(3)
                .first()
                .satisfies(problem -> assertThat(problem.remedy()).contains("ON `shop`.`items` TO"));
    }

    @Test
    void oldServersShowRoutinesToWhoeverReadsTheirTable() {
        String[] grants = {
            "GRANT RELOAD, PROCESS, REPLICATION CLIENT ON *.* TO 'migrator'@'10.0.%'",
            "GRANT SELECT, SHOW VIEW, EVENT, TRIGGER ON `shop`.* TO 'migrator'@'10.0.%'"
        };
        String[] more = Stream.concat(
                        Stream.of(grants), Stream.of("GRANT SELECT ON `mysql`.`proc` TO 'migrator'@'10.0.%'"))
                .toArray(String[]::new);

        assertThat(missing(Server.source().version(5, 7, 22).grants(more), Server.replica()))
                .isEmpty();
        assertThat(missing(Server.source().version(5, 7, 22).grants(grants), Server.replica()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy())
                        .isEqualTo("GRANT SELECT ON `mysql`.`proc` TO 'migrator'@'10.0.%'"));
    }

    @Test
    void whatStepsNeedIsAskedForWithItsReasons() {
        assertThat(missing(
                        Server.source().grants(SOURCE_GRANTS),
                        Server.replica().grants(REPLICA_GRANTS),
                        new RequiredPrivilege(
                                Target.REPLICA, List.of("SYSTEM_VARIABLES_ADMIN", "SUPER"), "to set server_id"),
                        new RequiredPrivilege(
                                Target.REPLICA, List.of("SYSTEM_VARIABLES_ADMIN", "SUPER"), "to set gtid_purged")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what())
                            .contains(
                                    "SYSTEM_VARIABLES_ADMIN or SUPER", "needed to set server_id, and set gtid_purged");
                    assertThat(problem.remedy())
                            .isEqualTo("GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO 'migrator'@'10.0.%'");
                });
    }

    @Test
    void aPlanThatEndsAReplicationNeedsWhatItsStepsNeed() {
        EndPlan end = EndPlan.of(new TestServer("10.0.0.2")).source(new TestServer("10.0.0.1"));
        Situation situation = Situation.of(
                        Server.source().grants("GRANT USAGE ON *.* TO `a`@`%`"),
                        Server.replica().grants("GRANT USAGE ON *.* TO `b`@`%`"))
                .ending(end);

        assertThat(new ServerRules()
                        .missingPrivileges(
                                situation,
                                List.of(
                                        new RequiredPrivilege(
                                                Target.SOURCE, List.of("CREATE USER"), "to drop the account"),
                                        new RequiredPrivilege(Target.REPLICA, List.of("SUPER"), "to stop"))))
                .extracting(Problem::remedy)
                .containsExactly(
                        "GRANT CREATE USER ON *.* TO 'a'@'%'",
                        "GRANT SUPER ON *.* TO 'b'@'%'", "GRANT REPLICATION CLIENT ON *.* TO 'b'@'%'");
    }

    private static List<String> missingForEvents(EndPlan end, Server source, Server replica) {
        return new ServerRules()
                .missingPrivileges(Situation.of(source, replica).ending(end), List.of()).stream()
                        .map(Problem::remedy)
                        .toList();
    }

    @Test
    void enablingEventsNeedsToSeeAllOfThemOnBothServers() {
        EndPlan end = EndPlan.of(new TestServer("10.0.0.2")).source(new TestServer("10.0.0.1"));
        Server source = Server.source().databases("shop").grants("GRANT EVENT ON `shop`.* TO `a`@`%`");
        Server replica = Server.replica()
                .databases("shop")
                .grants("GRANT REPLICATION CLIENT, EVENT ON *.* TO `b`@`%`", "REVOKE EVENT ON `shop`.* FROM `b`@`%`");

        assertThat(missingForEvents(end.enableEvents(), source, replica))
                .containsExactly("GRANT EVENT ON *.* TO 'a'@'%'", "GRANT EVENT ON `shop`.* TO 'b'@'%'");
        assertThat(missingForEvents(end, source, replica)).isEmpty();
    }

    @Test
    void whoSeesAllDatabasesMayEnableEventsByTheirGrants() {
        EndPlan end = EndPlan.of(new TestServer("10.0.0.2")).enableEvents();
        String[] all = {
            "GRANT REPLICATION CLIENT, SHOW DATABASES ON *.* TO `b`@`%`", "GRANT EVENT ON `shop`.* TO `b`@`%`"
        };

        assertThat(missingForEvents(
                        end, Server.source(), Server.replica().databases("shop").grants(all)))
                .isEmpty();
        assertThat(missingForEvents(
                        end,
                        Server.source(),
                        Server.replica().databases("shop", "stock").grants(all)))
                .containsExactly("GRANT EVENT ON `stock`.* TO 'b'@'%'");
    }

    private static List<String> missingToCompare(Situation situation) {
        return new ServerRules()
                .missingPrivileges(situation, List.of()).stream()
                        .map(Problem::remedy)
                        .toList();
    }

    private static Situation byNobodies(UnaryOperator<ReplicationPlan> plan) {
        return Situation.of(
                        Server.source().databases("shop").grants("GRANT USAGE ON *.* TO `a`@`%`"),
                        Server.replica().grants("GRANT USAGE ON *.* TO `b`@`%`"))
                .plan(plan)
                .compared();
    }

    @Test
    void aComparisonByItselfNeedsToReadRowsAndDefinitionsOnBothServers() {
        assertThat(missingToCompare(byNobodies(plan -> plan.databases("shop"))))
                .containsExactly(
                        "GRANT REPLICATION CLIENT ON *.* TO 'a'@'%'",
                        "GRANT SELECT ON `shop`.* TO 'a'@'%'",
                        "GRANT SHOW VIEW ON `shop`.* TO 'a'@'%'",
                        "GRANT TRIGGER ON `shop`.* TO 'a'@'%'",
                        "GRANT EVENT ON `shop`.* TO 'a'@'%'",
                        "GRANT SHOW_ROUTINE ON *.* TO 'a'@'%'",
                        "GRANT REPLICATION CLIENT ON *.* TO 'b'@'%'",
                        "GRANT SELECT ON `shop`.* TO 'b'@'%'",
                        "GRANT SHOW VIEW ON `shop`.* TO 'b'@'%'",
                        "GRANT TRIGGER ON `shop`.* TO 'b'@'%'",
                        "GRANT EVENT ON `shop`.* TO 'b'@'%'",
                        "GRANT SHOW_ROUTINE ON *.* TO 'b'@'%'");
    }

    @Test
    void atOnePositionItAlsoNeedsWhatTheSnapshotsOfBothServersTake() {
        List<String> live = missingToCompare(byNobodies(plan -> plan.databases("shop")));
        List<String> more = new ArrayList<>(
                missingToCompare(byNobodies(plan -> plan.databases("shop").verifyAtOnePosition())));
        more.removeAll(live);

        assertThat(more)
                .containsExactly(
                        "GRANT PROCESS ON *.* TO 'a'@'%'",
                        "GRANT XA_RECOVER_ADMIN ON *.* TO 'a'@'%'",
                        "GRANT LOCK TABLES ON `shop`.* TO 'a'@'%'",
                        "GRANT PROCESS ON *.* TO 'b'@'%'",
                        "GRANT XA_RECOVER_ADMIN ON *.* TO 'b'@'%'");
    }

    private static Coordinates start() {
        return new Coordinates(
                Server.SOURCE_UUID, "", new BinlogPosition("binlog.000003", 157), null, Instant.EPOCH, "given");
    }

    /** A replica that was not loaded by this plan is read by it all the same. */
    @ParameterizedTest
    @CsvSource({"TRIGGER", "EVENT", "SHOW VIEW"})
    void aPlanThatComparesWhatItHasNotCopiedNeedsToSeeIt(String privilege) {
        String[] reading = {
            "GRANT REPLICATION CLIENT, SHOW_ROUTINE ON *.* TO `migrator`@`10.0.%`",
            "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON `shop`.* TO `migrator`@`10.0.%`"
        };
        Server source = Server.source().databases("shop").grants(SOURCE_GRANTS);
        UnaryOperator<ReplicationPlan> plan = one -> one.databases("shop").startingFrom(start());

        assertThat(missingToCompare(
                        Situation.of(source, Server.replica().grants(reading)).plan(plan)))
                .isEmpty();
        for (Situation less : List.of(
                Situation.of(source, Server.replica().grants(without(reading, privilege)))
                        .plan(plan),
                Situation.of(source, Server.replica().grants(without(reading, privilege)))
                        .plan(one -> one.databases("shop"))
                        .alreadyRunning())) {
            assertThat(missingToCompare(less))
                    .containsExactly("GRANT " + privilege + " ON `shop`.* TO 'migrator'@'10.0.%'");
        }
    }

    @Test
    void ofSingleTablesTheirTriggersAreComparedAndTheyMayBeViews() {
        assertThat(missingToCompare(byNobodies(plan -> plan.tables(TableName.of("shop", "orders")))))
                .filteredOn(remedy -> remedy.endsWith("'b'@'%'"))
                .containsExactly(
                        "GRANT REPLICATION CLIENT ON *.* TO 'b'@'%'",
                        "GRANT SELECT ON `shop`.`orders` TO 'b'@'%'",
                        "GRANT SHOW VIEW ON `shop`.`orders` TO 'b'@'%'",
                        "GRANT TRIGGER ON `shop`.`orders` TO 'b'@'%'");
    }

    @Test
    void unknownPrivilegesAreAProblem() {
        assertThat(onSource())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(RuleCode.GRANTS_UNKNOWN));
    }
}
