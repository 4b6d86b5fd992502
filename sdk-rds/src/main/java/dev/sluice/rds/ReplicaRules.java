// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.List;

/** What must hold, by the facts, before an instance can follow a source outside of RDS. */
final class ReplicaRules {
    private ReplicaRules() {}

    static List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        LinkEncryption.problem(context).ifPresent(problems::add);
        Procedures.missing(context.replica(), Procedures.START).ifPresent(problems::add);
        Procedures.missing(context.replica(), Procedures.STOP).ifPresent(problems::add);
        if (Channel.of(context.replica()).filter(Channel::isManaged).isPresent()) {
            problems.add(Problem.of(
                    RdsErrorCode.MANAGED_REPLICA,
                    "The instance " + context.replica().address() + " is a read replica that RDS manages"));
        }
        if (context.replication().positioning() == Positioning.GTID) {
            problems.add(Problem.of(
                    RdsErrorCode.GTID_NOT_SEEDED,
                    "The instance " + context.replica().address()
                            + " cannot be told which transactions the snapshot holds, so that it cannot follow GTIDs"));
        }
        if (!context.replication().scope().isEverything()) {
            problems.add(Problem.of(
                    RdsErrorCode.FILTER_NOT_SET,
                    "The plan is about " + context.replication().scope()
                            + ", and the replica would stop at the first change of anything else"));
        }
        return problems;
    }
}
