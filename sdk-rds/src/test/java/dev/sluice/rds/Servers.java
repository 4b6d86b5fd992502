// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testing.rds.Unverified;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Borrowed servers of one test, dressed where it asks for it. */
final class Servers implements AutoCloseable {
    private final List<Loan> loans = new ArrayList<>();
    private final Map<String, String> passwords = new TreeMap<>();

    static MySqlRelease release(RdsFlavour flavour) {
        return flavour == RdsFlavour.MYSQL_5_7 ? MySqlRelease.MYSQL_5_7 : MySqlRelease.MYSQL_8_0_31;
    }

    MySqlServer plain(MySqlRelease release, UnaryOperator<ServerOptions> options) {
        Loan loan = SharedServers.ofThisJvm().borrow(release, options);
        loans.add(loan);
        return loan.server();
    }

    DressedServer dressed(RdsFlavour flavour) {
        return dressed(flavour, options -> options);
    }

    DressedServer dressed(RdsFlavour flavour, UnaryOperator<ServerOptions> options) {
        return RdsDressing.as(flavour).dress(plain(release(flavour), options));
    }

    /** Where documents leave something open, with this behaviour. */
    DressedServer dressed(RdsFlavour flavour, UnaryOperator<ServerOptions> options, Unverified behaviour) {
        return RdsDressing.as(flavour).with(behaviour).dress(plain(release(flavour), options));
    }

    /** The endpoint of a dressed server, by address. */
    RdsMySql endpoint(String id, DressedServer server) {
        return named(id, server).at(server.server().host(), server.server().port());
    }

    /** The endpoint of a dressed server, by its identifier alone. */
    RdsMySql named(String id, DressedServer server) {
        passwords.put(id, server.adminPassword());
        return RdsMySql.instance(id).region(ApiClient.REGION).credentials(server.adminUser(), Secret.named(id));
    }

    /** For {@code SecretResolver.withNamed}. */
    @Nullable
    String password(String name) {
        return passwords.get(name);
    }

    /** Gives a secret a value. */
    void secret(String name, String value) {
        passwords.put(name, value);
    }

    static MySqlSession session(DressedServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(
                        server.server().host(), server.server().port()))
                .user(server.adminUser())
                .password(server::adminPassword)
                .allowPlainText()
                .build()
                .open(SessionUse.CONTROL);
    }

    @Override
    public void close() {
        loans.forEach(Loan::close);
    }
}
