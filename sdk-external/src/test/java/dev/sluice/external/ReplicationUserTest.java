// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.END;
import static dev.sluice.external.Scenario.PLAN;
import static dev.sluice.external.Scenario.codes;
import static dev.sluice.external.Scenario.context;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;
import static dev.sluice.external.Scenario.statements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.testing.MockContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationUserTest {
    private static final String ACCOUNT = "'sluice_repl'@'10.0.0.2'";

    private final CreateReplicationUser create = new CreateReplicationUser();
    private final DropReplicationUser drop = new DropReplicationUser();

    @Test
    void hostileNamesAreQuoted() {
        ReplicationPlan plan = PLAN.replicationUser("o'b\\r`y").replicationUserHost("10.%");

        assertThat(statements(create, context(plan)))
                .first()
                .isEqualTo("CREATE USER 'o''b\\\\r`y'@'10.%' IDENTIFIED BY <secret> REQUIRE SSL");
    }

    @Test
    void anAccountWhosePasswordNobodyKnowsIsAProblemWithItsRemedies() {
        StepDraft draft = create.compile(context(PLAN, source().accounts(ACCOUNT), replica()));

        assertThat(codes(draft)).containsExactly("EXT-123");
        assertThat(draft.problems().get(0).remedy()).contains("DROP USER " + ACCOUNT, "replicationUser(user, secret)");
    }

    @Test
    void theHostPartIsComparedInLowerCaseAsServersKeepIt() {
        MockContext context = context(
                PLAN.replicationUserHost("Replica.Corp.Example"),
                source().accounts("'sluice_repl'@'replica.corp.example'"),
                replica());

        assertThat(codes(create.compile(context))).containsExactly("EXT-123");
    }

    @Test
    void anAccountWithAGivenPasswordIsKeptAndOnlyGrantedWhatReplicationNeeds() {
        ReplicationPlan plan = PLAN.replicationUser("sluice_repl", Secret.named("repl"));
        MockContext context = context(plan, source().accounts(ACCOUNT), replica());

        assertThat(statements(create, context)).containsExactly("GRANT REPLICATION SLAVE ON *.* TO " + ACCOUNT);
        assertThat(create.compile(context).notes().toString()).doesNotContain("made up");
    }

    @Test
    void accountsThatCannotBeSeenAreAProblem() {
        assertThat(codes(create.compile(context(PLAN, source().accounts(), replica()))))
                .containsExactly("EXT-122");
    }

    @Test
    void tlsIsRequiredUnlessTheSourceHasNone() {
        assertThat(statements(create, context(PLAN.allowPlainText(), source().noTls(), replica())))
                .first()
                .isEqualTo("CREATE USER " + ACCOUNT + " IDENTIFIED BY <secret>");
        assertThat(statements(create, context(PLAN.allowPlainText())))
                .first()
                .asString()
                .endsWith(" REQUIRE SSL");
    }

    @Test
    void anOptionOfTheReplicaOnTheSourceIsAProblem() {
        ReplicationPlan plan = ReplicationPlan.from(Scenario.SOURCE, ExternalOption.replicationTlsVerifiedBy("ca.pem"))
                .to(Scenario.REPLICA);

        assertThat(codes(create.compile(context(plan)))).containsExactly("EXT-113");
    }

    @Test
    void aReplicaThatFollowsAlreadyKeepsItsAccount() {
        MockContext context =
                context(PLAN, source().accounts(ACCOUNT), replica().follows(TestFacts.SOURCE_UUID));

        assertThat(create.compile(context).operations()).isEmpty();
        assertThat(create.look(context.at(create))).isInstanceOf(Look.Done.class);
    }

    private static ScriptedSession account(String replicates, String tls, String locked) {
        return new ScriptedSession()
                .answer(
                        "SELECT Repl_slave_priv",
                        ScriptedSession.row("replicates", replicates, "tls", tls, "locked", locked));
    }

    @Test
    void whatIsMissingIsTheAccountOrItsGrant() {
        MockContext context = context(PLAN).at(create);

        assertThat(create.look(context.sourceSession(new ScriptedSession().answer("SELECT Repl_slave_priv"))))
                .isInstanceOfSatisfying(
                        Look.Missing.class,
                        missing ->
                                assertThat(missing.operationIds()).containsExactly("create-user", "grant-replication"));
        assertThat(create.look(context.sourceSession(account("N", "ANY", "N"))))
                .isInstanceOfSatisfying(
                        Look.Missing.class,
                        missing -> assertThat(missing.operationIds()).containsExactly("grant-replication"));
        assertThat(create.look(context.sourceSession(account("Y", "ANY", "N")))).isInstanceOf(Look.Done.class);
    }

    @ParameterizedTest
    @CsvSource({"X509,N,client certificate", "SPECIFIED,N,client certificate", "ANY,Y,locked"})
    void anAccountThatTheReplicaCannotUseIsRefused(String tls, String locked, String why) {
        MockContext context = context(PLAN).at(create).sourceSession(account("Y", tls, locked));

        assertThatThrownBy(() -> create.look(context))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("EXT-124")
                .hasMessageContaining(why);
    }

    @Test
    void anAccountThatDemandsTlsWhichTheSourceDoesNotOfferIsRefused() {
        MockContext context = context(PLAN.allowPlainText(), source().noTls(), replica())
                .at(create)
                .sourceSession(account("Y", "ANY", "N"));

        assertThatThrownBy(() -> create.look(context)).hasMessageContaining("demands TLS");
    }

    private static MockContext dropping(ScriptedSession session, DropReplicationUser drop) {
        return context(END.dropReplicationUser("sluice_repl", "10.0.0.2"), source(), replica())
                .at(drop)
                .sourceSession(session);
    }

    @Test
    void anAccountThatIsGoneIsDone() {
        assertThat(drop.look(dropping(new ScriptedSession().answer("SELECT Repl_slave_priv"), drop)))
                .isInstanceOf(Look.Done.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT USAGE ON *.* TO `sluice_repl`@`10.0.0.2`",
                "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'sluice_repl'@'10.0.0.2'",
                "GRANT REPLICATION SLAVE ON *.* TO `sluice_repl`@`10.0.0.2`"
            })
    void anAccountThatOnlyReplicatesIsDropped(String grant) {
        ScriptedSession session = account("Y", "ANY", "N")
                .answer("SHOW GRANTS FOR", ScriptedSession.row("g", grant))
                .answer("SELECT @@GLOBAL.performance_schema", ScriptedSession.row("v", "1"))
                .answer("SELECT t.PROCESSLIST_HOST");

        assertThat(drop.look(dropping(session, drop))).isInstanceOf(Look.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT, REPLICATION SLAVE ON *.* TO `sluice_repl`@`10.0.0.2`",
                "GRANT SELECT ON `shop`.* TO `sluice_repl`@`10.0.0.2`",
                "GRANT `app`@`%` TO `sluice_repl`@`10.0.0.2`",
                "GRANT BACKUP_ADMIN ON *.* TO `sluice_repl`@`10.0.0.2`",
                "GRANT ALL PRIVILEGES ON *.* TO 'sluice_repl'@'10.0.0.2'"
            })
    void anAccountThatMayDoMoreIsLeft(String grant) {
        ScriptedSession session = account("Y", "ANY", "N").answer("SHOW GRANTS FOR", ScriptedSession.row("g", grant));

        assertThatThrownBy(() -> drop.look(dropping(session, drop)))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("EXT-125");
    }
}
