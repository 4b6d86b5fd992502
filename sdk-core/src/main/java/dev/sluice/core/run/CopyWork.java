// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.copy.Copier;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.CopyListener;
import dev.sluice.core.copy.CopyReport;
import dev.sluice.core.copy.CopyRequest;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.copy.CreatedObjects;
import dev.sluice.core.copy.DumpReport;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.UnloggedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Copies the snapshot to the replica. */
final class CopyWork {
    private final RunSettings settings;
    private final RunLog log;
    private final RetryBudget budget;

    CopyWork(RunSettings settings, RunLog log, RetryBudget budget) {
        this.settings = settings;
        this.budget = budget;
        this.log = log;
    }

    void copy(CopyOperation operation, RunLive live, Consumer<Undo> undos) {
        OpenSnapshot open = live.memory().openSnapshot();
        if (open == null) {
            throw new StepRefusedException(Problem.of(
                    RunCode.SNAPSHOT_GONE, "The snapshot of " + live.source().address() + " is not open any more"));
        }
        // Only what the copy is about to create, once it was seen that the replica has none of it, may ever be dropped.
        Catalog landing = landing(open, live);
        Consumer<CreatedObjects> creating =
                created -> CopyUndos.of(created, landing).forEach(undo -> undos.accept(asLogged(undo, live)));
        open.watch().whileReading(live.time().cancellation(), cancellation -> {
            if (open instanceof OpenDump dump) {
                load(dump, live, creating, cancellation);
            } else if (open instanceof OpenSessions sessions) {
                copy(sessions, landing, live, creating, cancellation);
            }
        });
        live.memory().closeSnapshot();
    }

    /** One table that is copied anew is made beside the one that is there. */
    private static Catalog landing(OpenSnapshot open, RunLive live) {
        return live.plan() instanceof CopyTablePlan plan
                ? open.catalog().tablesIn(plan.copyDatabase())
                : open.catalog();
    }

    /** What never was in the replica's own log must not be dropped there: nobody follows a replica on which one table is copied anew. */
    private static Undo asLogged(Undo undo, RunLive live) {
        if (!(live.plan() instanceof CopyTablePlan)) {
            return undo;
        }
        List<Statement> settings = new ArrayList<>(undo.settings());
        settings.add(Statement.of(UnloggedSession.statement(live.replica())));
        return new Undo(undo.scope(), undo.purpose(), settings, undo.reversal(), undo.guardOrNull());
    }

    private void copy(
            OpenSessions open,
            Catalog landing,
            RunLive live,
            Consumer<CreatedObjects> creating,
            Cancellation cancellation) {
        CopyProgress progress = new CopyProgress(log);
        CopyReport report;
        try (CopyThrottles throttles =
                new CopyThrottles(settings.throttle(), settings.budget(), live.servers(), open.server())) {
            report = new Copier(
                            new CopyRequest(settings.budget(), throttles, binlog(live, log))
                                    .unloggedBy(UnloggedSession.statement(live.replica())),
                            new Telling(live.step().key(), budget, progress, creating, open, log))
                    .copy(
                            open.snapshot(),
                            live.servers().connector(open.server()),
                            open.catalog(),
                            landing,
                            live.servers().connector(Target.REPLICA),
                            cancellation);
        }
        progress.finished();
        live.memory().loaded(report.rows(), report.bytes(), report.took());
    }

    private void load(OpenDump open, RunLive live, Consumer<CreatedObjects> creating, Cancellation cancellation) {
        open.progress().begin(open.catalog());
        DumpReport report = open.dump().load(creating, cancellation);
        open.progress().finished(report, (table, bytes) -> journal(table.table(), table.rows(), bytes));
        live.memory().loaded(report.rows(), report.bytes(), report.took());
    }

    private void journal(TableName table, long rows, long bytes) {
        log.journal(at -> new JournalRecord.TableLoaded(at, table.database(), table.table(), rows, bytes));
    }

    /** The load stays out of the replica's binary log only if nobody follows it. */
    static ReplicaBinlog binlog(RunLive live, RunLog log) {
        return new LoadLogging(live.replica(), problem -> warn(log, problem)).decide(live.replicaSession());
    }

    private static void warn(RunLog log, Problem problem) {
        log.event((run, at) -> new RunEvent.Warning(run, at, problem));
    }

    /** Passes what copy threads tell on to the run's events. */
    private record Telling(
            StepKey step,
            RetryBudget budget,
            CopyProgress progress,
            Consumer<CreatedObjects> creating,
            OpenSnapshot snapshot,
            RunLog log)
            implements CopyListener {
        @Override
        public void creates(CreatedObjects objects) {
            creating.accept(objects);
        }

        @Override
        public void planned(TableName table, long estimatedRows, long estimatedBytes) {
            progress.planned(table, estimatedRows, estimatedBytes);
        }

        @Override
        public void tableBegun(TableName table) {
            progress.begun(table);
        }

        @Override
        public void progress(TableName table, long rows, long bytes) {
            progress.at(table, rows, bytes);
        }

        @Override
        public void tableDone(TableName table, long rows, long bytes) {
            progress.done(table, rows, bytes);
            log.journal(at -> new JournalRecord.TableLoaded(at, table.database(), table.table(), rows, bytes));
        }

        /** Keys can take hours, for which the source need not keep its history. */
        @Override
        public void allRead() {
            snapshot.close();
        }

        @Override
        public void warning(Problem problem) {
            warn(log, problem);
        }

        @Override
        public void retried(TableName table, int failedAttempt, Duration pause, Problem why) {
            Problem ofTable = Problem.of(why.code(), table + ": " + why.what());
            RetryBudget.Left left = budget.spend(step, ofTable);
            log.event((run, at) -> new RunEvent.RetryScheduled(
                    run, at, step, failedAttempt, pause, ofTable, left.ofStep(), left.ofRun()));
        }

        @Override
        public void paceChanged(int readers, int writers, long bytesPerSecond) {
            log.event((run, at) -> new RunEvent.CopyPaceChanged(
                    run, at, readers, writers, bytesPerSecond == CopyBudget.UNLIMITED ? null : bytesPerSecond));
        }

        @Override
        public void paused(String reason) {
            log.event((run, at) -> new RunEvent.CopyPaused(run, at, reason));
        }

        @Override
        public void wentOn(Duration paused) {
            log.event((run, at) -> new RunEvent.CopyWentOn(run, at, paused));
        }
    }
}
