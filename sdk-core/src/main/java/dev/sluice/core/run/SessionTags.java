// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.run.RunId;
import java.security.SecureRandom;
import java.util.Map;

/**
 * By what connection attributes servers know a run's sessions, besides {@code program_name:sluice}. Immutable and thread-safe.
 *
 * @param run the run
 * @param token of the process that drives it: a run that another process goes on with is told from what the first one left
 */
record SessionTags(RunId run, String token) {
    static final String RUN = "sluice_run";
    static final String TOKEN = "sluice_token";
    static final String ROLE = "sluice_role";

    /** What a session is opened for. One server may be the replica of one run and the source of another. */
    enum Role {
        SOURCE("source"),
        REPLICA("replica"),
        /** It holds the claim on the replica, or asks for it, and does nothing else. */
        CLAIM("claim");

        private final String text;

        Role(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static SessionTags of(RunId run) {
        return new SessionTags(run, String.format("%016x", new SecureRandom().nextLong()));
    }

    Map<String, String> as(Role role) {
        return Map.of(RUN, run.value(), TOKEN, token, ROLE, role.text);
    }

    /** Whether a session with these attributes is one that this process opened for this run. */
    boolean areThoseOf(Map<String, String> attributes) {
        return run.value().equals(attributes.get(RUN)) && token.equals(attributes.get(TOKEN));
    }
}
