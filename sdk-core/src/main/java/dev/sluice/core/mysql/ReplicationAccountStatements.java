// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.api.operation.OperationSecret.REPLICATION_PASSWORD;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The statements about one replication account that every MySQL server understands, whoever runs it. Immutable and thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-howto-repuser.html">MySQL: creating a user for replication</a>
 */
public final class ReplicationAccountStatements {
    private static final Pattern ONLY_REPLICATES =
            Pattern.compile("GRANT (USAGE|REPLICATION SLAVE|REPLICATION CLIENT|, )+ ON \\*\\.\\* TO .*");

    private final String user;
    private final String host;

    private ReplicationAccountStatements(String user, String host) {
        this.user = user;
        this.host = host;
    }

    /** What the account demands of whoever logs in with it. */
    public enum Demand {
        /** An encrypted connection. */
        TLS,
        /** Nothing: passwords and rows may travel readable. */
        NOTHING
    }

    /**
     * For this account.
     *
     * @throws IllegalArgumentException if its host part is not known
     */
    public static ReplicationAccountStatements of(ReplicationAccount account) {
        return new ReplicationAccountStatements(
                account.user(),
                account.host().orElseThrow(() -> new IllegalArgumentException("The account has no host part")));
    }

    /** Creates it; its password is filled in when the statement runs. */
    public Statement create(Demand demand) {
        return Sql.text("CREATE USER ")
                .account(user, host)
                .text(" IDENTIFIED BY ")
                .secret(REPLICATION_PASSWORD)
                .text(demand == Demand.TLS ? " REQUIRE SSL" : "")
                .build();
    }

    /** Gives it another password, filled in when the statement runs. */
    public Statement newPassword() {
        return Sql.text("ALTER USER IF EXISTS ")
                .account(user, host)
                .text(" IDENTIFIED BY ")
                .secret(REPLICATION_PASSWORD)
                .build();
    }

    /**
     * Gives it another password, by the plugin that needs neither TLS nor a key, which 8.4 has switched off and 9.0 has lost. Filled in when the
     * statement runs.
     */
    public Statement newNativePassword() {
        return Sql.text("ALTER USER IF EXISTS ")
                .account(user, host)
                .text(" IDENTIFIED WITH mysql_native_password BY ")
                .secret(REPLICATION_PASSWORD)
                .build();
    }

    /** Lets it replicate and do nothing else. */
    public Statement grant() {
        return statement("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO ");
    }

    /** Lets an account that is there already replicate, and gives it nothing else. */
    public Statement grantReplication() {
        return statement("GRANT REPLICATION SLAVE ON *.* TO ");
    }

    /** Takes from it what {@link #grantReplication} gave, and nothing that it may have had before. */
    public Statement revokeReplication() {
        return statement("REVOKE REPLICATION SLAVE ON *.* FROM ");
    }

    /** Lets it log in again, if somebody has locked it. */
    public Statement unlock() {
        return Sql.text("ALTER USER IF EXISTS ")
                .account(user, host)
                .text(" ACCOUNT UNLOCK")
                .build();
    }

    /** Drops it, and fails if it is not there. */
    public Statement drop() {
        return statement("DROP USER ");
    }

    /** Drops it if it is there, for who cannot be sure: twice is as good as once. */
    public Statement dropIfThere() {
        return statement("DROP USER IF EXISTS ");
    }

    private Statement statement(String verb) {
        return Sql.text(verb).account(user, host).build();
    }

    /** Whether the facts list it. Servers keep the host part of accounts in lower case. */
    public boolean isListedIn(ServerFacts facts) {
        return facts.accounts().contains(Quote.literal(user) + "@" + Quote.literal(host.toLowerCase(Locale.ROOT)));
    }

    /** What the source's login needs to see whether an account is there, and what it demands. */
    public static RequiredPrivilege seeing() {
        return RequiredPrivilege.onTable(
                Target.SOURCE,
                "SELECT",
                TableName.of("mysql", "user"),
                "to see whether the replication account is there");
    }

    /** The account as the server has it, empty if there is none. The user needs {@link #seeing()}. */
    public Optional<Found> find(ServerSession server) {
        return server.queryOne(
                        "SELECT Repl_slave_priv AS replicates, ssl_type AS tls, account_locked AS locked FROM mysql.user"
                                + " WHERE User = " + Quote.literal(user)
                                + " AND Host = " + Quote.literal(host.toLowerCase(Locale.ROOT)))
                .map(Found::of);
    }

    /** What the source's login needs to see what an account may do, as {@link #otherGrants} does. */
    public static RequiredPrivilege seeingGrants(ServerVersion source) {
        return source.isAtLeast(8, 0, 0)
                ? seeing()
                : RequiredPrivilege.onDatabase(
                        Target.SOURCE, "SELECT", "mysql", "to see what the replication account may do");
    }

    /** What it may do beyond replicating, as the server's GRANT lines have it; empty if nothing. */
    public List<String> otherGrants(ServerSession server) {
        return server.query("SHOW GRANTS FOR " + this).stream()
                .map(grant -> grant.first().orElse(""))
                .filter(line -> !ONLY_REPLICATES.matcher(line).matches())
                .toList();
    }

    /** Quoted, as statements name it. */
    @Override
    public String toString() {
        return Quote.account(user, host);
    }

    /**
     * An account as table {@code mysql.user} has it.
     *
     * @param replicates whether it holds REPLICATION SLAVE
     * @param tls {@code ""} for none, {@code ANY}, {@code X509} or {@code SPECIFIED}
     * @param locked whether nobody can log in with it
     */
    public record Found(boolean replicates, String tls, boolean locked) {
        private static Found of(Row row) {
            return new Found(
                    row.text("replicates").equals("Y"),
                    row.find("tls").orElse(""),
                    row.text("locked").equals("Y"));
        }

        /** Whether it demands a client certificate, which no replica of ours has. */
        public boolean needsCertificate() {
            return tls.equals("X509") || tls.equals("SPECIFIED");
        }

        /** Whether it demands an encrypted connection. */
        public boolean needsTls() {
            return !tls.isEmpty();
        }
    }
}
