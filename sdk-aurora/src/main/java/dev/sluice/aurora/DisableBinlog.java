// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.managed.ManagedErrorCode;
import dev.sluice.rds.managed.ManagedSteps;
import dev.sluice.rds.managed.StepLook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The source writes no binary log and keeps none: its retention is NULL, {@code binlog_format} is OFF and its writer was rebooted.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.MySQL.Stopping.html">AWS: stopping
 *     binary log replication</a>
 */
final class DisableBinlog implements Step {
    private static final String FORGET = "forget-retention";

    private final BinlogFormat format;

    DisableBinlog(BinlogFormat format) {
        this.format = format;
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key("disable-binlog");
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
        if (!context.allows(Consent.WRITER_REBOOT)) {
            return StepDraft.impossible(Problem.of(
                    AuroraErrorCode.REBOOT_NEEDED,
                    "The source stops writing a binary log only when its writer is rebooted",
                    "Add ." + Consent.WRITER_REBOOT.method() + " to the plan, or take disableBinlog() off it"));
        }
        return format.addTo(StepDraft.of().and(ManagedSteps.forgettingRetention(FORGET)), context)
                .needs(ManagedSteps.mayCallProcedures())
                .note("Binary logs that there are get removed: nobody can follow from them any more.");
    }

    @Override
    public PollPace pace() {
        return format.pace();
    }

    @Override
    public Look look(LiveContext context) {
        boolean retains = retainsBinlogs(context);
        Look look = format.look(context);
        return retains && look instanceof Look.Missing missing
                ? StepLook.missing(context, missing.evidence(), withForget(missing.operationIds()))
                : look;
    }

    private static List<String> withForget(Collection<String> ids) {
        List<String> all = new ArrayList<>(ids);
        all.add(FORGET);
        return all;
    }

    /** While the writer is away its retention is as it was, and has been set to NULL before. */
    private static boolean retainsBinlogs(LiveContext context) {
        try {
            return ManagedSteps.retainsBinlogs(context.sourceSession());
        } catch (StepUnavailableException away) {
            return false;
        }
    }
}
