// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The replica knows no source any more. What it knew is in the facts of the compiled plan, and so in the run's journal; the
 * password is lost.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/reset-replica.html">MySQL: RESET REPLICA ALL</a>
 */
final class ResetReplica implements Step {
    @Override
    public StepKey key() {
        return ExternalEngine.key("reset-replica");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RESET_REPLICA;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Channel> channel = Channel.of(context.replica());
        if (channel.isEmpty()) {
            return StepDraft.nothing("No replication is configured on the replica.");
        }
        Dialect dialect = Dialect.of(context.replica().version());
        StepDraft draft = StepDraft.of(new SqlOperation(
                        OperationInfo.changing(
                                "reset", Target.REPLICA, "forget the source, its password and the relay logs"),
                        Statement.of(dialect.resetReplica(Channel.NAME))))
                .needs(new RequiredPrivilege(
                        Target.REPLICA,
                        dialect.replicationAdminPrivileges(),
                        "to remove the replication configuration"))
                .needs(new RequiredPrivilege(
                        Target.REPLICA, List.of("RELOAD"), "to remove the replication configuration"))
                .note("This cannot be undone: the replica forgets " + channel.get()
                        + ", and what it fetched and did not apply.");
        for (String note : whatStays(context.replica(), dialect)) {
            draft = draft.note(note);
        }
        return draft;
    }

    /** What the set-up of a replication leaves on a replica, and how to be rid of it. */
    private static List<String> whatStays(ServerFacts replica, Dialect dialect) {
        List<String> notes = new ArrayList<>();
        if (replica.isOn("super_read_only")) {
            notes.add("The replica stays read-only; to write on it: " + dialect.setGlobal("super_read_only", "OFF")
                    + "; " + dialect.setGlobal("read_only", "OFF"));
        }
        StayStopped stay = new StayStopped(replica);
        if (stay.canBeSet() && stay.isSet()) {
            notes.add(
                    "Replication that is set up on this server later will not start by itself after a restart; to change"
                            + " that: " + stay.forgetting());
        }
        return notes;
    }

    @Override
    public Look look(LiveContext context) {
        return Channel.statusAsCompiled(context)
                .map(status -> StepLook.missingAll(
                        context, "the replica knows " + status.source().host()))
                .orElseGet(() -> Look.done("no replication is configured"));
    }
}
