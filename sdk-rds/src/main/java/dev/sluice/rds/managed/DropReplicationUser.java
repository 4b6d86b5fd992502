// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.AccountUse;
import dev.sluice.core.mysql.ReplicationAccountStatements;
import java.util.List;

/**
 * The replication account is gone from the source. An account that may do more than replicate, or with which other replicas are logged
 * in, is left where it is.
 */
final class DropReplicationUser implements Step {
    private static final String DROP = "drop-user";

    private final ManagedKind kind;

    DropReplicationUser(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("drop-replication-user");
    }

    @Override
    public GuideStep row() {
        return GuideStep.DROP_REPLICATION_USER;
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = StepDraft.of(new SqlOperation(
                        OperationInfo.changing(DROP, Target.SOURCE, "drop the replication account"),
                        account(context).drop()))
                .needs(ReplicationAccountStatements.seeing())
                .needs(ReplicationAccountStatements.seeingGrants(
                        context.source().version()))
                .needs(new RequiredPrivilege(Target.SOURCE, List.of("CREATE USER"), "to drop the replication account"))
                .note(
                        "This cannot be undone: nobody else can log in with the account afterwards, and its password is lost. Replicas"
                                + " that use it and are not connected at the moment cannot be seen.");
        for (RequiredPrivilege privilege : AccountUse.seeing(context.source())) {
            draft = draft.needs(privilege);
        }
        return draft;
    }

    private static ReplicationAccountStatements account(StepContext context) {
        return ReplicationAccountStatements.of(context.end().account().orElseThrow());
    }

    @Override
    public Look look(LiveContext context) {
        ReplicationAccountStatements account = account(context);
        if (account.find(context.sourceSession()).isEmpty()) {
            return Look.done(account + " does not exist");
        }
        List<String> others = account.otherGrants(context.sourceSession());
        if (!others.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    ManagedErrorCode.ACCOUNT_DOES_MORE,
                    "The account " + account + " may do more than replicate: " + others.get(0)));
        }
        List<String> users = AccountUse.others(
                context.sourceSession(), context.end().account().orElseThrow(), context.replica());
        if (!users.isEmpty()) {
            throw new StepRefusedException(
                    Problem.of(ManagedErrorCode.ACCOUNT_SHARED, "The account " + account + " is used by " + users));
        }
        return StepLook.missing(context, account + " exists", List.of(DROP));
    }
}
