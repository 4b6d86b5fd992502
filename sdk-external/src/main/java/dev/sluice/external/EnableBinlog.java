// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.util.List;

/**
 * The source writes a binary log that replicas can follow: on, in row format with full images, under a server id. What can be set
 * while the server runs is set; what needs a restart is asked of a person, with the exact option lines.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-howto-masterbaseconfig.html">MySQL: setting the replication
 *     source configuration</a>
 */
final class EnableBinlog implements Step {
    private static final String RESTART = "restart-with-binlog";

    @Override
    public StepKey key() {
        return ExternalEngine.key("enable-binlog");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_BINLOG;
    }

    @Override
    public StepDraft compile(StepContext context) {
        BinlogSettings settings = BinlogSettings.of(context);
        if (settings.needRestart()) {
            return restart(context, settings.optionLines());
        }
        StepDraft draft = StepDraft.of();
        for (Setting setting : settings.online()) {
            draft = draft.and(setting.operation(
                            BinlogSettings.id(setting.variable()),
                            Target.SOURCE,
                            "set " + setting.variable() + " to " + setting.value(),
                            UndoScope.ROLLBACK))
                    .needs(setting.privilege(Target.SOURCE));
            for (String note : BinlogSettings.notes(setting)) {
                draft = draft.note(note);
            }
        }
        return settings.online().isEmpty()
                ? draft.note("Binary logging is on, in row format with full images, under server id "
                        + context.source().serverId() + ".")
                : draft;
    }

    private static StepDraft restart(StepContext context, List<String> lines) {
        if (!context.allows(Consent.SOURCE_RESTART)) {
            return StepDraft.impossible(Problem.of(
                    ExternalErrorCode.SOURCE_NEEDS_RESTART,
                    "The source " + context.source().address()
                            + " writes no binary log that a replica could follow, and has to be restarted with other options",
                    "Let somebody restart it with " + String.join("; ", lines) + ", or add ."
                            + Consent.SOURCE_RESTART.method() + " to the plan, and the run waits for that"));
        }
        OperationInfo info = OperationInfo.changing(
                        RESTART, Target.SOURCE, "have the source restarted with a binary log that replicas can follow")
                .disruptiveWith(Consent.SOURCE_RESTART);
        return StepDraft.of(new PersonOperation(
                        info,
                        lines,
                        context.replication()
                                .deadlines()
                                .getOrDefault(GuideStep.ENABLE_BINLOG, PersonOperation.DEFAULT_DEADLINE)))
                .note("The run goes on as soon as the server shows that it was restarted with these options.")
                .note("The restart cannot be undone by the run; the option file keeps the lines.");
    }

    @Override
    public Look look(LiveContext context) {
        GlobalVariables now = GlobalVariables.read(context.sourceSession(), BinlogSettings.VARIABLES);
        List<String> deviations = BinlogSettings.of(context).deviations(now);
        if (deviations.isEmpty()) {
            return Look.done(now.toString());
        }
        boolean restart = context.step().operations().stream()
                .anyMatch(operation -> operation.id().equals(RESTART));
        return StepLook.missing(
                context,
                now.toString(),
                restart
                        ? List.of(RESTART)
                        : deviations.stream().map(BinlogSettings::id).toList());
    }
}
