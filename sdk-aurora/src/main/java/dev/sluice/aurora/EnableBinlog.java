// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.util.Optional;

/**
 * The source writes a binary log, in rows. A cluster does so only after its parameter group says it and its writer was rebooted.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.MySQL.SettingUp.html">AWS: setting up
 *     binary log replication</a>
 */
final class EnableBinlog implements Step {
    private final BinlogFormat format;

    EnableBinlog(BinlogFormat format) {
        this.format = format;
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key("enable-binlog");
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
        if (!context.allows(Consent.WRITER_REBOOT)) {
            return StepDraft.impossible(Problem.of(
                    AuroraErrorCode.NO_BINLOG,
                    "The source " + source.address() + " writes no binary log: its binlog_format is OFF",
                    "Add ." + Consent.WRITER_REBOOT.method()
                            + " to the plan, which lets the run set binlog_format in the cluster's parameter group and reboot the"
                            + " writer, or do so yourself"));
        }
        return format.addTo(StepDraft.of(), context)
                .note("The binary log stays on: switching it off again would be another reboot.");
    }

    private static StepDraft advised(ServerFacts source, StepDraft draft) {
        Optional<String> format = source.variable("binlog_format").filter(value -> !value.equalsIgnoreCase("ROW"));
        return format.isEmpty()
                ? draft
                : draft.note("The source's binlog_format is " + format.get()
                        + "; ROW is safer, and is set in the cluster's parameter group, with a reboot.");
    }

    @Override
    public PollPace pace() {
        return format.pace();
    }

    @Override
    public Look look(LiveContext context) {
        return format.look(context);
    }
}
