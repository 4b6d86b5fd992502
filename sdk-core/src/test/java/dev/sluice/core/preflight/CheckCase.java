// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.preflight.Finding;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Two situations for one rule or check: one in which it finds something, and one, as like it as can be, in which it does not.
 *
 * @param of which one
 * @param fires examines the first
 * @param silent examines the second
 */
record CheckCase(Described of, Supplier<List<Finding>> fires, Supplier<List<Finding>> silent) {
    static CheckCase rule(String id, Situation fires, Situation silent) {
        FactsRule rule = known(ServerRules.RULES.stream(), id);
        return new CheckCase(rule, () -> findings(rule, fires), () -> findings(rule, silent));
    }

    static CheckCase check(String id, Situation situation, Consumer<Live> fires, Consumer<Live> silent) {
        return check(id, situation, fires, situation, silent);
    }

    /** The same servers, once as the plan minds and once as it does not. */
    static CheckCase check(String id, Situation fires, Situation silent, Consumer<Live> servers) {
        return check(id, fires, servers, silent, servers);
    }

    static CheckCase check(
            String id, Situation fires, Consumer<Live> whenFiring, Situation silent, Consumer<Live> whenSilent) {
        return check(known(LiveChecks.known().stream(), id), fires, whenFiring, silent, whenSilent);
    }

    /** For one that is not as it is known by default. */
    static CheckCase check(
            LiveCheck check, Situation fires, Consumer<Live> whenFiring, Situation silent, Consumer<Live> whenSilent) {
        return new CheckCase(
                check, () -> findings(check, fires, whenFiring), () -> findings(check, silent, whenSilent));
    }

    private static <T extends Described> T known(Stream<T> all, String id) {
        return all.filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + id));
    }

    private static List<Finding> findings(FactsRule rule, Situation situation) {
        return rule.problems(situation).stream()
                .map(problem -> new Finding(rule.id(), rule.level(), problem))
                .toList();
    }

    /** For one that is made for its servers. */
    static CheckCase check(
            Function<Live, LiveCheck> check,
            Situation situation,
            Consumer<Live> whenFiring,
            Consumer<Live> whenSilent) {
        return new CheckCase(
                check.apply(new Live()),
                () -> findings(check, situation, whenFiring),
                () -> findings(check, situation, whenSilent));
    }

    private static List<Finding> findings(LiveCheck check, Situation situation, Consumer<Live> servers) {
        return findings(live -> check, situation, servers);
    }

    private static List<Finding> findings(
            Function<Live, LiveCheck> check, Situation situation, Consumer<Live> servers) {
        Live live = new Live();
        servers.accept(live);
        return check.apply(live)
                .examine(new CheckContext(Compiled.of(situation), situation, new CheckSessions(live.servers())));
    }

    @Override
    public String toString() {
        return of.id();
    }
}
