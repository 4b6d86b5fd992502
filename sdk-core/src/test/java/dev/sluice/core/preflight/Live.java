// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.core.copy.CopyBudget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A situation with scripted servers. */
final class Live {
    final Answers source = new Answers();
    final Answers replica = new Answers();

    /** The source as the replication account sees it. */
    final Answers account = new Answers();

    /** How long the source keeps its binary logs; null for ever. */
    @Nullable
    Duration retention;

    /** What a check finds there. */
    List<Problem> ask(LiveCheck check, Situation situation) {
        return check.problems(new CheckContext(Compiled.of(situation), situation, new CheckSessions(servers())));
    }

    CheckServers servers() {
        return new CheckServers() {
            @Override
            public CheckSession open(Target target) {
                return CheckSession.of(target == Target.SOURCE ? source : replica);
            }

            @Override
            public Optional<CopyBudget> copyBudget() {
                return Optional.of(CopyBudget.atMost(4, 4));
            }

            @Override
            public Optional<Duration> binlogRetention() {
                return Optional.ofNullable(retention);
            }

            @Override
            public Optional<CheckSession> openOnSource(ReplicationAccount login) {
                return Optional.of(CheckSession.of(account));
            }
        };
    }
}
