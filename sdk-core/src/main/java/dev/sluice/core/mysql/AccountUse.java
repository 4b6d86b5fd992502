// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who is logged in with a replication account. Replicas tell their server's UUID in a variable of their session, so that one can be told
 * from the others; a server that does not show its sessions knows only which replicas are registered.
 */
public final class AccountUse {
    private static final String PERFORMANCE_SCHEMA = "SELECT @@GLOBAL.performance_schema";
    private static final Pattern ADDRESS = Pattern.compile("[0-9.%_]+|[0-9a-f%_]*:[0-9a-f:.%_]*");

    private final ServerSession source;
    private final ReplicationAccount account;
    private final ServerFacts replica;

    private AccountUse(ServerSession source, ReplicationAccount account, ServerFacts replica) {
        this.source = source;
        this.account = account;
        this.replica = replica;
    }

    /**
     * Who follows the source with this account, or may do so as far as the source shows it, besides this replica; for people. Replicas that
     * are not connected are not seen.
     *
     * @param source a session on the source
     * @param account with its host part
     * @param replica the one that does not count
     */
    public static List<String> others(ServerSession source, ReplicationAccount account, ServerFacts replica) {
        return new AccountUse(source, account, replica).others();
    }

    /** What the source's login needs for that. Where the performance schema is off, the list of replicas has to do. */
    public static List<RequiredPrivilege> seeing(ServerFacts source) {
        String reason = "to see who else uses the replication account";
        return source.variable("performance_schema").isEmpty() || source.isOn("performance_schema")
                ? Stream.of("threads", "user_variables_by_thread")
                        .map(table -> RequiredPrivilege.onTable(
                                Target.SOURCE, "SELECT", TableName.of("performance_schema", table), reason))
                        .toList()
                : List.of(new RequiredPrivilege(Target.SOURCE, List.of("REPLICATION SLAVE"), reason));
    }

    private List<String> others() {
        boolean shown =
                source.queryValue(PERFORMANCE_SCHEMA).filter("1"::equals).isPresent();
        try {
            return shown ? loggedIn() : registered();
        } catch (StepRefusedException notForThisUser) {
            return registered();
        }
    }

    /** Also who is no replica by its own account, such as a program that reads the log. */
    private List<String> loggedIn() {
        return source
                .query("SELECT t.PROCESSLIST_HOST AS host, MAX(CONVERT(v.VARIABLE_VALUE USING utf8mb4)) AS uuid"
                        + " FROM performance_schema.threads t LEFT JOIN performance_schema.user_variables_by_thread v"
                        + " ON v.THREAD_ID = t.THREAD_ID AND v.VARIABLE_NAME IN ('slave_uuid', 'replica_uuid')"
                        + " WHERE t.PROCESSLIST_COMMAND LIKE 'Binlog Dump%' AND t.PROCESSLIST_USER = "
                        + Quote.literal(account.user()) + " GROUP BY t.THREAD_ID, t.PROCESSLIST_HOST")
                .stream()
                .filter(session -> mayBeAccounts(session.find("host").orElse("")))
                .filter(session -> !replica.serverUuid()
                        .equalsIgnoreCase(session.find("uuid").orElse("")))
                .map(AccountUse::session)
                .toList();
    }

    private static String session(Row session) {
        String server =
                session.find("uuid").map(uuid -> " (server " + uuid + ")").orElse("");
        return "a replica at " + session.find("host").orElse("an unknown host") + server;
    }

    /**
     * Several accounts may have one name. A session shows the host by name, where it has one, and not by the address that the account may
     * have been found by: what cannot be compared may be.
     */
    private boolean mayBeAccounts(String shown) {
        String host = account.host().orElse("%").toLowerCase(Locale.ROOT);
        String seen = shown.toLowerCase(Locale.ROOT);
        boolean comparable = !host.contains("/")
                && ADDRESS.matcher(host).matches() == ADDRESS.matcher(seen).matches();
        return !comparable || new WildPattern(host).matches(seen);
    }

    private List<String> registered() {
        Dialect dialect = Dialect.of(
                ServerVersion.parse(source.queryValue("SELECT VERSION()").orElse("")));
        return source.query(dialect.showReplicas()).stream()
                .map(row -> row.number("Server_Id"))
                .filter(id -> !Objects.equals(id, replica.serverId()))
                .map(id -> "perhaps the replica with server id " + id
                        + ": the source does not show with which account it is logged in")
                .toList();
    }
}
