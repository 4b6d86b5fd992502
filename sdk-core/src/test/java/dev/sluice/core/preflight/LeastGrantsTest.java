// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.AccountRole;
import dev.sluice.api.privileges.PrivilegeGrant;
import dev.sluice.api.spi.RequiredPrivilege;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastGrantsTest {
    private static final String SOURCE = "'reader'@'10.0.%'";
    private static final String REPLICA = "'writer'@'10.0.%'";
    private static final List<RequiredPrivilege> DECLARED = List.of(
            RequiredPrivilege.onTable(
                    Target.SOURCE, "SELECT", TableName.of("mysql", "user"), "to look for the account"),
            new RequiredPrivilege(Target.SOURCE, List.of("REPLICATION SLAVE"), "to grant it"),
            new RequiredPrivilege(Target.SOURCE, List.of("GRANT OPTION"), "to grant it"),
            RequiredPrivilege.onDatabase(Target.REPLICA, "EXECUTE", "mysql", "to call procedures"),
            new RequiredPrivilege(Target.REPLICA, List.of("SYSTEM_VARIABLES_ADMIN", "SUPER"), "to set server_id"));

    private static Situation situation(int major, int minor, int patch, UnaryOperator<ReplicationPlan> plan) {
        return Situation.of(
                        Server.source().version(major, minor, patch).databases("my_shop", "stock"),
                        Server.replica().version(major, minor, patch))
                .plan(plan);
    }

    private static List<PrivilegeGrant> granted(Situation situation, Target target) {
        NewLogins logins = new NewLogins(situation, SOURCE, REPLICA);
        return LeastGrants.of(
                target,
                target == Target.SOURCE ? situation.source() : situation.replica(),
                account(target),
                PlanNeeds.of(logins, DECLARED));
    }

    private static String account(Target target) {
        return target == Target.SOURCE ? SOURCE : REPLICA;
    }

    private static List<Problem> missing(Situation situation, Target target, List<PrivilegeGrant> held) {
        List<String> lines = new ArrayList<>(GrantText.of(held, account(target)));
        lines.add("GRANT USAGE ON *.* TO " + account(target));
        return new ServerRules()
                .missingPrivileges(
                        target == Target.SOURCE
                                ? Situation.of(
                                                Server.source()
                                                        .version(
                                                                situation
                                                                        .source()
                                                                        .version()
                                                                        .major(),
                                                                situation
                                                                        .source()
                                                                        .version()
                                                                        .minor(),
                                                                situation
                                                                        .source()
                                                                        .version()
                                                                        .patch())
                                                        .databases("my_shop", "stock")
                                                        .grants(lines.toArray(String[]::new)),
                                                Server.replica())
                                        .plan(plan -> situation.replication())
                                : Situation.of(
                                                Server.source().databases("my_shop", "stock"),
                                                Server.replica()
                                                        .version(
                                                                situation
                                                                        .replica()
                                                                        .version()
                                                                        .major(),
                                                                situation
                                                                        .replica()
                                                                        .version()
                                                                        .minor(),
                                                                situation
                                                                        .replica()
                                                                        .version()
                                                                        .patch())
                                                        .grants(lines.toArray(String[]::new)))
                                        .plan(plan -> situation.replication()),
                        DECLARED);
    }

    private static UnaryOperator<ReplicationPlan> scope(String scope) {
        return switch (scope) {
            case "everything" -> plan -> plan;
            case "database" -> plan -> plan.databases("my_shop");
            default -> plan -> plan.tables(TableName.of("my_shop", "orders"), TableName.of("my_shop", "it`ems"));
        };
    }

    @Test
    void aTableOfADatabaseThatIsGrantedWholeIsNotGrantedAgain() {
        List<Need> needs = List.of(
                new Need(
                        Target.SOURCE,
                        List.of("SELECT"),
                        "mysql",
                        List.of(TableName.of("mysql", "user")),
                        "look for the account"),
                new Need(Target.SOURCE, List.of("SELECT"), "mysql", List.of(), "see who uses it"));

        assertThat(LeastGrants.of(
                        Target.SOURCE, situation(5, 7, 22, plan -> plan).source(), SOURCE, needs))
                .containsExactly(
                        new PrivilegeGrant("SELECT", "`mysql`.*", List.of("see who uses it", "look for the account")));
    }

    @ParameterizedTest
    @CsvSource({
        "5,7,44,everything",
        "5,7,44,database",
        "5,7,44,tables",
        "8,0,15,database",
        "8,0,31,everything",
        "8,0,31,database",
        "8,0,31,tables",
        "9,7,4,everything",
        "9,7,4,database",
        "9,7,4,tables"
    })
    void whoHoldsTheScriptLacksNothingAndWithoutAnyOneOfItSomething(int major, int minor, int patch, String scope) {
        Situation situation = situation(major, minor, patch, scope(scope));
        for (Target target : List.of(Target.SOURCE, Target.REPLICA)) {
            List<PrivilegeGrant> all = granted(situation, target);

            assertThat(missing(situation, target, all)).isEmpty();
            for (PrivilegeGrant one : all) {
                List<PrivilegeGrant> others =
                        all.stream().filter(grant -> !grant.equals(one)).toList();
                assertThat(missing(situation, target, others))
                        .as("without %s", one)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void whatHoldsEverywhereIsNotGrantedOnADatabaseAsWell() {
        assertThat(granted(situation(8, 0, 31, plan -> plan), Target.SOURCE))
                .filteredOn(grant -> grant.privilege().equals("SELECT"))
                .extracting(PrivilegeGrant::object)
                .containsExactly("*.*");
    }

    /** On RDS nobody holds SHOW_ROUTINE, so that nobody can grant it. */
    @Test
    void whereThereIsAChoiceWhatTheServerCanGrantIsTaken() {
        Situation situation = Situation.source(Server.source()
                        .databases("my_shop")
                        .grants("GRANT SELECT, PROCESS, REPLICATION CLIENT ON *.* TO `admin`@`%` WITH GRANT OPTION"))
                .plan(plan -> plan.databases("my_shop"));

        assertThat(granted(situation, Target.SOURCE))
                .extracting(PrivilegeGrant::privilege)
                .contains("SELECT")
                .doesNotContain("SHOW_ROUTINE");
    }

    /** Servers on which privileges can be revoked in part take names as they are. */
    @Test
    void namesArePatternsUnlessPartialRevokesAreOn() {
        Situation situation = Situation.source(
                        Server.source().databases("my_shop").variable("partial_revokes", "ON"))
                .plan(plan -> plan.databases("my_shop"));

        assertThat(granted(situation, Target.SOURCE))
                .extracting(PrivilegeGrant::object)
                .contains("`my_shop`.*")
                .doesNotContain("`my\\_shop`.*");
    }

    @Test
    void whatMayBePassedOnIsAStatementOfItsOwn() {
        assertThat(GrantText.of(granted(situation(8, 0, 31, scope("database")), Target.SOURCE), SOURCE))
                .contains("GRANT SELECT ON `mysql`.`user` TO " + SOURCE)
                .anySatisfy(sql -> assertThat(sql).contains("ON `my\\_shop`.* TO"))
                .first()
                .isEqualTo("GRANT GRANT OPTION ON *.* TO " + SOURCE);
    }

    @Test
    void theTextHoldsNoPasswordAndNoNameCanEndAComment() {
        AccountPrivileges login = LoginScript.of(
                AccountRole.SOURCE_LOGIN,
                new Logins("'a\nDROP DATABASE shop; -- '@'%'", true, REPLICA, true),
                "the source x",
                Server.source().facts(),
                List.of(Need.everywhere(Target.SOURCE, "read\nDROP DATABASE shop", "PROCESS")));
        PrivilegeScriptValue script = new PrivilegeScriptValue(List.of(login));

        assertThat(script.text())
                .contains("IDENTIFIED BY <password of the source login>;")
                .contains("-- PROCESS ON *.*: to read DROP DATABASE shop\n")
                .startsWith("-- Sluice logs in to the source x as 'a DROP DATABASE shop; -- '@'%'\n");
        assertThat(script.json()).contains("\"SOURCE_LOGIN\"", "\"PROCESS\"").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatAManagedServerGrantsToNobodyIsNoStatementButANote(boolean isManaged) {
        Server replica = Server.replica().version(5, 7, 44);
        AccountPrivileges login = LoginScript.of(
                AccountRole.REPLICA_LOGIN,
                new Logins(SOURCE, true, REPLICA, true),
                "the replica x",
                (isManaged ? replica.routine("rds_start_replication") : replica).facts(),
                List.of(
                        Need.everywhere(Target.REPLICA, "create objects for their definers app@%", "SUPER"),
                        Need.everywhere(Target.REPLICA, "see whether it replicates", "REPLICATION CLIENT", "SUPER")));

        assertThat(login.grants())
                .extracting(PrivilegeGrant::privilege)
                .containsExactlyInAnyOrderElementsOf(isManaged ? List.of("REPLICATION CLIENT") : List.of("SUPER"));
        assertThat(login.notes().toString().contains("app@%")).isEqualTo(isManaged);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 7, 44, 'writer', '%', true",
        "5, 7, 44, 'writer', '10.0.%', false",
        "5, 7, 44, 'writer2', '%', false",
        "8, 0, 31, 'writer', '%', false"
    })
    void anAccountWithANamesakeIsNotGivenItsOwnRoutinesBy57(
            int major, int minor, int patch, String user, String host, boolean isNeeded) {
        Situation situation = Situation.of(
                        Server.source().databases("my_shop"),
                        Server.replica().version(major, minor, patch).account("'" + user + "'@'" + host + "'"))
                .plan(scope("database"));

        assertThat(granted(situation, Target.REPLICA).stream()
                        .anyMatch(grant -> grant.privilege().equals("ALTER ROUTINE")))
                .isEqualTo(isNeeded);
    }
}
