// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.awaitility.Awaitility.await;

import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Two borrowed servers, of which one replicates from the other. */
final class LivePair implements AutoCloseable {
    private static final String ACCOUNT = "'follower'@'127.0.0.1'";

    private final SharedServers.Loan source;
    private final SharedServers.Loan replica;
    private final Pair pair;

    private LivePair(SharedServers.Loan source, SharedServers.Loan replica) {
        this.source = source;
        this.replica = replica;
        this.pair = new Pair(source.server(), replica.server());
    }

    /** By GTID, with four appliers. */
    static LivePair byGtid(MySqlRelease source, MySqlRelease replica) {
        UnaryOperator<ServerOptions> parallel = options ->
                options.gtid().setting("slave_parallel_workers", "4").setting("slave_preserve_commit_order", "ON");
        LivePair pair = borrow(
                source, ServerOptions::gtid, replica, replica == MySqlRelease.MYSQL_9 ? ServerOptions::gtid : parallel);
        pair.start("MASTER_AUTO_POSITION = 1");
        return pair;
    }

    /** By GTID where several appliers can keep the order of commits, which 5.7 cannot by its defaults. */
    static LivePair of(MySqlRelease source, MySqlRelease replica) {
        return replica == MySqlRelease.MYSQL_5_7 ? byPosition(source, replica) : byGtid(source, replica);
    }

    /** By file and position. */
    static LivePair byPosition(MySqlRelease source, MySqlRelease replica) {
        LivePair pair = borrow(source, UnaryOperator.identity(), replica, UnaryOperator.identity());
        var status = pair.pair
                .source()
                .query(Dialect.of(version(pair.pair.source())).showBinlogStatus())
                .get(0);
        pair.start("MASTER_LOG_FILE = '" + status.get(0) + "', MASTER_LOG_POS = " + status.get(1));
        return pair;
    }

    private static LivePair borrow(
            MySqlRelease source,
            UnaryOperator<ServerOptions> sourceOptions,
            MySqlRelease replica,
            UnaryOperator<ServerOptions> replicaOptions) {
        SharedServers.Loan first = SharedServers.ofThisJvm().borrow(source, sourceOptions);
        return new LivePair(first, SharedServers.ofThisJvm().borrow(replica, replicaOptions));
    }

    private void start(String from) {
        Dialect dialect = Dialect.of(version(pair.replica()));
        pair.source()
                .execute(
                        "SET SESSION sql_log_bin = 0",
                        "CREATE USER " + ACCOUNT + " IDENTIFIED BY 'follower-password'",
                        "GRANT REPLICATION SLAVE ON *.* TO " + ACCOUNT);
        String options =
                "MASTER_HOST = '127.0.0.1', MASTER_PORT = " + pair.source().port()
                        + ", MASTER_USER = 'follower', MASTER_PASSWORD = 'follower-password', " + from
                        + (dialect.asksForPublicKey() ? ", GET_MASTER_PUBLIC_KEY = 1" : "");
        boolean current = dialect.version().isAtLeast(8, 0, 23);
        pair.replica()
                .execute(
                        current
                                ? "CHANGE REPLICATION SOURCE TO " + options.replace("MASTER", "SOURCE")
                                : "CHANGE MASTER TO " + options,
                        dialect.startReplica(""));
        awaitCaughtUp();
    }

    private static dev.sluice.api.facts.ServerVersion version(MySqlServer server) {
        return Pair.connector(server).version();
    }

    /** Waits until the replica has everything that the source had when this was called. */
    void awaitCaughtUp() {
        try (MySqlSession source = Pair.connector(pair.source()).open(SessionUse.CONTROL);
                MySqlSession replica = Pair.connector(pair.replica()).open(SessionUse.CONTROL)) {
            var mark = new dev.sluice.core.mysql.CoordinatesReader(
                            Dialect.of(source.version()), java.time.Clock.systemUTC())
                    .read(source, "", "test");
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> ReplicaStatusReader.readAll(replica, Dialect.of(replica.version())).stream()
                            .allMatch(status -> status.hasApplied(mark)));
        }
    }

    /** Why appliers stopped by themselves, in their own words. */
    List<String> applierErrors() {
        return pair
                .replica()
                .query("SELECT LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_worker"
                        + " WHERE LAST_ERROR_NUMBER <> 0")
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    Pair pair() {
        return pair;
    }

    @Override
    public void close() {
        source.close();
        replica.close();
    }
}
