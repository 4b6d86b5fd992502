// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What differs between the databases that can hold a journal. */
enum JdbcDialect {
    MYSQL(
            "CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS SIGNED)",
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

    /** An insert that does nothing where the key is there already. */
    String insertUnlessThere(String rest) {
        return insert + rest + unlessThere;
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
