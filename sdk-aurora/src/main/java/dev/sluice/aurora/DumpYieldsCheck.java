// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/**
 * Whether Aurora's writer lets applications go before replicas when both want its newest binary log: replicas then lag by as much as this
 * setting says.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/binlog-optimization.html">AWS: optimizing binary log
 *     replication</a>
 */
final class DumpYieldsCheck implements Check {
    private static final String SECONDS = "aurora_binlog_replication_max_yield_seconds";

    @Override
    public String id() {
        return "aurora-dump-yields";
    }

    @Override
    public Level level() {
        return Level.NOTE;
    }

    @Override
    public ErrorCode code() {
        return AuroraErrorCode.DUMP_YIELDS;
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        ServerFacts source = context.source();
        if (context.replication().lastStep().compareTo(GuideStep.ENABLE_REPLICATION) < 0) {
            return List.of();
        }
        return source.variable(SECONDS).filter(seconds -> !seconds.equals("0")).stream()
                .map(seconds -> new Finding(
                        id(),
                        level(),
                        Problem.of(code(), "The source " + source.address() + " has " + SECONDS + "=" + seconds)))
                .toList();
    }
}
