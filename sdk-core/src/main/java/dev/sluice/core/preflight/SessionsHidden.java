// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.dump.DumpCode;
import java.util.List;

/** The source shows which session is mysqldump's. */
final class SessionsHidden implements LiveCheck {
    @Override
    public String id() {
        return "sessions-hidden";
    }

    @Override
    public ErrorCode code() {
        return DumpCode.NOT_VISIBLE;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        boolean hidden = PlanReach.dumps(context)
                && context.sourceSession().query("SELECT @@performance_schema AS p").stream()
                        .anyMatch(row -> row.number("p") == 0);
        return hidden
                ? List.of(Problem.of(
                        code(), Labels.capital(Labels.source(context)) + " runs with performance_schema=OFF"))
                : List.of();
    }
}
