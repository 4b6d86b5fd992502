// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that is measured. {@code docs/metrics.md} is compared with this. */
enum Metric {
    RUNS_BEGUN("sluice.runs.begun", Kind.COUNTER, null, "Runs that this process began or resumed", "how"),
    RUNS_ACTIVE("sluice.runs.active", Kind.GAUGE, null, "Runs under way in this process", "state"),
    RUNS_LEFT(
            "sluice.runs.left",
            Kind.GAUGE,
            null,
            "Runs that wait to be resumed or abandoned, as far as this process knows"),
    RUN("sluice.run", Kind.TIMER, Unit.SECONDS, "Runs that ended, from start to end", "outcome"),
    RUN_PROBLEMS("sluice.run.problems", Kind.COUNTER, null, "Error codes by which runs did not succeed", "code"),
    RUNS_TAKEN_BACK("sluice.runs.abandoned", Kind.COUNTER, null, "Runs that were abandoned after their end", "outcome"),
    RUN_LAG(
            "sluice.run.lag",
            Kind.GAUGE,
            Unit.SECONDS,
            "The largest lag that the replicas of runs under way tell; NaN if none does"),
    RUN_MOVES(
            "sluice.run.replica.moves", Kind.COUNTER, null, "Failovers of replicas that runs went through", "outcome"),
    STEP("sluice.step", Kind.TIMER, Unit.SECONDS, "Steps that ended", "step", "outcome"),
    STEP_ACTIVE("sluice.step.active", Kind.LONG_TASK_TIMER, Unit.SECONDS, "Steps under way", "step"),
    RETRIES("sluice.retries", Kind.COUNTER, null, "Tries that failed and are repeated", "step", "code"),
    OUTCOMES_UNKNOWN(
            "sluice.outcomes.unknown",
            Kind.COUNTER,
            null,
            "Operations of which only a look could tell what became of them",
            "step"),
    WARNINGS("sluice.warnings", Kind.COUNTER, null, "Warnings of runs", "code"),
    UNDOS("sluice.undos", Kind.COUNTER, null, "Changes that were undone, left or could not be undone", "outcome"),
    LOCK("sluice.lock", Kind.TIMER, Unit.SECONDS, "How long writers on sources were held up for snapshots"),
    COPY_ROWS(
            "sluice.copy.rows", Kind.COUNTER, null, "Rows that replicas confirmed; with mysqldump rows that were sent"),
    COPY_BYTES("sluice.copy.bytes", Kind.COUNTER, Unit.BYTES, "Bytes of row data that were sent"),
    COPY_TABLES("sluice.copy.tables", Kind.COUNTER, null, "Tables that were copied and confirmed"),
    COPY_RESTARTS("sluice.copy.restarts", Kind.COUNTER, null, "Copies of resumed runs that started over"),
    COPY_LEFT(
            "sluice.copy.left",
            Kind.GAUGE,
            Unit.BYTES,
            "What copies under way still have to send, by the sources' statistics"),
    COPY_CONNECTIONS(
            "sluice.copy.connections",
            Kind.GAUGE,
            null,
            "Connections by which copies under way read and write",
            "role"),
    COPIES_PAUSED("sluice.copies.paused", Kind.GAUGE, null, "Copies that pause now"),
    COPY_PAUSE("sluice.copy.pause", Kind.TIMER, Unit.SECONDS, "Pauses of copies that are over"),
    VERIFICATION("sluice.verification", Kind.TIMER, Unit.SECONDS, "Verifications of runs that ended", "outcome"),
    VERIFICATION_TABLES("sluice.verification.tables", Kind.COUNTER, null, "Tables that were compared", "result"),
    VERIFICATION_ROWS("sluice.verification.rows", Kind.COUNTER, null, "Rows that were compared, counted on the source"),
    VERIFICATION_DEFINITIONS(
            "sluice.verification.definitions", Kind.COUNTER, null, "Definitions that were found to differ"),
    REPLICATION_LAG(
            "sluice.replication.lag",
            Kind.GAUGE,
            Unit.SECONDS,
            "How far the replica is behind; NaN if not known",
            "replication",
            "by"),
    REPLICATION_LAG_TRANSACTIONS(
            "sluice.replication.lag.transactions",
            Kind.GAUGE,
            null,
            "Transactions of the source that the replica lacks; NaN if not known",
            "replication"),
    REPLICATION_LAG_BYTES(
            "sluice.replication.lag.bytes",
            Kind.GAUGE,
            Unit.BYTES,
            "Bytes of the source's binary log that are not applied; NaN if not known",
            "replication"),
    REPLICATION_HEALTH(
            "sluice.replication.health",
            Kind.GAUGE,
            null,
            "1 for the health that the replication has, 0 for all others",
            "replication",
            "health",
            "concern"),
    REPLICATION_THREAD(
            "sluice.replication.thread",
            Kind.GAUGE,
            null,
            "1 if this half of the replication runs, 0 if not, NaN if not known",
            "replication",
            "thread"),
    REPLICATION_LOOK_AGE(
            "sluice.replication.look.age",
            Kind.GAUGE,
            Unit.SECONDS,
            "How long ago the monitor has looked; NaN before its first look",
            "replication"),
    REPLICATION_MOVES(
            "sluice.replication.moves",
            Kind.COUNTER,
            null,
            "Failovers of the replica that its monitor saw",
            "replication",
            "outcome");

    private final String id;
    private final Kind kind;
    private final @Nullable Unit unit;
    private final String description;
    /** With commas between them: an enum holds nothing that could be changed. */
    private final String tagKeys;

    Metric(String id, Kind kind, @Nullable Unit unit, String description, String... tagKeys) {
        this.id = id;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.tagKeys = String.join(",", tagKeys);
    }

    /** How it is measured. */
    enum Kind {
        /** Only grows. */
        COUNTER,
        /** What is now; gone when the metrics are closed. */
        GAUGE,
        /** Count, sum and maximum of times. */
        TIMER,
        /** How many go on now, and for how long. */
        LONG_TASK_TIMER
    }

    /** What is counted in. */
    enum Unit {
        SECONDS("seconds"),
        BYTES("bytes");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Its name in a registry. */
    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    /** Null for plain numbers. */
    @Nullable
    Unit unit() {
        return unit;
    }

    String description() {
        return description;
    }

    /** The keys of its tags, in the order in which values are given. */
    List<String> tagKeys() {
        return tagKeys.isEmpty() ? List.of() : List.of(tagKeys.split(","));
    }
}
