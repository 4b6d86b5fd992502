// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Scope;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.UnloggedSession;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Sends rows to the replica into a temporary table, which only its own session sees and which goes with it, and measures how fast the replica
 * takes them. Nothing is written into any log: where that is not certain, nothing is sent.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-features-temptables.html">MySQL: replication and temporary tables</a>
 */
record WriteProbe(MySqlConnector replica, ServerFacts facts) {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int MOST_TIMES = 4;
    private static final String TABLE = "sluice_probe";

    /**
     * What came of it.
     *
     * @param bytesPerSecond empty if nothing was measured
     * @param about why, or what it is
     */
    record Result(OptionalLong bytesPerSecond, String about) {
        static Result none(String why) {
            return new Result(OptionalLong.empty(), "How fast the replica writes was not measured: " + why);
        }
    }

    Result send(byte[] text) {
        if (text.length == 0) {
            return Result.none("there are no rows to send");
        }
        if (facts.isExpected()) {
            return Result.none("it is not there yet");
        }
        if (!facts.isOn("local_infile")) {
            return Result.none("it does not take LOAD DATA LOCAL");
        }
        try (MySqlSession session = replica.open(SessionUse.WRITER)) {
            return send(session, text);
        } catch (StepException failure) {
            return Result.none(failure.problems().get(0).what());
        }
    }

    private Result send(MySqlSession session, byte[] text) {
        if (!session.streamsRows()) {
            return Result.none("the connections are not by MySQL Connector/J");
        }
        if (!isUnlogged(session)) {
            return Result.none("its login may not leave the binary log out, which might hold the temporary table");
        }
        String table = Quote.identifier(database()) + "." + Quote.identifier(TABLE);
        session.execute("CREATE TEMPORARY TABLE " + table
                + " (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, line LONGBLOB) ENGINE = InnoDB");
        try {
            return measured(session, table, text);
        } finally {
            session.execute("DROP TEMPORARY TABLE " + table);
        }
    }

    /** From 8.0 on nothing about temporary tables is logged in row format; before, their end is. */
    private boolean isUnlogged(MySqlSession session) {
        boolean neverLogs = facts.version().isAtLeast(8, 0, 4)
                && facts.variable("binlog_format")
                        .filter("ROW"::equalsIgnoreCase)
                        .isPresent();
        if (neverLogs || !facts.isOn("log_bin")) {
            return true;
        }
        try {
            session.execute(UnloggedSession.statement(facts));
            return true;
        } catch (StepRefusedException notForThisUser) {
            return false;
        }
    }

    /** A table needs a database, even one that nobody else sees; every server has this one. */
    private String database() {
        return facts.databases().stream()
                .filter(name -> !Scope.isSystem(name))
                .findFirst()
                .orElse("sys");
    }

    private static Result measured(MySqlSession session, String table, byte[] text) {
        String load = "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + table
                + " CHARACTER SET binary FIELDS TERMINATED BY '\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\n' (line)";
        long sent = 0;
        long began = System.nanoTime();
        long took = 0;
        for (int i = 0; i < MOST_TIMES && took < LONGEST.toNanos(); i++) {
            session.loadLocal(load, new ByteArrayInputStream(text));
            sent += text.length;
            took = System.nanoTime() - began;
        }
        return new Result(
                OptionalLong.of((long) (sent * 1e9 / Math.max(1, took))),
                "The replica took rows into a temporary table of the session: without redo log, binary log and secondary keys, so that"
                        + " it writes the plan's tables no faster than this");
    }
}
