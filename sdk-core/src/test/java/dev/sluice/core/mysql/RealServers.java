// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.Unavailable;
import java.util.Optional;
import java.util.UUID;

/** Real servers for this package's tests. */
final class RealServers {
    private RealServers() {}

    /** The server that all tests share; skips the test where the release cannot be had. */
    static MySqlServer common(MySqlRelease release) {
        require(release);
        return SharedServers.ofThisJvm().common(release, RealServers::options);
    }

    /** A server for one test alone. */
    static SharedServers.Loan borrow(MySqlRelease release) {
        require(release);
        return SharedServers.ofThisJvm().borrow(release, RealServers::options);
    }

    private static void require(MySqlRelease release) {
        Optional<Unavailable> unavailable = release.availability();
        assumeTrue(unavailable.isEmpty(), () -> String.valueOf(unavailable));
    }

    private static ServerOptions options(ServerOptions options) {
        return options.gtid().setting("local_infile", "ON");
    }

    /** As root; plain text where the release has no TLS. */
    static MySqlConnector.Builder connector(MySqlServer server) {
        return connector(server, server.rootUser(), server.rootPassword());
    }

    static MySqlConnector.Builder connector(MySqlServer server, String user, String password) {
        return strict(server, user, password).allowPlainText();
    }

    /** Without the consent to plain text. */
    static MySqlConnector.Builder strict(MySqlServer server, String user, String password) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(user)
                .password(() -> password);
    }

    /** A name that no other test uses. */
    static String unique(String beginning) {
        return beginning + UUID.randomUUID().toString().substring(0, 8);
    }
}
