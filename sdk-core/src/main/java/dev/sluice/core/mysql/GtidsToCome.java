// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.facts.ServerFacts;
import java.util.Map;

/**
 * Whether a source that has no GTIDs yet gets them from the very step that switches its binary log on. Its log then holds no transaction
 * without one, so that a plan may follow GTIDs. Thread-safe: no state.
 */
public final class GtidsToCome {
    /** Under this name the facts hold it, among the server's variables. */
    private static final String FACT = "sluice.gtids_come_with_binlog";

    private GtidsToCome() {}

    /** Facts of a source whose engine switches both on together, where the plan follows GTIDs. */
    public static ServerFacts with(ServerFacts source) {
        return source.plusVariables(Map.of(FACT, "YES"));
    }

    /** Whether they come: as long as the log is off, and the engine can. */
    public static boolean isSo(ServerFacts source) {
        return !source.isOn("log_bin")
                && source.variable(FACT).filter("YES"::equals).isPresent();
    }
}
