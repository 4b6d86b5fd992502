// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** No XA transaction is prepared: its rows would be in neither snapshot nor later log. */
final class PreparedXa implements LiveCheck {
    @Override
    public String id() {
        return "prepared-xa";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.PREPARED_XA;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        int prepared = context.sourceSession().query("XA RECOVER").size();
        return prepared == 0
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        prepared + " XA transactions are prepared on " + Labels.source(context)
                                + " (XA RECOVER lists them)"));
    }
}
