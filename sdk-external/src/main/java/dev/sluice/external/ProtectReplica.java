// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.util.List;
import java.util.Optional;

/**
 * Nobody but replication writes on the replica, administrators included, if it holds nothing but what the plan replicates. Stays so
 * after the run; a cancel takes it back, since rows that were loaded could not be dropped otherwise.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html">MySQL: super_read_only</a>
 */
final class ProtectReplica implements Step {
    private static final String VARIABLE = "super_read_only";
    private static final String PROTECT = "make-read-only";

    @Override
    public StepKey key() {
        return ExternalEngine.key("protect-replica");
    }

    @Override
    public GuideStep row() {
        return GuideStep.PROTECT_REPLICA;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<String> why = whyNot(context);
        if (why.isPresent()) {
            return StepDraft.nothing(why.get());
        }
        Setting readOnly = readOnly(context);
        StepDraft draft = StepDraft.of(new SqlOperation(info(context.replica(), readOnly), readOnly.statement()))
                .needs(readOnly.privilege(Target.REPLICA))
                .note(
                        "Switches read_only on, too. It stays on after the run: to write on this server later, switch both off.");
        for (String note : readOnly.notes()) {
            draft = draft.note(note);
        }
        return draft;
    }

    /** Switching it off leaves read_only on, so that this is undone, too, and last. */
    private static OperationInfo info(ServerFacts replica, Setting readOnly) {
        OperationInfo info =
                OperationInfo.changing(PROTECT, Target.REPLICA, "let nobody but replication write on the replica");
        if (!replica.isOn("read_only")) {
            info = info.undoneBy(new Undo(
                    UndoScope.ROLLBACK,
                    "restore read_only to OFF",
                    Statement.of("SET GLOBAL read_only = OFF"),
                    new OnlyIf("SELECT @@GLOBAL.read_only", "1")));
        }
        for (Undo undo : readOnly.undos(UndoScope.ROLLBACK)) {
            info = info.undoneBy(undo);
        }
        return info;
    }

    private static Setting readOnly(StepContext context) {
        return new Setting(context.replica(), VARIABLE, "ON");
    }

    /** Why the replica is left writable. */
    private static Optional<String> whyNot(StepContext context) {
        if (context.replication().replicaStaysWritable()) {
            return Optional.of(
                    "The plan leaves the replica writable: whatever others write there makes it differ from the"
                            + " source, and can break replication.");
        }
        List<String> others = context.replica().databases().stream()
                .filter(database -> !context.replication().scope().touches(database))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("The replica stays writable because it holds databases that are not the plan's: "
                        + String.join(", ", others));
    }

    @Override
    public Look look(LiveContext context) {
        if (whyNot(context).isPresent()) {
            return Look.done("the replica stays writable");
        }
        GlobalVariables now = GlobalVariables.read(context.replicaSession(), VARIABLE);
        return now.has(VARIABLE, "ON")
                ? Look.done(now.toString())
                : StepLook.missing(context, now.toString(), List.of(PROTECT));
    }
}
