// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;

/** A server dressed as RDS. Closing it is its owner's affair. Thread-safe. */
public final class DressedServer {
    private final MySqlServer server;
    private final RdsFlavour flavour;
    private final String adminUser;
    private final String adminPassword;

    DressedServer(MySqlServer server, RdsFlavour flavour, String adminUser, String adminPassword) {
        this.server = server;
        this.flavour = flavour;
        this.adminUser = adminUser;
        this.adminPassword = adminPassword;
    }

    /** The server below. */
    public MySqlServer server() {
        return server;
    }

    /** What it is dressed as. */
    public RdsFlavour flavour() {
        return flavour;
    }

    /** The name of the account that a customer of AWS gets. */
    public String adminUser() {
        return adminUser;
    }

    /** The random password of that account. */
    public String adminPassword() {
        return adminPassword;
    }

    /** Opens a connection with that account. The caller closes it. */
    public Connection connectAsAdmin() throws SQLException {
        return server.connect(adminUser, adminPassword);
    }

    /** Writes what RDS writes into the server's own schema every few minutes, and so into its binary log. */
    public void beat() {
        server.execute(
                "INSERT INTO mysql.rds_heartbeat2 (id, value) VALUES (1, UNIX_TIMESTAMP() * 1000)"
                        + " ON DUPLICATE KEY UPDATE value = value + 1",
                "INSERT INTO mysql.rds_sysinfo (name, value) VALUES ('innodb_txn_key', NOW())",
                "DELETE FROM mysql.rds_sysinfo WHERE name = 'innodb_txn_key'");
    }

    /** Makes it a read replica that RDS manages, on which the procedures for external sources refuse to work. */
    public void becomeManagedReplica() {
        server.execute(
                "SET SESSION sql_log_bin = 0",
                "INSERT INTO mysql.rds_history (called_by_user, action, mysql_version, master_user)"
                        + " VALUES ('rdsadmin@localhost', 'disable set master', VERSION(), 'rdsrepladmin')");
    }

    /** Flavour and address; never a password. */
    @Override
    public String toString() {
        return flavour + " on " + server;
    }
}
