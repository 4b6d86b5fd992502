// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import java.util.Optional;
import java.util.Set;

/**
 * Looks that the servers which answer are those of the run: what it has changed on one says nothing about another that answers at the same
 * address by now. A server is known by its UUID. One that a failover has moved has another UUID, and is known by what its provider calls it for
 * as long as it exists; where nobody can tell that it is refused. Of servers that the plan makes, and of temporary ones, no UUID is known; an
 * engine's own access need not tell any.
 *
 * @param compiled has the servers as they were when the run was started
 * @param memory has the servers to which this process has followed them since
 * @param servers answer
 */
record SameServers(CompiledPlan compiled, RunMemory memory, RunServers servers) {
    /** What it refuses other servers by. */
    static final Set<ErrorCode> REFUSALS = Set.of(RunCode.OTHER_SERVER, RunCode.SERVER_UNPROVEN);

    /**
     * The connection to a server, if it is the run's.
     *
     * @throws StepRefusedException as {@link #require}
     */
    ServerLink link(Target target) {
        require(target);
        return servers.link(target);
    }

    /**
     * That the server is the run's.
     *
     * @throws StepRefusedException OTHER_SERVER, or SERVER_UNPROVEN if nobody can tell
     */
    void require(Target target) {
        atStart(target)
                .filter(facts -> !facts.isExpected() && !facts.serverUuid().isEmpty())
                .ifPresent(facts -> require(target, facts));
    }

    private Optional<ServerFacts> atStart(Target target) {
        return switch (target) {
            case SOURCE -> compiled.sourceFacts();
            case REPLICA -> Optional.of(compiled.replicaFacts());
            case BOTH, SEED -> Optional.empty();
        };
    }

    private void require(Target target, ServerFacts facts) {
        String now = servers.link(target)
                .session()
                .queryValue("SELECT @@GLOBAL.server_uuid")
                .orElse("");
        boolean tells = !now.isEmpty() || servers.engine(target).access().isEmpty();
        if (!tells || now.equalsIgnoreCase(facts.serverUuid()) || memory.isKnown(target, now)) {
            return;
        }
        String what = FixedServers.inWords(servers.label(target), now, facts.serverUuid());
        if (servers.engine(target).failovers().isEmpty()) {
            throw new StepRefusedException(Problem.of(RunCode.OTHER_SERVER, what));
        }
        requireMoved(facts.lastingId(), servers.lastingId(target), what);
        memory.knows(target, now);
    }

    private static void requireMoved(Optional<String> before, Optional<String> now, String what) {
        if (before.isEmpty() || now.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    RunCode.SERVER_UNPROVEN,
                    what + "; whether a failover has moved it, or it is another one, nobody can tell"));
        }
        if (!before.equals(now)) {
            throw new StepRefusedException(Problem.of(
                    RunCode.OTHER_SERVER,
                    what + "; to its provider it is " + now.get() + ", and the run's is " + before.get()));
        }
    }
}
