// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import java.util.List;
import java.util.Map;

/**
 * Whether a managed source writes rows, and whole ones. RDS up to 8.0 writes MIXED unless its parameter group says otherwise; then some
 * statements, and the triggers that they fire, are carried out once more on the replica, with what may be another outcome. A plan does not
 * set this itself: on Aurora it takes a reboot, and on RDS a group of the user's.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQL.BinaryFormat.html">AWS: binary logging
 *     format</a>
 */
final class LogFormatCheck implements Check {
    private static final Map<String, String> WANTED = Map.of("binlog_format", "ROW", "binlog_row_image", "FULL");

    @Override
    public String id() {
        return "source-log-format";
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public ErrorCode code() {
        return ManagedErrorCode.LOG_NOT_IN_ROWS;
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        ServerFacts source = context.source();
        if (!source.isOn("log_bin") || context.replication().lastStep().compareTo(GuideStep.ENABLE_REPLICATION) < 0) {
            return List.of();
        }
        List<String> others = WANTED.keySet().stream()
                .sorted()
                .filter(name -> source.variable(name)
                        .filter(value -> !value.equalsIgnoreCase(WANTED.get(name)))
                        .isPresent())
                .map(name -> name + "=" + source.variable(name).orElseThrow())
                .toList();
        return others.isEmpty()
                ? List.of()
                : List.of(new Finding(
                        id(),
                        level(),
                        Problem.of(code(), "The source " + source.address() + " has " + String.join(" and ", others))));
    }
}
