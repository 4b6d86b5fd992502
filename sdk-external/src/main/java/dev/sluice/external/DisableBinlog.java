// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * The source writes no binary log any more. That needs a restart with other options, so that it is asked of a person; never as long
 * as other replicas are attached.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html">MySQL: skip-log-bin</a>
 */
final class DisableBinlog implements Step {
    @Override
    public StepKey key() {
        return ExternalEngine.key("disable-binlog");
    }

    @Override
    public GuideStep row() {
        return GuideStep.DISABLE_BINLOG;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (!context.source().isOn("log_bin")) {
            return StepDraft.nothing("Binary logging is off already.");
        }
        List<Long> others = others(context, context.source().attachedReplicas());
        if (!others.isEmpty()) {
            return StepDraft.impossible(attached(context, others));
        }
        return StepDraft.of(new PersonOperation(
                        OperationInfo.changing(
                                "restart-without-binlog",
                                Target.SOURCE,
                                "have the source restarted without a binary log"),
                        lines(context.source()),
                        PersonOperation.DEFAULT_DEADLINE))
                .note("The binary log files stay on the source's disk until somebody deletes them.")
                .note("Without a binary log there is no recovery to a point in time, and no replica can attach.");
    }

    private static List<String> lines(ServerFacts source) {
        List<String> lines = new ArrayList<>();
        lines.add("remove log-bin from the option file, if it is there");
        if (source.gtidsOn()
                || source.variable("gtid_mode").filter(m -> !m.equals("OFF")).isPresent()) {
            lines.add("remove gtid-mode and enforce-gtid-consistency from the option file, unless GTIDs are to stay");
        }
        if (source.version().isAtLeast(8, 0, 0)) {
            lines.add("put into the option file under [mysqld]:");
            lines.add("skip-log-bin");
        }
        lines.add("restart the server");
        return lines;
    }

    private static List<Long> others(StepContext context, List<Long> attached) {
        return attached.stream()
                .filter(id -> id != context.replica().serverId())
                .toList();
    }

    private static Problem attached(StepContext context, List<Long> others) {
        return Problem.of(
                ExternalErrorCode.OTHER_REPLICAS_ATTACHED,
                "Other replicas still follow the source " + context.source().address() + ": server ids " + others);
    }

    @Override
    public Look look(LiveContext context) {
        GlobalVariables now = GlobalVariables.read(context.sourceSession(), "log_bin");
        if (now.has("log_bin", "OFF")) {
            return Look.done("binary logging is off");
        }
        Dialect dialect = Dialect.of(context.source().version());
        List<Long> others = others(
                context,
                context.sourceSession().query(dialect.showReplicas()).stream()
                        .map(row -> row.number("Server_Id"))
                        .toList());
        if (!others.isEmpty()) {
            throw new StepRefusedException(attached(context, others));
        }
        return StepLook.missingAll(context, "binary logging is on");
    }
}
