// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What RDS does to replication on a server below, in the words of the server's release. */
final class Replication {
    /** The account of AWS's own replicas. */
    static final String USER = "rdsrepladmin";

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
        boolean runs = status("SQL_Running").filter("Yes"::equals).isPresent();
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

    ReplicationState state() {
        Optional<String> receiver = status("IO_Running");
        if (receiver.isEmpty()) {
            return ReplicationState.TERMINATED;
        }
        boolean faulty = !"0".equals(status("Last_IO_Errno").orElse("0"))
                || !"0".equals(status("Last_SQL_Errno").orElse("0"));
        boolean applies = status("SQL_Running").filter("Yes"::equals).isPresent();
        if (!faulty && applies && !receiver.get().equals("No")) {
            return ReplicationState.REPLICATING;
        }
        return faulty || applies || !receiver.get().equals("No") ? ReplicationState.ERROR : ReplicationState.STOPPED;
    }

    /** A column of the replica's status by the end of its name; empty if there is no replication. */
    private Optional<String> status(String column) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(replica("SHOW", " STATUS"))) {
            return rows.next() ? Optional.ofNullable(value(rows, column)) : Optional.empty();
        } catch (SQLException failure) {
            throw new IllegalStateException("Cannot read the status of " + server, failure);
        }
    }

    private static @Nullable String value(ResultSet rows, String column) throws SQLException {
        for (int each = 1; each <= rows.getMetaData().getColumnCount(); each++) {
            if (rows.getMetaData().getColumnLabel(each).endsWith(column)) {
                return rows.getString(each);
            }
        }
        throw new SQLException("No column " + column);
    }
}
