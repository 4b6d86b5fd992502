// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.privileges.AccountName;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.AccountRole;
import dev.sluice.api.privileges.PrivilegeGrant;
import dev.sluice.api.privileges.PrivilegeScript;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.api.spi.Engine;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testservers.MySqlServer;
import java.util.List;

/** Two servers on which nobody but root and the accounts of a script may do anything, and a plan that logs in by these. */
final class ScriptedAccounts implements AutoCloseable {
    private static final AccountName SOURCE = new AccountName("least_source", "127.0.0.1");
    private static final AccountName REPLICA = new AccountName("least_replica", "127.0.0.1");
    private static final String PASSWORD = "l3ast-P.word";

    private final Pair pair;
    private final Plan plan;
    private final PrivilegeScript script;
    private final String fingerprint;

    /** A plan between two endpoints. */
    interface Making {
        Plan plan(ExternalMySql source, ExternalMySql replica);
    }

    /** For the servers of the pair; the script is asked for by root. */
    ScriptedAccounts(Pair pair, Making making) {
        this.pair = pair;
        CompiledPlan compiled = pair.sluice().compile(making.plan(pair.sourceEndpoint(), pair.replicaEndpoint()));
        this.fingerprint = compiled.fingerprint();
        this.script = pair.sluice().privileges(compiled, SOURCE, REPLICA);
        script.accounts().stream()
                .filter(account -> !account.isMadeByRun())
                .forEach(account -> account.statements()
                        .forEach(sql -> server(account.role()).execute(filled(sql))));
        this.plan = making.plan(endpoint(pair.source(), SOURCE), endpoint(pair.replica(), REPLICA));
    }

    private static String filled(String sql) {
        return sql.replaceAll("<password of the \\w+ login>", "'" + PASSWORD + "'");
    }

    private static ExternalMySql endpoint(MySqlServer server, AccountName account) {
        return ExternalMySql.at(server.host(), server.port()).credentials(account.user(), Secret.named("least"));
    }

    private MySqlServer server(AccountRole role) {
        return role == AccountRole.REPLICA_LOGIN ? pair.replica() : pair.source();
    }

    Pair pair() {
        return pair;
    }

    Plan plan() {
        return plan;
    }

    /** Of the plan as root has it compiled: who sees less may be about to do something else. */
    String fingerprint() {
        return fingerprint;
    }

    PrivilegeScript script() {
        return script;
    }

    /** Everything that somebody has to grant. */
    List<Granted> granted() {
        return script.accounts().stream()
                .flatMap(account -> account.grants().stream().map(grant -> new Granted(account, grant)))
                .toList();
    }

    record Granted(AccountPrivileges account, PrivilegeGrant grant) {
        boolean isSame(Granted other) {
            return account.role() == other.account().role() && grant.equals(other.grant());
        }

        @Override
        public String toString() {
            return account.role() + " " + grant.privilege() + " ON " + grant.object();
        }
    }

    void revoke(Granted granted) {
        server(granted.account().role())
                .execute("REVOKE " + granted.grant().privilege() + " ON "
                        + granted.grant().object() + " FROM "
                        + granted.account().account());
    }

    /** One that judges by what the accounts hold. */
    Sluice sluice() {
        return sluice(ExternalEngine.create());
    }

    /** One that takes the accounts for what they were before anything was revoked, so that a run goes as far as the servers let it. */
    Sluice trusting() {
        return sluice(new TrustingEngine(
                        ExternalEngine.create(),
                        List.of(
                                shown(pair.source(), AccountRole.SOURCE_LOGIN),
                                shown(pair.replica(), AccountRole.REPLICA_LOGIN)))
                .engine());
    }

    private List<String> shown(MySqlServer server, AccountRole role) {
        String account = script.accounts().stream()
                .filter(one -> one.role() == role)
                .findFirst()
                .orElseThrow()
                .account();
        return server.query("SHOW GRANTS FOR " + account).stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    private static Sluice sluice(Engine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(name -> PASSWORD))
                .build();
    }

    @Override
    public void close() {
        pair.close();
    }
}
