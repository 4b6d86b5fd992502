// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Cancellation;

/** A link to a server that its engine reaches in a way of its own. */
record AccessLink(ServerAccess access, Endpoint endpoint, Target target, StepContext context) implements ServerLink {
    @Override
    public ServerSession session() {
        return access.open(endpoint);
    }

    @Override
    public void execute(String sql) {
        access.perform(
                new SqlOperation(OperationInfo.changing("statement", target, "run a statement"), Statement.of(sql)),
                context);
    }

    @Override
    public void endWith(Cancellation now) {
        // The engine's own access answers at once or not at all; there is no session here to kill.
    }

    @Override
    public void executeApart(String settings, String sql) {
        execute(settings);
        execute(sql);
    }

    @Override
    public void reset() {
        // Sessions are opened for each look; there is nothing to let go of.
    }

    @Override
    public void close() {
        // As above.
    }
}
