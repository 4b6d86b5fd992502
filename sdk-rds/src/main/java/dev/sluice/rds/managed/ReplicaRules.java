// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.List;

/** What must hold, by the facts, before a managed server can follow a source by its procedures. */
final class ReplicaRules {
    private ReplicaRules() {}

    static List<Problem> problems(ManagedKind kind, StepContext context) {
        List<Problem> problems = new ArrayList<>();
        ManagedDialect dialect = ManagedDialect.of(context.replica());
        LinkEncryption.problem(context).ifPresent(problems::add);
        dialect.lacks(ManagedDialect.START).ifPresent(problems::add);
        dialect.lacks(ManagedDialect.STOP).ifPresent(problems::add);
        if (Channel.of(context.replica()).filter(Channel::isManaged).isPresent()) {
            problems.add(Problem.of(
                    ManagedErrorCode.MANAGED_REPLICA,
                    "The instance " + context.replica().address() + " is a read replica that RDS manages"));
        }
        if (context.replication().positioning() == Positioning.GTID && !GtidSeed.isTaken(context)) {
            problems.add(Problem.of(
                    ManagedErrorCode.GTID_NOT_SEEDED,
                    "The server " + context.replica().address()
                            + " cannot be told which transactions the snapshot holds, so that it cannot follow GTIDs"));
        }
        String user = context.account().user();
        if (!user.equals(user.strip())) {
            problems.add(WishRules.notOffered(
                    kind,
                    "log in to its source as '" + user + "'",
                    "its procedures cut off the blanks at the ends of a name"));
        }
        problems.addAll(WishRules.problems(kind, context));
        return problems;
    }
}
