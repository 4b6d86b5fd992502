// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.Endpoint;
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

/**
 * Automated backups are kept of a replica that is there. Between the load and replication, in a row of its own: the load is not written to a binary
 * log that nobody reads, the first backup has it, and the run, which a restart takes its claim from, does nothing on the replica before it has claimed it
 * again.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html">AWS: automated backups</a>
 */
final class KeepBackups implements Step {
    private static final String KEEP = "keep-automated-backups";
    private static final String WAIT = "wait-for-backups";

    /** The first backup is made at once, and takes its time. */
    private static final Duration DEADLINE = Duration.ofHours(12);

    private final Instances instances;

    KeepBackups(Instances instances) {
        this.instances = instances;
    }

    @Override
    public StepKey key() {
        return RdsEngine.key("keep-replica-backups");
    }

    @Override
    public GuideStep row() {
        return GuideStep.KEEP_BACKUPS;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Integer> days = RdsEngine.backupDays(context);
        if (days.isEmpty()) {
            return StepDraft.nothing("The plan says nothing about automated backups of the replica.");
        }
        if (context.replication().replica() instanceof NewRdsInstance) {
            return StepDraft.impossible(Problem.of(
                    ManagedErrorCode.NOT_OFFERED,
                    "A replica that the plan creates has its backups from the beginning, not by keepingBackups()",
                    "Say it of the new instance: automatedBackups(" + days.get() + ")"));
        }
        boolean isOn = context.replica().isOn("log_bin");
        if (isOn && !instances.canBeAsked()) {
            return StepDraft.nothing(
                    "Automated backups of the replica are on. For how long they are kept only AWS could tell, so that they stay as they are.");
        }
        return isOn || context.allows(Consent.BACKUP_RETENTION_CHANGE)
                ? kept(context, days.get(), isOn)
                : StepDraft.impossible(
                        Problem.of(
                                RdsErrorCode.BACKUPS_NEED_RESTART,
                                "The replica " + context.replica().address() + " has no automated backups",
                                "Add ." + Consent.BACKUP_RETENTION_CHANGE.method()
                                        + " to the plan, which lets the run switch them on with a short outage, or take keepingBackups() off it"));
    }

    private static StepDraft kept(StepContext context, int days, boolean isOn) {
        RdsServer replica = replica(context);
        OperationInfo info = OperationInfo.changing(
                KEEP, Target.REPLICA, "keep automated backups of the replica for " + days + " days");
        StepDraft draft = StepDraft.of(
                RdsCalls.backupRetention(
                        isOn ? info : info.disruptiveWith(Consent.BACKUP_RETENTION_CHANGE),
                        replica.place(),
                        replica.instanceIdentifier(),
                        days),
                new WaitOperation(
                        OperationInfo.reading(WAIT, Target.REPLICA, "wait until backups are kept"),
                        "automated backups of " + replica.instanceIdentifier() + " are kept, and it is available",
                        context.replication().deadlines().getOrDefault(GuideStep.KEEP_BACKUPS, DEADLINE)));
        return Instances.withPendingChangesOfReplica(isOn ? draft : ofRestart(draft), context, replica)
                .note(
                        "Automated backups stay on, whatever becomes of the run. Where they are kept for longer already, nothing is done.");
    }

    private static StepDraft ofRestart(StepDraft draft) {
        return draft.note(
                        "The instance restarts: all its sessions break, and it makes its first backup at once. From then on it writes a binary"
                                + " log of its own.")
                .note(
                        "The run claims the replica anew after that; meanwhile a lock on the source keeps other runs from it.");
    }

    private static RdsServer replica(StepContext context) {
        Endpoint replica = context.replication().replica();
        if (replica instanceof RdsServer rds) {
            return rds;
        }
        throw new IllegalArgumentException("Not an instance of RDS for MySQL: " + replica.label());
    }

    @Override
    public PollPace pace() {
        return instances.pace();
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty()) {
            return Look.done("there is nothing to do about backups");
        }
        int days = RdsEngine.backupDays(context).orElseThrow();
        Optional<RdsInstance> instance = instances.find(replica(context)).map(RdsInstance::orThrowIfTerminal);
        boolean ordered = instance.map(found -> found.comingBackupRetentionDays() >= days)
                .orElseGet(() -> context.told(KEEP).isPresent());
        if (instance.filter(found -> !isSettled(found, days)).isPresent()) {
            return missing(context, evidence(instance.get()), ordered);
        }
        return server(context, instance.map(KeepBackups::evidence).orElse("automated backups are on"), ordered);
    }

    /** A modification shows for a moment as made, while it is still to come. */
    private static boolean isSettled(RdsInstance instance, int days) {
        return instance.isAvailable()
                && instance.backupRetentionDays() >= days
                && instance.pendingBackupRetentionDays() == null;
    }

    private static String evidence(RdsInstance instance) {
        return "the instance is " + instance.status() + " and keeps backups for " + instance.backupRetentionDays()
                + " days";
    }

    /** It writes a binary log as long as backups of it are kept. */
    private static Look server(LiveContext context, String evidence, boolean ordered) {
        try {
            boolean on = context.replicaSession()
                    .queryValue("SELECT @@GLOBAL.log_bin")
                    .filter("1"::equals)
                    .isPresent();
            return on ? Look.done(evidence) : missing(context, "log_bin=0 on the replica", ordered);
        } catch (StepUnavailableException away) {
            return missing(context, "the replica does not answer", ordered);
        }
    }

    private static Look missing(LiveContext context, String evidence, boolean ordered) {
        return StepLook.missing(context, evidence, ordered ? List.of(WAIT) : List.of(KEEP, WAIT));
    }
}
