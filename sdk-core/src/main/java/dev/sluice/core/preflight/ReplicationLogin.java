// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.privileges.AccountPrivileges;
import dev.sluice.api.privileges.AccountRole;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.ReplicationAccountStatements;
import java.util.List;
import java.util.Optional;

/** The account by which the replica logs in to the source: the statements by which the run itself makes it. */
final class ReplicationLogin {
    private ReplicationLogin() {}

    /** Empty if the plan makes no use of it, or only of one that works already. */
    static Optional<AccountPrivileges> of(CompiledPlan compiled, StepContext context) {
        if (!(context.plan() instanceof ReplicationPlan)) {
            return Optional.empty();
        }
        List<String> statements = compiled.steps().stream()
                .filter(step -> step.row() == GuideStep.CREATE_REPLICATION_USER)
                .flatMap(step -> step.operations().stream())
                .map(Operation::preview)
                .flatMap(List::stream)
                .toList();
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(new AccountPrivileges(
                        AccountRole.REPLICATION,
                        ReplicationAccountStatements.of(context.account()).toString(),
                        Labels.source(context),
                        true,
                        List.of(),
                        statements,
                        List.of(
                                "The run does this itself, by the source's login; REPLICATION CLIENT is granted as MySQL and AWS document it,"
                                        + " and nothing of a run fails without it.")));
    }
}
