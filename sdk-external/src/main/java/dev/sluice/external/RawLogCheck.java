// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import java.util.List;
import java.util.Locale;

/**
 * Whether a server writes passwords into its general log. MySQL replaces them in {@code CREATE USER} and
 * {@code CHANGE REPLICATION SOURCE TO}, unless it was started with {@code log-raw} (a variable from 8.0.19 on).
 *
 * @param target which server
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/password-logging.html">MySQL: passwords and logging</a>
 */
record RawLogCheck(Target target) implements Check {
    @Override
    public String id() {
        return target.name().toLowerCase(Locale.ROOT) + "-logs-passwords";
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public ErrorCode code() {
        return ExternalErrorCode.PASSWORDS_IN_LOG;
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        ServerFacts server = target == Target.SOURCE ? context.source() : context.replica();
        if (!server.isOn("log_raw") || !server.isOn("general_log")) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                level(),
                Problem.of(code(), "The general log of " + server.address() + " would hold the replication password")));
    }
}
