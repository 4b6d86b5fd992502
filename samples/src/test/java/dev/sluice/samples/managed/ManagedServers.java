// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testing.rds.Unverified;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Borrowed servers of one test, each as one of the kinds that there are engines for. */
final class ManagedServers implements AutoCloseable {
    static final String REGION = "eu-west-1";

    private final List<Loan> loans = new ArrayList<>();
    private final List<DressedServer> dressed = new ArrayList<>();
    private final Map<String, String> passwords = new TreeMap<>();

    enum Kind {
        EXTERNAL,
        RDS,
        AURORA;

        /** What a server of this kind is dressed as; empty for a self-managed one. */
        Optional<RdsFlavour> flavour(Series series) {
            return switch (this) {
                case EXTERNAL -> Optional.empty();
                case RDS -> Optional.of(series.rds());
                case AURORA -> Optional.of(series.aurora());
            };
        }
    }

    /**
     * One server with its endpoint, in both roles.
     *
     * @param server the server itself
     * @param source as a source
     * @param replica as a replica
     * @param dressed its dress; empty if it is self-managed
     */
    record Member(MySqlServer server, SourceEndpoint source, ReplicaEndpoint replica, Optional<DressedServer> dressed) {
        ReplicationPlan to(Member other) {
            return ReplicationPlan.from(source).to(other.replica());
        }
    }

    /** One of 8.0. */
    Member member(Kind kind, String id, boolean gtid) {
        return member(kind, Series.V8_0, id, options -> Series.gtids(options, gtid));
    }

    /** One of a series, where documents leave something open with these behaviours. */
    Member member(Kind kind, Series series, String id, UnaryOperator<ServerOptions> options, Unverified... behaviours) {
        Loan loan = SharedServers.ofThisJvm().borrow(series.release(), options);
        loans.add(loan);
        return kind.flavour(series)
                .map(flavour -> managed(id, dress(flavour, loan.server(), behaviours)))
                .orElseGet(() -> external(id, loan.server()));
    }

    private static DressedServer dress(RdsFlavour flavour, MySqlServer server, Unverified... behaviours) {
        RdsDressing dressing = RdsDressing.as(flavour).behindFront();
        return (behaviours.length == 0
                        ? dressing
                        : dressing.with(behaviours[0], Arrays.copyOfRange(behaviours, 1, behaviours.length)))
                .dress(server);
    }

    private Member external(String id, MySqlServer server) {
        passwords.put(id, server.rootPassword());
        ExternalMySql endpoint = ExternalMySql.at(server.host(), server.port()).credentials("root", Secret.named(id));
        return new Member(server, endpoint, endpoint, Optional.empty());
    }

    private Member managed(String id, DressedServer server) {
        dressed.add(server);
        passwords.put(id, server.adminPassword());
        if (server.flavour().isAurora()) {
            AuroraMySql cluster = AuroraMySql.cluster(id)
                    .region(REGION)
                    .credentials(server.adminUser(), Secret.named(id))
                    .at(server.host(), server.port());
            return new Member(server.server(), cluster, cluster, Optional.of(server));
        }
        RdsMySql instance = RdsMySql.instance(id)
                .region(REGION)
                .credentials(server.adminUser(), Secret.named(id))
                .at(server.host(), server.port());
        return new Member(server.server(), instance, instance, Optional.of(server));
    }

    /** Gives a secret a value. */
    void secret(String name, String value) {
        passwords.put(name, value);
    }

    /** For {@code SecretResolver.withNamed}. */
    @Nullable
    String password(String name) {
        return passwords.get(name);
    }

    /** With all engines, without clients of AWS. It knows no password but those of the endpoints' own users. */
    Sluice sluice() {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create(), RdsEngine.create(), AuroraEngine.create())
                .secrets(SecretResolver.withNamed(this::password))
                .build();
    }

    @Override
    public void close() {
        dressed.forEach(DressedServer::close);
        loans.forEach(Loan::close);
    }
}
