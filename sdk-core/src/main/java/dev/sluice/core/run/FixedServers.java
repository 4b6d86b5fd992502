// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.Engine;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.plan.Engines;
import java.util.EnumMap;
import java.util.Map;

/**
 * The servers of a run that no failover moves. A name may lead to another server from one session to the next, before anybody has noticed that the
 * claim is gone: each session of a run is looked at when it was opened, so that nothing is ever done on another server. Those that a failover moves
 * are looked at by {@link FailoverWatch} and {@link SameServers}. Immutable and thread-safe.
 *
 * @param uuids of these servers
 */
record FixedServers(Map<Target, String> uuids) {
    static FixedServers of(CompiledPlan compiled, Engines engines) {
        Map<Target, String> uuids = new EnumMap<>(Target.class);
        compiled.plan()
                .findSource()
                .map(engines::of)
                .ifPresent(
                        engine -> compiled.sourceFacts().ifPresent(facts -> put(uuids, Target.SOURCE, facts, engine)));
        put(
                uuids,
                Target.REPLICA,
                compiled.replicaFacts(),
                engines.of(compiled.plan().replica()));
        return new FixedServers(uuids);
    }

    private static void put(Map<Target, String> uuids, Target target, ServerFacts facts, Engine engine) {
        boolean isFixed = engine.failovers().isEmpty();
        if (isFixed && !facts.isExpected() && !facts.serverUuid().isEmpty()) {
            uuids.put(target, facts.serverUuid());
        }
    }

    /** @throws StepRefusedException OTHER_SERVER */
    void require(Target target, MySqlSession session) {
        String expected = uuids.getOrDefault(target, session.serverUuid());
        if (!expected.equalsIgnoreCase(session.serverUuid())) {
            throw new StepRefusedException(
                    Problem.of(RunCode.OTHER_SERVER, inWords(session.server(), session.serverUuid(), expected)));
        }
    }

    static String inWords(String server, String now, String before) {
        return server + " has the server UUID " + now + ", and had " + before + " when the run was started";
    }
}
