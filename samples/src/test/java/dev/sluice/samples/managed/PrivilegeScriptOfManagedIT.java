// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.privileges.AccountName;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.AccountRole;
import dev.sluice.api.privileges.PrivilegeGrant;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.core.Sluice;
import dev.sluice.rds.RdsMySql;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On servers dressed as RDS and Aurora the admin account can run the script, and its accounts can run the plan. */
@Timeout(300)
@Tag("long")
class PrivilegeScriptOfManagedIT {
    private static final String PASSWORD = "l3ast-P.word";
    /** The front of these servers knows the admin by name; MySQL takes the account whose host fits best. */
    private static final AccountName SOURCE = new AccountName("admin", "127.0.0.1");

    private static final AccountName REPLICA = new AccountName("admin", "127.0.0.1");

    private final ManagedServers servers = new ManagedServers();

    @AfterEach
    void close() {
        servers.close();
    }

    @ParameterizedTest
    @CsvSource({"RDS,V8_0", "AURORA,V8_0", "RDS,V8_4", "AURORA,V8_4"})
    void theWholeRunPassesAndNothingOfItMayBeMissing(Kind kind, Series series) throws Exception {
        Member source = servers.member(kind, series, "source", options -> Series.gtids(options, false));
        Member replica = servers.member(kind, series, "replica", options -> Series.gtids(options, false));
        servers.secret("least", PASSWORD);
        source.server().execute("SET GLOBAL log_bin_trust_function_creators = ON");
        replica.server().execute("SET GLOBAL log_bin_trust_function_creators = ON");
        fill(source.dressed().orElseThrow());
        ReplicationPlan whole = withConsents(source.to(replica), series)
                .databases("web_shop")
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(48));
        try (Sluice sluice = servers.sluice()) {
            List<AccountPrivileges> accounts =
                    sluice.privileges(sluice.compile(whole), SOURCE, REPLICA).accounts();
            for (AccountPrivileges account : accounts) {
                run(account, source, replica);
            }
            ReplicationPlan least = leastPlan(kind, series, source, replica, whole);
            for (AccountPrivileges account : accounts) {
                for (PrivilegeGrant grant : passingOnLast(account.grants())) {
                    isRefusedWithout(grant, account, least, sluice, source, replica);
                }
            }

            RunResult result = sluice.start(sluice.compile(least)).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
        }
    }

    private static void fill(DressedServer source) throws SQLException {
        asAdmin(
                source,
                List.of(
                        "CREATE DATABASE web_shop",
                        "CREATE TABLE web_shop.orders (id INT PRIMARY KEY, n INT, KEY (n))",
                        "INSERT INTO web_shop.orders VALUES (1, 1), (2, 2)",
                        "CREATE VIEW web_shop.v AS SELECT * FROM web_shop.orders",
                        "CREATE FUNCTION web_shop.one() RETURNS INT DETERMINISTIC RETURN 1",
                        "CREATE TRIGGER web_shop.tr BEFORE INSERT ON web_shop.orders FOR EACH ROW SET NEW.n = 1",
                        "CREATE EVENT web_shop.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM web_shop.orders WHERE id = 0"));
    }

    private static void asAdmin(DressedServer server, List<String> statements) throws SQLException {
        try (Connection admin = server.connectAsAdmin();
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static ReplicationPlan withConsents(ReplicationPlan plan, Series series) {
        return series.release().supportsTls() ? plan : plan.allowPlainText();
    }

    private static DressedServer server(AccountPrivileges account, Member source, Member replica) {
        return (account.role() == AccountRole.REPLICA_LOGIN ? replica : source)
                .dressed()
                .orElseThrow();
    }

    private static void run(AccountPrivileges account, Member source, Member replica) throws SQLException {
        if (!account.isMadeByRun()) {
            asAdmin(
                    server(account, source, replica),
                    account.statements().stream()
                            .map(sql -> sql.replaceAll("<password of the \\w+ login>", "'" + PASSWORD + "'"))
                            .toList());
        }
    }

    private static ReplicationPlan leastPlan(
            Kind kind, Series series, Member source, Member replica, ReplicationPlan whole) {
        DressedServer from = source.dressed().orElseThrow();
        DressedServer to = replica.dressed().orElseThrow();
        Secret secret = Secret.named("least");
        ReplicationPlan plan = switch (kind) {
            case RDS ->
                ReplicationPlan.from(RdsMySql.instance("source")
                                .region(ManagedServers.REGION)
                                .credentials(SOURCE.user(), secret)
                                .at(from.host(), from.port()))
                        .to(RdsMySql.instance("replica")
                                .region(ManagedServers.REGION)
                                .credentials(REPLICA.user(), secret)
                                .at(to.host(), to.port()));
            case AURORA ->
                ReplicationPlan.from(AuroraMySql.cluster("source")
                                .region(ManagedServers.REGION)
                                .credentials(SOURCE.user(), secret)
                                .at(from.host(), from.port()))
                        .to(AuroraMySql.cluster("replica")
                                .region(ManagedServers.REGION)
                                .credentials(REPLICA.user(), secret)
                                .at(to.host(), to.port()));
            case EXTERNAL -> throw new IllegalArgumentException("Not managed");
        };
        return withConsents(plan, series)
                .scope(whole.scope())
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(48));
    }

    /** Granted again, it would hold for what is held by then, and such dynamic privileges are not gone when they are revoked once (8.0.31). */
    private static List<PrivilegeGrant> passingOnLast(List<PrivilegeGrant> grants) {
        return grants.stream()
                .sorted(Comparator.comparing(grant -> grant.privilege().equals("GRANT OPTION")))
                .toList();
    }

    private static void isRefusedWithout(
            PrivilegeGrant grant,
            AccountPrivileges account,
            ReplicationPlan least,
            Sluice sluice,
            Member source,
            Member replica) {
        MySqlServer server = server(account, source, replica).server();
        server.execute("REVOKE " + grant.privilege() + " ON " + grant.object() + " FROM " + account.account());

        assertThatThrownBy(() -> sluice.compile(least))
                .as("without %s on %s", grant, account.role())
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining(grant.privilege());

        server.execute("GRANT " + grant.privilege() + " ON " + grant.object() + " TO " + account.account());
    }
}
