// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What RDS does to replication on a server below, in the words of the server's release. */
final class Replication {
    /** The account of AWS's own replicas. */
    static final String USER = "rdsrepladmin";

    private static final List<String> COLUMNS = List.of("IO_Running", "SQL_Running", "Last_IO_Errno", "Last_SQL_Errno");

    /** Of a look while others wait. */
    private static final String PATIENCE = "&connectTimeout=2000&socketTimeout=2000";

    private final MySqlServer server;
    private final boolean modern;

    Replication(MySqlServer server) {
        this.server = server;
        this.modern = server.release().isAtLeast(8, 0, 23);
    }

    private String replica(String before, String after) {
        return before + (modern ? " REPLICA" : " SLAVE") + after;
    }

    /** How long a binary log is, after crash recovery has cut off what was not whole. */
    BinlogPosition endOf(String file) {
        return server.query("SHOW BINARY LOGS").stream()
                .filter(row -> file.equals(row.get(0)))
                .map(row -> new BinlogPosition(file, Long.parseLong(String.valueOf(row.get(1)))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The restored " + server + " does not list " + file));
    }

    /** Forgets a replication that came with the data. */
    void forget() {
        server.execute(replica("RESET", " ALL"));
    }

    /** Makes the account by which replicas follow this server, or gives it this password. */
    void admit(String password) {
        String account = USER + "@'%'";
        server.execute(
                "SET SESSION sql_log_bin = 0",
                "CREATE USER IF NOT EXISTS " + account,
                "ALTER USER " + account + " IDENTIFIED BY '" + password + "'",
                "GRANT REPLICATION SLAVE ON *.* TO " + account);
    }

    /** Follows a server from a position, or by GTID where both have it on. */
    void follow(MySqlServer source, String password, @Nullable BinlogPosition from) {
        String word = modern ? "SOURCE" : "MASTER";
        boolean auto = usesGtid(source) && usesGtid(server);
        if (!auto && from == null) {
            throw new IllegalStateException(source + " has no binary log that a replica could follow");
        }
        String place = auto || from == null
                ? word + "_AUTO_POSITION = 1"
                : word + "_LOG_FILE = '" + from.file() + "', " + word + "_LOG_POS = " + from.position();
        String tls = source.release().isAtLeast(8, 0, 4) ? ", " + word + "_SSL = 1" : "";
        server.execute(
                "CHANGE " + (modern ? "REPLICATION SOURCE" : "MASTER") + " TO " + word + "_HOST = '" + source.host()
                        + "', " + word + "_PORT = " + source.port() + ", " + word + "_USER = '" + USER + "', " + word
                        + "_PASSWORD = '" + password + "', " + place + tls,
                replica("START", ""));
    }

    private static boolean usesGtid(MySqlServer server) {
        return server.query("SELECT @@GLOBAL.gtid_mode").get(0).contains("ON");
    }

    /** Stops following, for good. */
    void end() {
        server.execute(replica("STOP", ""), replica("RESET", " ALL"), "SET GLOBAL read_only = OFF");
    }

    /** Sets one kind of filter; the applier stands still meanwhile. */
    void filter(String parameter, List<String> values) {
        boolean runs = "Yes".equals(status().get("SQL_Running"));
        if (runs) {
            server.execute(replica("STOP", " SQL_THREAD"));
        }
        server.execute(
                "CHANGE REPLICATION FILTER " + MachineSettings.option(parameter).toUpperCase(Locale.ROOT)
                        + " = ("
                        + values.stream()
                                .filter(value -> !value.isEmpty())
                                .map(value -> filtered(parameter, value))
                                .collect(Collectors.joining(", "))
                        + ")");
        if (runs) {
            server.execute(replica("START", " SQL_THREAD"));
        }
    }

    /** A pattern is a text; databases and tables are names. */
    private static String filtered(String parameter, String value) {
        return parameter.contains("wild")
                ? "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
                : "`" + value.replace("`", "``").replace(".", "`.`") + "`";
    }

    /** A server that does not answer is one whose replication is in error, as far as RDS can see. */
    ReplicationState state() {
        Map<String, String> status;
        try {
            status = status();
        } catch (IllegalStateException silent) {
            return ReplicationState.ERROR;
        }
        String receiver = status.get("IO_Running");
        if (receiver == null) {
            return ReplicationState.TERMINATED;
        }
        boolean receives = !receiver.equals("No");
        boolean applies = "Yes".equals(status.get("SQL_Running"));
        boolean faulty = !"0".equals(status.get("Last_IO_Errno")) || !"0".equals(status.get("Last_SQL_Errno"));
        if (faulty || receives != applies) {
            return ReplicationState.ERROR;
        }
        return receives ? ReplicationState.REPLICATING : ReplicationState.STOPPED;
    }

    /** The columns that count, by the ends of their names, which the releases agree on; empty if there is no replication. */
    private Map<String, String> status() {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl() + PATIENCE, server.rootUser(), server.rootPassword());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(replica("SHOW", " STATUS"))) {
            Map<String, String> values = new TreeMap<>();
            if (rows.next()) {
                read(rows, values);
            }
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException("Cannot read the status of " + server, failure);
        }
    }

    private static void read(ResultSet row, Map<String, String> values) throws SQLException {
        for (int each = 1; each <= row.getMetaData().getColumnCount(); each++) {
            String name = row.getMetaData().getColumnLabel(each);
            String value = row.getString(each);
            COLUMNS.stream().filter(name::endsWith).filter(any -> value != null).forEach(end -> values.put(end, value));
        }
    }
}
