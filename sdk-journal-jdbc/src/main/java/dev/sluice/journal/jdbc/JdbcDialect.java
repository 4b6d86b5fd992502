// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What differs between the databases that can hold a journal. */
enum JdbcDialect {
    MYSQL(
            // Not by NOW(), which is in the session's time zone and ambiguous when its summer ends.
            "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000",
            "INSERT IGNORE INTO ",
            "",
            "LONGTEXT",
            " ENGINE=InnoDB" + " CHARACTER SET utf8mb4"),
    POSTGRESQL(
            "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
            "INSERT INTO ",
            " ON CONFLICT DO NOTHING",
            "TEXT",
            "");

    /** A key of the system's tables is there twice; the table is there, or the type that goes with it. */
    private static final Set<String> MADE_BY_ANOTHER = Set.of("23505", "42P07", "42710");

    private final String now;
    private final String insert;
    private final String unlessThere;
    private final String text;
    private final String options;

    JdbcDialect(String now, String insert, String unlessThere, String text, String options) {
        this.now = now;
        this.insert = insert;
        this.unlessThere = unlessThere;
        this.text = text;
        this.options = options;
    }

    static JdbcDialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (product.contains("mysql") || product.contains("mariadb")) {
            return MYSQL;
        }
        if (product.contains("postgresql")) {
            return POSTGRESQL;
        }
        throw new SQLException("A journal is kept by MySQL or PostgreSQL, not by " + product);
    }

    /** Milliseconds since 1970 by the database's clock, which is the same for all. */
    String now() {
        return now;
    }

    /** What each transaction begins with: of the host's connections nothing is known. It ends with the transaction. */
    List<String> begin() {
        return switch (this) {
            // Not lower: with binlog_format=STATEMENT nothing could be written.
            case MYSQL -> List.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            // Above that level, who waited for the row of a lease may not write any more. A process that is stopped in
            // the middle of its
            // transaction loses its locks in time.
            case POSTGRESQL ->
                List.of(
                        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
                        "SET LOCAL idle_in_transaction_session_timeout = " + JdbcCalls.ANSWER.toMillis());
        };
    }

    /** An insert that does nothing where the key is there already. */
    String insertUnlessThere(String rest) {
        return insert + rest + unlessThere;
    }

    /** Whether somebody else has made a table in the same moment, which {@code IF NOT EXISTS} does not cover in PostgreSQL. */
    static boolean isMadeByAnother(SQLException failed) {
        return MADE_BY_ANOTHER.contains(String.valueOf(failed.getSQLState()));
    }

    /** The tables, in the order in which they are made. Made again they stay as they are. */
    List<String> schema() {
        String table = "CREATE TABLE IF NOT EXISTS ";
        return List.of(
                table + "sluice_journal_run (run_id VARCHAR(40) NOT NULL PRIMARY KEY, token BIGINT NOT NULL,"
                        + " owner VARCHAR(300) NOT NULL, is_free SMALLINT NOT NULL, renewed_at BIGINT NOT NULL)"
                        + options,
                table
                        + "sluice_journal_record (run_id VARCHAR(40) NOT NULL, seq BIGINT NOT NULL, token BIGINT NOT NULL, entry "
                        + text + " NOT NULL, PRIMARY KEY (run_id, seq))" + options,
                table + "sluice_journal_version (version INT NOT NULL PRIMARY KEY)" + options,
                insertUnlessThere("sluice_journal_version (version) VALUES (" + JdbcJournal.VERSION + ")"));
    }
}
