// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Grants;
import java.util.List;

/**
 * The replica takes the copy's rows from this user. Where it takes them from nobody ({@code super_read_only}, a reader of a
 * cluster), its engine says so.
 */
final class ReplicaReadOnly implements FactsRule {
    private static final List<String> MAY_WRITE = List.of("SUPER", "CONNECTION_ADMIN");

    @Override
    public String id() {
        return "replica-read-only";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.REPLICA_READ_ONLY;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerFacts replica = context.replica();
        boolean refuses = replica.isOn("read_only")
                && !replica.isOn("super_read_only")
                && !Grants.parse(replica.grants()).hasAny(MAY_WRITE);
        return refuses && PlanReach.copies(context)
                ? List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " has read_only=ON, and "
                                + context.replication().replica().credentials().user()
                                + " has none of the privileges to write there all the same: "
                                + String.join(", ", MAY_WRITE)))
                : List.of();
    }
}
