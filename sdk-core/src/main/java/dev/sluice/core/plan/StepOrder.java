// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Step;
import dev.sluice.core.dump.DumpPrograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which steps a plan takes, in which order, and who does them: the source's engine, the replica's, or core. */
final class StepOrder {
    private StepOrder() {}

    /** @param isCreated whether the replica is there only after the row LOAD */
    static List<Step> of(ReplicationPlan plan, Engines engines, SeedChoice seed, boolean isCreated) {
        Engine source = engines.of(plan.source());
        Engine replica = engines.of(plan.replica());
        List<Step> core = CoreSteps.of(seed, replica.failovers(), verify(source, replica));
        return collect(
                rows(isCreated, plan.lastStep())
                        .filter(row -> row.compareTo(GuideStep.RELAX_RETENTION) <= 0)
                        .filter(row -> plan.start().isEmpty() || !copies(row))
                        .filter(row -> plan.allows(Consent.REDO_LOG_OFF) || !switchesRedoLog(row))
                        .toList(),
                source.sourceSteps(),
                replica.replicaSteps(),
                core);
    }

    private static Stream<GuideStep> rows(boolean isCreated, GuideStep last) {
        Stream<GuideStep> rows = Stream.of(GuideStep.values()).filter(row -> row.compareTo(last) <= 0);
        return isCreated ? rows.flatMap(row -> preparedOnceThere(row)) : rows;
    }

    /** What is not there cannot be prepared. */
    private static Stream<GuideStep> preparedOnceThere(GuideStep row) {
        return switch (row) {
            case PREPARE_REPLICA -> Stream.empty();
            case LOAD -> Stream.of(row, GuideStep.PREPARE_REPLICA);
            default -> Stream.of(row);
        };
    }

    /** The rows that a plan with coordinates of its own leaves out. */
    private static boolean copies(GuideStep row) {
        return row == GuideStep.SNAPSHOT || row == GuideStep.LOAD || switchesRedoLog(row);
    }

    private static boolean switchesRedoLog(GuideStep row) {
        return row == GuideStep.DISABLE_REDO_LOG || row == GuideStep.ENABLE_REDO_LOG;
    }

    static List<Step> of(EndPlan plan, Engines engines) {
        List<GuideStep> rows = new ArrayList<>(List.of(GuideStep.STOP_REPLICATION));
        if (plan.resetsReplica()) {
            rows.add(GuideStep.RESET_REPLICA);
            rows.add(GuideStep.ENABLE_EVENTS);
        }
        if (plan.account().isPresent()) {
            rows.add(GuideStep.DROP_REPLICATION_USER);
        }
        if (plan.source().isPresent()) {
            rows.add(GuideStep.RESTORE_RETENTION);
        }
        if (plan.firstKeptBinlog().isPresent()) {
            rows.add(GuideStep.PURGE_BINLOGS);
        }
        if (plan.disablesBinlog()) {
            rows.add(GuideStep.DISABLE_BINLOG);
        }
        return collect(
                rows,
                plan.source().map(source -> engines.of(source).sourceSteps()).orElse(List.of()),
                engines.of(plan.replica()).replicaSteps(),
                CoreSteps.ofEnd());
    }

    static List<Step> of(PausePlan plan, Engines engines) {
        return collect(
                List.of(plan.isStarting() ? GuideStep.START_REPLICATION : GuideStep.STOP_REPLICATION),
                List.of(),
                engines.of(plan.replica()).replicaSteps(),
                List.of());
    }

    static List<Step> of(VerifyPlan plan, Engines engines) {
        return List.of(verify(engines.of(plan.replication().source()), engines.of(plan.replica())));
    }

    /** @throws PlanRejectedException if such replicas cannot leave a table out for a while */
    static List<Step> of(CopyTablePlan plan, Engines engines) {
        Engine source = engines.of(plan.replication().source());
        Engine replica = engines.of(plan.replica());
        if (replica.tableCopySteps().isEmpty()) {
            throw new PlanRejectedException(List.of(Problem.of(
                    PlanCode.TABLE_NOT_COPIED,
                    "Replicas of the kind " + replica.id() + " cannot leave " + plan.table() + " out for a while")));
        }
        return collect(
                List.of(
                        GuideStep.HOLD_APPLIER,
                        GuideStep.SNAPSHOT,
                        GuideStep.LOAD,
                        GuideStep.LEAVE_TABLE_OUT,
                        GuideStep.REACH_COPY,
                        GuideStep.PUT_TABLE_IN,
                        GuideStep.VERIFY),
                List.of(),
                replica.tableCopySteps(),
                List.of(
                        new TakeSnapshot(source.snapshotLocks(), DumpPrograms.NONE),
                        new LoadSnapshot(DumpPrograms.NONE),
                        new Verify(source.snapshotLocks(), null)));
    }

    static List<Step> of(HeartbeatPlan plan) {
        return List.of(plan.isRemoving() ? new RemoveHeartbeat() : new CreateHeartbeat());
    }

    private static Step verify(Engine source, Engine replica) {
        return new Verify(source.snapshotLocks(), replica.applierStops().orElse(null));
    }

    private static List<Step> collect(List<GuideStep> rows, List<Step> source, List<Step> replica, List<Step> core) {
        List<Step> order = new ArrayList<>();
        List<Problem> missing = new ArrayList<>();
        for (GuideStep row : rows) {
            Optional<Step> step = Stream.of(source, replica, core)
                    .flatMap(List::stream)
                    .filter(s -> s.row() == row)
                    .findFirst();
            step.ifPresentOrElse(order::add, () -> {
                if (!mayBeLeftOut(row)) {
                    missing.add(Problem.of(PlanCode.STEP_MISSING, "No engine at hand does '" + row.title() + "'"));
                }
            });
        }
        if (!missing.isEmpty()) {
            throw new PlanRejectedException(missing);
        }
        return order;
    }

    /** Rows that some kinds of server have nothing to do for. */
    private static boolean mayBeLeftOut(GuideStep row) {
        return row == GuideStep.PREPARE_REPLICA
                || switchesRedoLog(row)
                || row == GuideStep.KEEP_BACKUPS
                || row == GuideStep.PROTECT_REPLICA
                || row == GuideStep.RELAX_RETENTION
                || row == GuideStep.RESTORE_RETENTION;
    }
}
