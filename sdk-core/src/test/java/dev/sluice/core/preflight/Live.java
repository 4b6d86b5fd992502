// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationAccount;
import java.util.List;
import java.util.Optional;

/** A situation with scripted servers. */
final class Live {
    final Answers source = new Answers();
    final Answers replica = new Answers();

    /** The source as the replication account sees it. */
    final Answers account = new Answers();

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
            public Optional<CheckSession> openOnSource(ReplicationAccount login) {
                return Optional.of(CheckSession.of(account));
            }
        };
    }
}
