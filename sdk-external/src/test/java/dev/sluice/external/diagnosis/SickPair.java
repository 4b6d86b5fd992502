// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.diagnosis.Diagnosis;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.diagnosis.RemedyResult;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.LiveDiagnosis;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.diagnosis.KnownFailures;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.external.TwoServers;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Two real servers of which one replicates from the other by MySQL's own statements, so that it can be made to fail. */
final class SickPair implements AutoCloseable {
    static final String PASSWORD = "Log-in-4-replicas";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TwoServers servers;
    private final Sluice sluice;
    private int next = 1000;

    private SickPair(TwoServers servers) {
        this.servers = servers;
        Map<String, String> passwords = servers.passwords();
        this.sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create())
                .secrets(SecretResolver.withNamed(passwords::get))
                .diagnosis(KnownFailures.all())
                .build();
    }

    static SickPair gtid(MySqlRelease release) {
        return of(release, ServerOptions::gtid, release, ServerOptions::gtid);
    }

    static SickPair position(MySqlRelease release) {
        return of(release, TwoServers::withoutGtids, release, TwoServers::withoutGtids);
    }

    static SickPair of(
            MySqlRelease source,
            UnaryOperator<ServerOptions> sourceOptions,
            MySqlRelease replica,
            UnaryOperator<ServerOptions> replicaOptions) {
        assumeThat(source.availability()).isEmpty();
        assumeThat(replica.availability()).isEmpty();
        return new SickPair(TwoServers.borrow(source, sourceOptions, replica, replicaOptions));
    }

    MySqlServer source() {
        return servers.source();
    }

    MySqlServer replica() {
        return servers.replica();
    }

    Sluice sluice() {
        return sluice;
    }

    ExternalMySql sourceEndpoint() {
        return servers.sourceEndpoint();
    }

    ExternalMySql replicaEndpoint() {
        return servers.replicaEndpoint();
    }

    /** The table {@code shop.item} on the source, an account, and a replica that follows. */
    SickPair replicating() {
        return replicating("IDENTIFIED BY '" + PASSWORD + "'", tls());
    }

    /** Encrypted where the release can. */
    private String tls() {
        return source().release().supportsTls() ? "SOURCE_SSL = 1" : "SOURCE_SSL = 0";
    }

    /** By way of somebody who answers at another port. */
    SickPair replicatingThrough(int port) {
        return replicating("IDENTIFIED BY '" + PASSWORD + "'", tls(), port);
    }

    SickPair replicating(String identified, String options) {
        return replicating(identified, options, source().port());
    }

    private SickPair replicating(String identified, String options, int port) {
        source().execute(
                        "CREATE USER 'repl'@'%' " + identified,
                        "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'repl'@'%'",
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY, n INT, t MEDIUMTEXT)",
                        "INSERT INTO shop.item (id) VALUES (1), (2), (3)");
        follow(port, options);
        return this;
    }

    /** The replica follows another pair's source. */
    void following(MySqlServer other) {
        follow(other.port(), tls());
    }

    private void follow(int port, String options) {
        boolean gtid =
                replica().query("SELECT @@GLOBAL.gtid_mode").get(0).get(0).equals("ON");
        change("SOURCE_HOST = '127.0.0.1', SOURCE_PORT = " + port + ", SOURCE_USER = 'repl', SOURCE_PASSWORD = '"
                + PASSWORD + "', SOURCE_CONNECT_RETRY = 1, " + options
                + (gtid ? ", SOURCE_AUTO_POSITION = 1" : ", SOURCE_LOG_FILE = 'binlog.000001', SOURCE_LOG_POS = 4"));
        start();
    }

    /** In the words of the replica's release. */
    void change(String options) {
        boolean isNew = replica().release().isAtLeast(8, 0, 23);
        replica()
                .execute((isNew ? "CHANGE REPLICATION SOURCE TO " : "CHANGE MASTER TO ")
                        + (isNew ? options : options.replace("SOURCE_", "MASTER_")));
    }

    void start() {
        replica().execute("START " + word());
    }

    void stop() {
        replica().execute("STOP " + word());
    }

    void restartReceiver() {
        replica().execute("STOP " + word() + " IO_THREAD", "START " + word() + " IO_THREAD");
    }

    String word() {
        return replica().release().isAtLeast(8, 0, 22) ? "REPLICA" : "SLAVE";
    }

    String variable(String current) {
        return replica().release().isAtLeast(8, 0, 26) ? current : current.replace("replica", "slave");
    }

    /** On the replica alone, not logged there. */
    void behindTheBack(String statement) {
        replica().execute("SET SESSION sql_log_bin = 0", statement);
    }

    void awaitRow(int id) {
        await().atMost(PATIENCE)
                .until(() -> !replica()
                        .query(
                                "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop' AND TABLE_NAME = 'item'")
                        .isEmpty());
        await().atMost(PATIENCE)
                .until(() -> !replica()
                        .query("SELECT 1 FROM shop.item WHERE id = " + id)
                        .isEmpty());
    }

    /** A row that is written now arrives. */
    void assertReplicates() {
        int id = next++;
        source().execute("INSERT INTO shop.item (id) VALUES (" + id + ")");
        awaitRow(id);
    }

    LiveDiagnosis diagnose() {
        return sluice.diagnose(replicaEndpoint(), sourceEndpoint(), Consent.PLAIN_TEXT);
    }

    /** Looks until this is found. */
    LiveDiagnosis awaitFinding(String row) {
        AtomicReference<@Nullable LiveDiagnosis> last = new AtomicReference<>();
        try {
            await().atMost(PATIENCE).until(() -> {
                LiveDiagnosis now = diagnose();
                last.set(now);
                return now.report().finding(row).isPresent();
            });
        } catch (org.awaitility.core.ConditionTimeoutException never) {
            throw new AssertionError(
                    "Not found: " + row + "; found: " + last.get().report(), never);
        }
        return last.get();
    }

    static DiagnosisFinding finding(LiveDiagnosis diagnosis, String row) {
        return diagnosis.report().finding(row).orElseThrow();
    }

    /** Carries a remedy out, after which replication runs and a new row arrives. */
    Diagnosis cure(LiveDiagnosis diagnosis, String remedy, Consent... consents) {
        RemedyResult result = diagnosis.remedy(remedy).execute(consents);
        assertThat(result.after().findings()).as(result.after().toString()).isEmpty();
        assertThat(result.isHealthy()).as(result.after().toString()).isTrue();
        assertReplicates();
        return result.after();
    }

    @Override
    public void close() {
        sluice.close();
        servers.close();
    }

    /** Where a server keeps its files. */
    static Path folder(MySqlServer server) {
        return Path.of(String.valueOf(server.query("SELECT @@datadir").get(0).get(0)));
    }
}
