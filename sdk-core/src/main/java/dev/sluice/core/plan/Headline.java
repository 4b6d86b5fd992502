// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import java.util.List;
import java.util.stream.Collectors;

/** Sentences that all forms of an explanation share. */
final class Headline {
    private Headline() {}

    static String title(CompiledPlan compiled) {
        Plan plan = compiled.plan();
        if (plan instanceof ReplicationPlan replication) {
            return "Replicate " + replication.source().label() + " to "
                    + replication.replica().label();
        }
        if (plan instanceof PausePlan pause) {
            return (pause.isStarting() ? "Start the replication on " : "Stop the replication on ")
                    + pause.replica().label();
        }
        if (plan instanceof VerifyPlan verify) {
            return "Compare " + verify.replica().label() + " with "
                    + verify.replication().source().label();
        }
        if (plan instanceof HeartbeatPlan heartbeat) {
            return (heartbeat.isRemoving() ? "Remove the heartbeat table from " : "Create the heartbeat table on ")
                    + heartbeat.replication().source().label();
        }
        if (plan instanceof CopyTablePlan copy) {
            return "Copy the table " + copy.table() + " anew from "
                    + copy.replication().source().label() + " to "
                    + copy.replica().label();
        }
        return "End the replication on " + ((EndPlan) plan).replica().label();
    }

    static List<String> facts(CompiledPlan compiled) {
        List<String> lines = new java.util.ArrayList<>();
        compiled.sourceFacts().ifPresent(source -> lines.add("Source: " + server(source)));
        lines.add("Replica: " + server(compiled.replicaFacts()));
        if (compiled.plan() instanceof ReplicationPlan plan) {
            lines.add("Scope: " + plan.scope());
            lines.add("Positioning: "
                    + switch (compiled.positioning()) {
                        case GTID -> "GTID, auto-position";
                        default -> "binary log file and position";
                    });
            if (!plan.consents().isEmpty()) {
                lines.add("Allowed by name: "
                        + plan.consents().stream().map(c -> c.method()).collect(Collectors.joining(", ")));
            }
            if (!plan.skippedChecks().isEmpty()) {
                lines.add("Checks left out: "
                        + plan.skippedChecks().stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        lines.add("Fingerprint: " + compiled.fingerprint());
        return lines;
    }

    private static String server(ServerFacts facts) {
        if (facts.isExpected()) {
            return "created by this plan, MySQL " + facts.version()
                    + "; what it will say about itself is derived from its source";
        }
        return facts.address() + ", MySQL " + facts.version() + ", server id " + facts.serverId() + ", "
                + facts.serverUuid();
    }

    static String where(Operation operation) {
        return where(operation.info().target());
    }

    static String where(Target target) {
        return switch (target) {
            case SOURCE -> "on the source";
            case REPLICA -> "on the replica";
            case SEED -> "on the temporary server";
            case BOTH -> "on both";
        };
    }

    static String undo(Undo undo) {
        String when = switch (undo.scope()) {
            case GUARD -> "released on every exit";
            case TEMPORARY -> "undone at the end, on cancel and on abandon";
            case ROLLBACK -> "undone on cancel and abandon";
        };
        return when + ": "
                + String.join("; ", undo.preview())
                + undo.onlyIf()
                        .map(only -> "  (only if " + asked(only) + " is still "
                                + (only.expected().isEmpty() ? "empty" : only.expected()) + ")")
                        .orElse("");
    }

    private static String asked(Undo.OnlyIf only) {
        return only.columns().isEmpty() ? only.query() : String.join(" ", only.columns()) + " of " + only.query();
    }
}
