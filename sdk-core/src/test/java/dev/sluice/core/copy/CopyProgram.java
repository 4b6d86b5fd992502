// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.plan.Scope;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;

/** A program that copies everything from one local server to another, to be run in a JVM of its own. */
final class CopyProgram {
    static final String SOURCE_PASSWORD = "SLUICE_TEST_SOURCE_PASSWORD";
    static final String REPLICA_PASSWORD = "SLUICE_TEST_REPLICA_PASSWORD";

    private CopyProgram() {}

    /** Takes the ports of the source and of the replica. */
    public static void main(String[] args) {
        try (Copies copies = Copies.of(connector(args[0], SOURCE_PASSWORD), Scope.EVERYTHING, 2)) {
            copies.to(connector(args[1], REPLICA_PASSWORD), Copies.REQUEST, new Copies.Heard(), new Cancellation());
        }
    }

    private static MySqlConnector connector(String port, String password) {
        return MySqlConnector.builder()
                .address(new ServerAddress("127.0.0.1", Integer.parseInt(port)))
                .user("root")
                .password(() -> System.getenv(password))
                .allowPlainText()
                .build();
    }
}
