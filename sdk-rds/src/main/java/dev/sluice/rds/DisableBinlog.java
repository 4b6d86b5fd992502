// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.RdsCalls;
import dev.sluice.rds.aws.RdsInstance;
import dev.sluice.rds.managed.ManagedErrorCode;
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The source writes no binary log. On RDS for MySQL that means no automated backups: those that there are get deleted. */
final class DisableBinlog implements Step {
    private static final String SWITCH_OFF = "end-automated-backups";
    private static final String WAIT = "wait-for-no-binlog";
    private static final Duration DEADLINE = Duration.ofHours(1);

    private final Instances instances;

    DisableBinlog(Instances instances) {
        this.instances = instances;
    }

    @Override
    public StepKey key() {
        return RdsEngine.key("disable-binlog");
    }

    @Override
    public GuideStep row() {
        return GuideStep.DISABLE_BINLOG;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (!context.source().isOn("log_bin")) {
            return StepDraft.nothing("Binary logging is off.");
        }
        List<Long> others = context.source().attachedReplicas().stream()
                .filter(id -> id != context.replica().serverId())
                .toList();
        if (!others.isEmpty()) {
            return StepDraft.impossible(Problem.of(
                    ManagedErrorCode.OTHER_REPLICAS_ATTACHED,
                    "Replicas with server ids " + others + " follow the source"));
        }
        if (!context.allows(Consent.BACKUP_RETENTION_CHANGE)) {
            return StepDraft.impossible(Problem.of(
                    RdsErrorCode.BACKUPS_WOULD_END,
                    "The source can write no binary log only without automated backups, and those that there are get deleted",
                    "Add ." + Consent.BACKUP_RETENTION_CHANGE.method()
                            + " to the plan, or take disableBinlog() off it"));
        }
        RdsMySql endpoint = endpoint(context);
        OperationInfo info = OperationInfo.changing(
                        SWITCH_OFF, Target.SOURCE, "end automated backups, which switches the binary log off")
                .disruptiveWith(Consent.BACKUP_RETENTION_CHANGE);
        return Instances.withPendingChanges(StepDraft.of(), context, endpoint)
                .and(RdsCalls.backupRetention(info, endpoint.place(), endpoint.instanceIdentifier(), 0))
                .and(new WaitOperation(
                        OperationInfo.reading(WAIT, Target.SOURCE, "wait until the source writes no binary log"),
                        "@@log_bin is 0 on " + endpoint.label(),
                        DEADLINE))
                .note(
                        "This deletes all automated backups of the instance and ends point-in-time recovery. It cannot be undone.");
    }

    private static RdsMySql endpoint(StepContext context) {
        return context.end()
                .source()
                .filter(RdsMySql.class::isInstance)
                .map(RdsMySql.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("The source is no instance of RDS for MySQL"));
    }

    @Override
    public PollPace pace() {
        return instances.pace();
    }

    @Override
    public Look look(LiveContext context) {
        Optional<RdsInstance> instance = instances.find(endpoint(context)).map(RdsInstance::orThrowIfTerminal);
        boolean ordered =
                instance.filter(found -> found.comingBackupRetentionDays() == 0).isPresent();
        boolean acts = !context.step().operations().isEmpty();
        if (acts && instance.filter(found -> !found.isAvailable()).isPresent()) {
            return missing(context, "the instance is " + instance.get().status(), ordered);
        }
        try {
            boolean off = context.sourceSession()
                    .queryValue("SELECT @@GLOBAL.log_bin")
                    .filter("0"::equals)
                    .isPresent();
            return off ? Look.done("log_bin=0") : missing(context, "log_bin=1", ordered);
        } catch (StepUnavailableException away) {
            if (!acts) {
                throw away;
            }
            return missing(context, "the instance does not answer", ordered);
        }
    }

    private static Look missing(LiveContext context, String evidence, boolean ordered) {
        return StepLook.missing(context, evidence, ordered ? List.of(WAIT) : List.of(SWITCH_OFF, WAIT));
    }
}
