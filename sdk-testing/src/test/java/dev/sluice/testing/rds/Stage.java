// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.time.Duration;
import java.util.regex.Pattern;

/** A dressed server and a source for it, brought into the states that the table names. */
final class Stage implements AutoCloseable {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\\\\nAAAA\\\\n-----END CERTIFICATE-----\\\\n";

    private final Loan sourceLoan;
    private final Loan replicaLoan;
    private final MySqlServer source;
    private final DressedServer rds;
    private final boolean old;
    private final Session root;
    private final String file;
    private final String sourceUuid;
    private final String ownUuid;

    private Stage(RdsFlavour flavour) {
        MySqlRelease release = RdsDressingIT.release(flavour);
        sourceLoan = SharedServers.ofThisJvm()
                .borrow(release, options -> options.gtid().setting("log_bin", "mysql-bin-changelog"));
        replicaLoan = SharedServers.ofThisJvm().borrow(release, options -> options.gtid());
        source = sourceLoan.server();
        old = flavour.isSeries57();
        rds = RdsDressing.as(flavour).pausing(Duration.ofMillis(300)).dress(replicaLoan.server());
        source.execute(
                "CREATE USER repl@'%' IDENTIFIED BY 'Secret-1'",
                "GRANT REPLICATION SLAVE ON *.* TO repl@'%'", "CREATE DATABASE shop", "FLUSH BINARY LOGS");
        root = new Session(rds.server());
        root.execute("SET SESSION sql_log_bin = 0");
        file = currentFile(source);
        sourceUuid = uuid(source);
        ownUuid = uuid(rds.server());
    }

    static Stage of(RdsFlavour flavour) {
        return new Stage(flavour);
    }

    DressedServer rds() {
        return rds;
    }

    /** Natively, so that no procedure vouches for another. */
    void enter(String state) {
        clean();
        switch (state) {
            case "none" -> {}
            case "set" -> change("", source.port());
            case "unreachable" -> change("", 1);
            case "managed" -> rds.becomeManagedReplica();
            case "material" ->
                root.execute("INSERT INTO mysql.rds_ssl_material VALUES (1, 'ca', 'certificate', 'digest')");
            case "parallel" -> {
                change("", source.port());
                workers(2);
            }
            case "running" -> running("");
            case "half" -> half("");
            case "half auto" -> halfAuto();
            case "channel" -> change("c", source.port());
            case "channel running" -> running("c");
            case "channel half" -> half("c");
            default -> throw new IllegalArgumentException(state);
        }
    }

    private void clean() {
        root.execute(
                old ? "STOP SLAVE" : "STOP REPLICA",
                old ? "RESET SLAVE ALL" : "RESET REPLICA ALL",
                "DELETE FROM mysql.rds_history",
                "DELETE FROM mysql.rds_ssl_material");
        workers(0);
    }

    private void workers(int number) {
        root.execute("SET GLOBAL " + (old ? "slave" : "replica") + "_parallel_workers = " + number);
    }

    private void change(String channel, int port) {
        String s = old ? "MASTER" : "SOURCE";
        root.execute((old ? "CHANGE MASTER TO " : "CHANGE REPLICATION SOURCE TO ") + s + "_HOST = '127.0.0.1', " + s
                + "_PORT = " + port + ", " + s + "_USER = 'repl', " + s + "_PASSWORD = 'Secret-1', " + s
                + "_LOG_FILE = '" + file + "', " + s + "_LOG_POS = 4, " + s + "_SSL = " + tls()
                + " FOR CHANNEL '" + channel + "'");
    }

    private void running(String channel) {
        change(channel, source.port());
        root.execute((old ? "START SLAVE" : "START REPLICA") + " FOR CHANNEL '" + channel + "'");
        awaitState(channel, "ON");
    }

    private void half(String channel) {
        running(channel);
        root.execute((old ? "STOP SLAVE" : "STOP REPLICA") + " SQL_THREAD FOR CHANNEL '" + channel + "'");
        awaitState(channel, "BROKEN");
    }

    private void halfAuto() {
        change("", source.port());
        String s = old ? "MASTER" : "SOURCE";
        root.execute((old ? "CHANGE MASTER TO " : "CHANGE REPLICATION SOURCE TO ") + s + "_AUTO_POSITION = 1");
        root.execute((old ? "START SLAVE" : "START REPLICA") + " IO_THREAD FOR CHANNEL ''");
        awaitState("", "BROKEN");
    }

    private void awaitState(String channel, String wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!wanted.equals(value("SELECT mysql.rds_replication_service_state('" + channel + "')"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("The channel '" + channel + "' did not become " + wanted);
            }
        }
    }

    String filled(String text) {
        return text.replace("{M}", rds.flavour().spelling())
                .replace("{address}", "'127.0.0.1', " + source.port() + ", 'repl', 'Secret-1'")
                .replace("{at}", "'" + file + "', 4")
                .replace("{past}", "'" + file + "', 4")
                .replace("{auto}", "'h', 1, 'u', 'p', 0" + (rds.flavour().isAurora() ? "" : ", 0"))
                .replace("{tls}", Integer.toString(tls()))
                .replace("{index}", Integer.toString(index() - 1))
                .replace("{uuid}", sourceUuid)
                .replace("{own}", ownUuid)
                .replace("{pem}", material("RSA PRIVATE KEY"))
                .replace("{pkcs8}", material("PRIVATE KEY"));
    }

    static String material(String key) {
        return "{\"ssl_ca\":\"" + CERTIFICATE + "\",\"ssl_cert\":\"" + CERTIFICATE + "\",\"ssl_key\":\"-----BEGIN "
                + key + "-----\\\\nAAAA\\\\n-----END " + key + "-----\\\\n\"}";
    }

    /** Three dots stand for anything. */
    static Pattern pattern(String answer) {
        return Pattern.compile("\\Q" + answer.replace("...", "\\E.*\\Q") + "\\E", Pattern.DOTALL);
    }

    private int tls() {
        return old ? 0 : 1;
    }

    private static String currentFile(MySqlServer source) {
        boolean newest = source.release() == MySqlRelease.MYSQL_9;
        return String.valueOf(source.query(newest ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS")
                .get(0)
                .get(0));
    }

    private int index() {
        return Integer.parseInt(file.substring(file.lastIndexOf('.') + 1));
    }

    private static String uuid(MySqlServer server) {
        return String.valueOf(server.query("SELECT @@server_uuid").get(0).get(0));
    }

    String value(String query) {
        return root.value(query);
    }

    @Override
    public void close() {
        root.close();
        rds.close();
        sourceLoan.close();
        replicaLoan.close();
    }
}
