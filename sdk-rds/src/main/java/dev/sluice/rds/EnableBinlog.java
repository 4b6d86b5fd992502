// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ServerFacts;
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
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The source writes a binary log. On RDS for MySQL it does as long as automated backups are kept, so that switching them on switches the log
 * on, with a short outage.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html">AWS: automated backups</a>
 */
final class EnableBinlog implements Step {
    private static final String SWITCH_ON = "keep-automated-backups";
    private static final String WAIT = "wait-for-binlog";
    /** The least that RDS takes; who wants backups asks for more. */
    private static final int DAYS = 1;

    private static final Duration DEADLINE = Duration.ofHours(1);

    private final Instances instances;

    EnableBinlog(Instances instances) {
        this.instances = instances;
    }

    @Override
    public StepKey key() {
        return RdsEngine.key("enable-binlog");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_BINLOG;
    }

    @Override
    public StepDraft compile(StepContext context) {
        ServerFacts source = context.source();
        if (source.isOn("log_bin")) {
            return advised(source, StepDraft.nothing("Binary logging is on."));
        }
        if (!context.allows(Consent.BACKUP_RETENTION_CHANGE)) {
            return StepDraft.impossible(
                    Problem.of(
                            RdsErrorCode.NO_BINLOG,
                            "The source " + source.address()
                                    + " writes no binary log, because its automated backups are off",
                            "Add ." + Consent.BACKUP_RETENTION_CHANGE.method()
                                    + " to the plan, which lets the run switch them on with a short outage, or switch them on yourself"));
        }
        return advised(source, Instances.withPendingChanges(switchOn(context), context, endpoint(context)));
    }

    private static StepDraft switchOn(StepContext context) {
        RdsMySql endpoint = endpoint(context);
        OperationInfo info = OperationInfo.changing(
                        SWITCH_ON, Target.SOURCE, "keep automated backups for a day, which switches the binary log on")
                .disruptiveWith(Consent.BACKUP_RETENTION_CHANGE);
        return StepDraft.of(
                        RdsCalls.backupRetention(info, endpoint.place(), endpoint.instanceIdentifier(), DAYS),
                        new WaitOperation(
                                OperationInfo.reading(WAIT, Target.SOURCE, "wait until the source writes a binary log"),
                                "@@log_bin is 1 on " + endpoint.label(),
                                context.replication().deadlines().getOrDefault(GuideStep.ENABLE_BINLOG, DEADLINE)))
                .note("The instance is out of service for some seconds, and makes its first backup at once.")
                .note("Automated backups stay on: switching them off again would be another outage and delete them.");
    }

    /** RDS up to 8.0 logs in MIXED format where nobody has said otherwise. */
    private static StepDraft advised(ServerFacts source, StepDraft draft) {
        Optional<String> format = source.variable("binlog_format").filter(value -> !value.equalsIgnoreCase("ROW"));
        return format.isEmpty()
                ? draft
                : draft.note("The source's binlog_format is " + format.get()
                        + "; ROW is safer, and is set in the instance's parameter group.");
    }

    static RdsMySql endpoint(StepContext context) {
        Endpoint source = context.replication().source();
        if (source instanceof RdsMySql rds) {
            return rds;
        }
        throw new IllegalArgumentException("Not an instance of RDS for MySQL: " + source.label());
    }

    @Override
    public PollPace pace() {
        return instances.pace();
    }

    @Override
    public Look look(LiveContext context) {
        Optional<RdsInstance> instance = instances.find(endpoint(context)).map(RdsInstance::orThrowIfTerminal);
        boolean ordered =
                instance.filter(found -> found.comingBackupRetentionDays() > 0).isPresent();
        // A step that has nothing to do does not mind a backup.
        boolean acts = !context.step().operations().isEmpty();
        if (acts && instance.filter(found -> !found.isAvailable()).isPresent()) {
            return missing(context, "the instance is " + instance.get().status(), ordered);
        }
        try {
            boolean on = context.sourceSession()
                    .queryValue("SELECT @@GLOBAL.log_bin")
                    .filter("1"::equals)
                    .isPresent();
            return on ? Look.done("log_bin=1") : missing(context, "log_bin=0", ordered);
        } catch (StepUnavailableException away) {
            if (!acts) {
                throw away;
            }
            return missing(context, "the instance does not answer", ordered);
        }
    }

    private static Look missing(LiveContext context, String evidence, boolean ordered) {
        return StepLook.missing(context, evidence, ordered ? List.of(WAIT) : List.of(SWITCH_ON, WAIT));
    }
}
