// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.privileges.AccountName;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.AccountRole;
import dev.sluice.api.privileges.PrivilegeGrant;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.core.Sluice;
import dev.sluice.rds.RdsMySql;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The accounts of a script on two managed servers, made by the admin as a customer of AWS would make them, and a plan that logs in by
 * these. They have the admin's name, by which the fronts of such servers know a customer; from this host MySQL takes them, and not the admin,
 * since their host says more than a percent sign.
 */
final class LeastAccounts {
    /** Quoted. */
    static final String ACCOUNT = "'admin'@'127.0.0.1'";

    private static final AccountName LOGIN = new AccountName("admin", "127.0.0.1");
    private static final String SECRET = "least";
    private static final String PASSWORD = "l3ast-P.word";

    private final Member source;
    private final Member replica;
    private final List<AccountPrivileges> accounts;
    private final Plan plan;

    private LeastAccounts(Member source, Member replica, List<AccountPrivileges> accounts, Plan plan) {
        this.source = source;
        this.replica = replica;
        this.accounts = accounts;
        this.plan = plan;
    }

    /** A plan between two endpoints. */
    interface Making {
        Plan plan(SourceEndpoint source, ReplicaEndpoint replica);
    }

    /** Asks for the script as the admin, and carries it out as the admin; from then on the admin does not get in from this host any more. */
    static LeastAccounts make(ManagedWorld world, Member source, Member replica, Making making) throws SQLException {
        Sluice sluice = world.sluice();
        Plan byAdmin = making.plan(source.source(), replica.replica());
        List<AccountPrivileges> accounts =
                sluice.privileges(sluice.compile(byAdmin), LOGIN, LOGIN).accounts();
        world.secret(SECRET, PASSWORD);
        LeastAccounts made = new LeastAccounts(
                source,
                replica,
                accounts,
                making.plan((SourceEndpoint) endpoint("source", dressed(source)), (ReplicaEndpoint)
                        endpoint("replica", dressed(replica))));
        // Before the accounts of the source arrive there, where the replica leaves nothing out.
        try (Connection onReplica = dressed(replica).connectAsAdmin()) {
            asAdmin(dressed(source), made.statements(AccountRole.SOURCE_LOGIN));
            made.dropWhatArrives(onReplica);
            execute(onReplica, made.statements(AccountRole.REPLICA_LOGIN));
        }
        return made;
    }

    private List<String> statements(AccountRole role) {
        return accounts.stream()
                .filter(account -> account.role() == role)
                .flatMap(account -> account.statements().stream())
                .map(sql -> sql.replaceAll("<password of the \\w+ login>", "'" + PASSWORD + "'"))
                .toList();
    }

    /** Aurora version 2 has no filters: what is created on its source is created there as well, with the source's privileges. */
    private void dropWhatArrives(Connection onReplica) throws SQLException {
        boolean follows = !replica.server()
                .query("SELECT 1 FROM performance_schema.replication_connection_configuration")
                .isEmpty();
        if (follows && dressed(replica).flavour() == RdsFlavour.AURORA_2) {
            String grants = "SHOW GRANTS FOR " + ACCOUNT;
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> replica.server()
                            .query(grants)
                            .equals(source.server().query(grants)));
            execute(onReplica, List.of("DROP USER " + ACCOUNT));
        }
    }

    private static Object endpoint(String id, DressedServer server) {
        Secret secret = Secret.named(SECRET);
        return server.flavour().isAurora()
                ? AuroraMySql.cluster(id)
                        .region(ManagedServers.REGION)
                        .credentials(LOGIN.user(), secret)
                        .at(server.host(), server.port())
                : RdsMySql.instance(id)
                        .region(ManagedServers.REGION)
                        .credentials(LOGIN.user(), secret)
                        .at(server.host(), server.port());
    }

    private static DressedServer dressed(Member member) {
        return member.dressed().orElseThrow();
    }

    /** On one connection, since the next one is another account's. */
    static void asAdmin(DressedServer server, List<String> statements) throws SQLException {
        try (Connection admin = server.connectAsAdmin()) {
            execute(admin, statements);
        }
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException refused) {
                    throw new SQLException(sql + ": " + refused.getMessage(), refused);
                }
            }
        }
    }

    private Member server(AccountPrivileges account) {
        return account.role() == AccountRole.REPLICA_LOGIN ? replica : source;
    }

    List<AccountPrivileges> accounts() {
        return accounts;
    }

    Plan plan() {
        return plan;
    }

    void revoke(AccountPrivileges account, PrivilegeGrant grant) {
        server(account)
                .server()
                .execute("REVOKE " + grant.privilege() + " ON " + grant.object() + " FROM " + account.account());
    }

    void grantAgain(AccountPrivileges account, PrivilegeGrant grant) {
        server(account)
                .server()
                .execute("GRANT " + grant.privilege() + " ON " + grant.object() + " TO " + account.account());
    }

    /** From then on it is the admin who gets in again. */
    void drop() {
        for (Member member : List.of(source, replica)) {
            member.server().execute("SET SESSION sql_log_bin = 0", "DROP USER " + ACCOUNT);
        }
    }
}
