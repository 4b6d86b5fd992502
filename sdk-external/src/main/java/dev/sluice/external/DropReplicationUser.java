// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.util.List;
import java.util.regex.Pattern;

/** The replication account is gone from the source. An account that may do more than replicate is left where it is. */
final class DropReplicationUser implements Step {
    private static final Pattern HARMLESS =
            Pattern.compile("GRANT (USAGE|REPLICATION SLAVE|REPLICATION CLIENT|, )+ ON \\*\\.\\* TO .*");

    @Override
    public StepKey key() {
        return ExternalEngine.key("drop-replication-user");
    }

    @Override
    public GuideStep row() {
        return GuideStep.DROP_REPLICATION_USER;
    }

    @Override
    public StepDraft compile(StepContext context) {
        ReplicationAccount account = context.end().account().orElseThrow();
        return StepDraft.of(new SqlOperation(
                        OperationInfo.changing("drop-user", Target.SOURCE, "drop the replication account"),
                        CreateReplicationUser.accountStatement("DROP USER ", account)))
                .needs(new RequiredPrivilege(Target.SOURCE, List.of("CREATE USER"), "to drop the replication account"))
                .note(
                        "This cannot be undone: nobody else can log in with the account afterwards, and its password is lost.");
    }

    @Override
    public Look look(LiveContext context) {
        ReplicationAccount account = context.end().account().orElseThrow();
        String name = CreateReplicationUser.text(account);
        if (AccountOnServer.find(context.sourceSession(), account).isEmpty()) {
            return Look.done(name + " does not exist");
        }
        requireNothingElse(context.sourceSession(), name);
        return StepLook.missingAll(context, name + " exists");
    }

    private static void requireNothingElse(ServerSession source, String name) {
        for (Row grant : source.query("SHOW GRANTS FOR " + name)) {
            String line = grant.first().orElse("");
            if (!HARMLESS.matcher(line).matches()) {
                throw new StepRefusedException(Problem.of(
                        ExternalErrorCode.ACCOUNT_DOES_MORE,
                        "The account " + name + " may do more than replicate: " + line));
            }
        }
    }
}
