// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import java.util.List;

/** A situation with scripted servers. */
final class Live {
    final Answers source = new Answers();
    final Answers replica = new Answers();

    /** What a check finds there. */
    List<Problem> ask(LiveCheck check, Situation situation) {
        return check.problems(new CheckContext(Compiled.of(situation), situation, new CheckSessions(servers())));
    }

    CheckServers servers() {
        return target -> CheckSession.of(target == Target.SOURCE ? source : replica);
    }
}
