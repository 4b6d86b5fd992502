// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.facts.ServerFacts;
import java.util.Map;

/**
 * By which statement a session leaves a server's own binary log out. Managed servers take {@code sql_log_bin} from nobody, and some have a
 * procedure in its place, which their engine knows. Thread-safe: no state.
 */
public final class UnloggedSession {
    /** Where an engine has said nothing else. */
    public static final String BY_VARIABLE = "SET SESSION sql_log_bin = 0";

    /** Under this name the facts hold it, among the server's variables. */
    private static final String FACT = "sluice.unlogged_session";

    private UnloggedSession() {}

    /** Facts of a server that does it by another statement. */
    public static ServerFacts by(ServerFacts server, String statement) {
        return server.plusVariables(Map.of(FACT, statement));
    }

    /** The statement; whether this user may run it shows when it is run. */
    public static String statement(ServerFacts server) {
        return server.variable(FACT).orElse(BY_VARIABLE);
    }
}
