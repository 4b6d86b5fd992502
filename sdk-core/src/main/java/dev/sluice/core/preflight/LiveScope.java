// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.ReplicationFilter;
import java.util.List;

/** A replica that follows the source already has the plan's filter, unless it lost it. */
final class LiveScope implements LiveCheck {
    @Override
    public String id() {
        return "live-scope";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.LIVE_SCOPE;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public boolean canBeSkipped() {
        return false;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        ReplicationFilter wanted = ReplicationFilter.of(context.replication().scope());
        return LiveFilter.of(context).stream()
                .filter(live -> !live.withoutSystemTables().isEmpty() && !wanted.isShownAs(live))
                .map(live -> Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " follows the source with " + live
                                + ", and the plan's scope comes to " + wanted))
                .toList();
    }
}
