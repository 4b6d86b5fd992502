// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.core.mysql.Quote;
import dev.sluice.testing.front.QueryFront;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server dressed as RDS or Aurora. Ending the server is its owner's affair; closing this ends the front, if there is one. Thread-safe. */
public final class DressedServer implements AutoCloseable {
    private final RdsFlavour flavour;
    private final String adminUser;
    private final String adminPassword;
    private volatile @Nullable AdminFront front;
    private volatile MySqlServer server;

    DressedServer(
            MySqlServer server,
            RdsFlavour flavour,
            String adminUser,
            String adminPassword,
            @Nullable AdminFront front) {
        this.server = server;
        this.flavour = flavour;
        this.adminUser = adminUser;
        this.adminPassword = adminPassword;
        this.front = front;
    }

    /**
     * The same clothes on a server that was started on a copy of this one's data, which has the procedures and accounts already. It gets a
     * front of its own if this one has a front; whoever asks closes it.
     */
    public DressedServer copiedTo(MySqlServer copy) {
        copy.execute(RdsDressing.OWN_FILTER);
        AdminFront own = front == null ? null : AdminFront.before(copy, front.rules());
        return new DressedServer(copy, flavour, adminUser, adminPassword, own);
    }

    /** The server below: after a {@linkplain #moveTo move} the one that it moved to. */
    public MySqlServer server() {
        return server;
    }

    /** What it is dressed as. */
    public RdsFlavour flavour() {
        return flavour;
    }

    /** Where clients and replicas find it: the front, or the server itself if there is none. */
    public String host() {
        AdminFront there = front;
        return there == null ? server.host() : there.front().host();
    }

    /** The port that belongs to {@link #host}. */
    public int port() {
        AdminFront there = front;
        return there == null ? server.port() : there.front().port();
    }

    /** The name of the account that a customer of AWS gets. */
    public String adminUser() {
        return adminUser;
    }

    /** The random password of that account. */
    public String adminPassword() {
        return adminPassword;
    }

    /** The certificate that clients of a front see, as PEM, for trusting it; empty without a front. */
    public Optional<String> certificate() {
        return Optional.ofNullable(front).map(AdminFront::front).map(QueryFront::certificate);
    }

    /** Opens a connection with that account, through the front if there is one. The caller closes it. */
    public Connection connectAsAdmin() throws SQLException {
        String url = server.jdbcUrl().replace(":" + server.port() + "/", ":" + port() + "/");
        return DriverManager.getConnection(url, adminUser, adminPassword);
    }

    /** Writes what RDS writes into the server's own schema every few minutes, and so into its binary log. */
    public void beat() {
        server.execute(
                // Together, so that no snapshot holds a row that the next event deletes on a replica which does not
                // have it.
                "BEGIN",
                "INSERT INTO mysql.rds_heartbeat2 (id, value) VALUES (1, UNIX_TIMESTAMP() * 1000)"
                        + " ON DUPLICATE KEY UPDATE value = value + 1",
                "INSERT INTO mysql.rds_sysinfo (name, value) VALUES ('innodb_txn_key', NOW())",
                "DELETE FROM mysql.rds_sysinfo WHERE name = 'innodb_txn_key'",
                "COMMIT");
    }

    /**
     * Lets the server {@linkplain #beat() beat} in the background. The caller closes it.
     *
     * @param every the pause between two beats, at least a millisecond; RDS's own is about five minutes
     */
    public Heartbeat beating(Duration every) {
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException("A heart does not beat every " + every);
        }
        return Heartbeat.of(this, every);
    }

    /** Makes it a read replica that RDS manages, on which the procedures for external sources refuse to work. */
    public void becomeManagedReplica() {
        server.execute(
                "SET SESSION sql_log_bin = 0",
                "INSERT INTO mysql.rds_history (called_by_user, action, mysql_version, master_user)"
                        + " VALUES ('rdsadmin@localhost', 'disable set master', VERSION(), 'rdsrepladmin')");
    }

    /** Ends being such a replica, as a promotion does: the procedures work again. */
    public void becomeStandAlone() {
        server.execute(
                "SET SESSION sql_log_bin = 0",
                "DELETE FROM mysql.rds_history WHERE action = 'disable set master' AND master_user = 'rdsrepladmin'");
    }

    /**
     * Makes it a reader of an Aurora cluster: nobody writes there, procedures fail, {@code innodb_read_only} is on and the admin account
     * sees no binary log. Open connections are dropped.
     *
     * @throws IllegalStateException without a front
     */
    public void becomeReader() {
        AdminFront there = requiredFront();
        server.execute("SET GLOBAL super_read_only = ON");
        there.becomeReader();
    }

    /**
     * Makes it a writer that says it is this instance, in {@code aurora_server_id} on Aurora and in {@code hostname} on RDS, as at a failover
     * that takes the volume along: the same data, and whatever a restart leaves of replication. Open connections are dropped.
     *
     * @param instance letters, digits and dashes
     * @throws IllegalStateException without a front
     */
    public void becomeInstance(String instance) {
        server.execute("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
        front = requiredFront().as(instance);
    }

    /**
     * Lets another server of the same flavour take over, as at a failover: all connections are dropped, the next ones find the other server
     * behind the same address, as a writer, with the same password. What is in it is its own affair: the data of the two are not the
     * same. The other's own front, if it has one, stays before it.
     *
     * @throws IllegalStateException without a front
     */
    public void moveTo(DressedServer other) {
        AdminFront there = requiredFront();
        MySqlServer next = other.server();
        next.execute(
                "SET SESSION sql_log_bin = 0",
                "SET GLOBAL super_read_only = OFF",
                "SET GLOBAL read_only = OFF",
                "ALTER USER " + Quote.literal(adminUser) + "@'%' IDENTIFIED BY " + Quote.literal(adminPassword));
        server = next;
        there.moveTo(next);
    }

    private AdminFront requiredFront() {
        AdminFront there = front;
        if (there == null) {
            throw new IllegalStateException("Only a server behind a front does that: dress it with behindFront()");
        }
        return there;
    }

    /** Ends the front, if there is one, and its connections. */
    @Override
    public void close() {
        AdminFront there = front;
        if (there != null) {
            there.front().close();
        }
    }

    /** Flavour and address; never a password. */
    @Override
    public String toString() {
        return flavour + " on " + server;
    }
}
