// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.facts.ServerFacts;
import java.util.Locale;
import java.util.Optional;

/** The host part of the replication account where the plan does not name it: the replica's address, never a silent {@code %}. */
final class AccountHost {
    private AccountHost() {}

    /** Empty if the address says nothing about where the replica's connections come from. */
    static Optional<String> of(ServerFacts replica) {
        if (replica.isExpected()) {
            return Optional.empty();
        }
        String host = replica.address().host();
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
            // For MySQL an account at 'localhost' means the Unix socket; a replica always comes over TCP.
            return Optional.of("127.0.0.1");
        }
        return Optional.of(host);
    }
}
