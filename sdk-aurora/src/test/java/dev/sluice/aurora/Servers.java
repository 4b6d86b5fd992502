// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.secret.Secret;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Borrowed servers of one test, dressed as Aurora behind a front. */
final class Servers implements AutoCloseable {
    private final List<Loan> loans = new ArrayList<>();
    private final List<DressedServer> dressed = new ArrayList<>();
    private final Map<String, String> passwords = new TreeMap<>();

    static MySqlRelease release(RdsFlavour flavour) {
        return flavour == RdsFlavour.AURORA_2 ? MySqlRelease.MYSQL_5_7 : MySqlRelease.MYSQL_8_0_31;
    }

    DressedServer aurora(RdsFlavour flavour, UnaryOperator<ServerOptions> options) {
        Loan loan = SharedServers.ofThisJvm().borrow(release(flavour), options);
        loans.add(loan);
        DressedServer server = RdsDressing.as(flavour).behindFront().dress(loan.server());
        dressed.add(server);
        return server;
    }

    DressedServer aurora(RdsFlavour flavour) {
        return aurora(flavour, options -> options);
    }

    /** The endpoint by address. */
    AuroraMySql endpoint(String id, DressedServer server) {
        return named(id, server).at(server.host(), server.port());
    }

    /** The endpoint by its identifier alone. */
    AuroraMySql named(String id, DressedServer server) {
        passwords.put(id, server.adminPassword());
        return AuroraMySql.cluster(id).region(ApiClient.REGION).credentials(server.adminUser(), Secret.named(id));
    }

    /** For {@code SecretResolver.withNamed}. */
    @Nullable
    String password(String name) {
        return passwords.get(name);
    }

    void secret(String name, String value) {
        passwords.put(name, value);
    }

    @Override
    public void close() {
        dressed.forEach(DressedServer::close);
        loans.forEach(Loan::close);
    }
}
