// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.external.ExternalMySql;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Borrowed servers of one test, each as one of the kinds that there are engines for. */
final class ManagedServers implements AutoCloseable {
    private static final String REGION = "eu-west-1";

    private final List<Loan> loans = new ArrayList<>();
    private final List<DressedServer> dressed = new ArrayList<>();
    private final Map<String, String> passwords = new TreeMap<>();

    enum Kind {
        EXTERNAL,
        RDS,
        AURORA
    }

    /**
     * One server with its endpoint, in both roles.
     *
     * @param server the server itself
     * @param source as a source
     * @param replica as a replica
     */
    record Member(MySqlServer server, SourceEndpoint source, ReplicaEndpoint replica) {
        ReplicationPlan to(Member other) {
            return ReplicationPlan.from(source).to(other.replica());
        }
    }

    Member member(Kind kind, String id, boolean gtid) {
        Loan loan =
                SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, options -> gtid ? options.gtid() : options);
        loans.add(loan);
        return switch (kind) {
            case EXTERNAL -> external(id, loan.server());
            case RDS -> rds(id, RdsDressing.as(RdsFlavour.MYSQL_8_0).dress(loan.server()));
            case AURORA ->
                aurora(id, RdsDressing.as(RdsFlavour.AURORA_3).behindFront().dress(loan.server()));
        };
    }

    private Member external(String id, MySqlServer server) {
        passwords.put(id, server.rootPassword());
        ExternalMySql endpoint = ExternalMySql.at(server.host(), server.port()).credentials("root", Secret.named(id));
        return new Member(server, endpoint, endpoint);
    }

    private Member rds(String id, DressedServer server) {
        known(id, server);
        RdsMySql endpoint = RdsMySql.instance(id)
                .region(REGION)
                .credentials(server.adminUser(), Secret.named(id))
                .at(server.host(), server.port());
        return new Member(server.server(), endpoint, endpoint);
    }

    private Member aurora(String id, DressedServer server) {
        known(id, server);
        AuroraMySql endpoint = AuroraMySql.cluster(id)
                .region(REGION)
                .credentials(server.adminUser(), Secret.named(id))
                .at(server.host(), server.port());
        return new Member(server.server(), endpoint, endpoint);
    }

    private void known(String id, DressedServer server) {
        dressed.add(server);
        passwords.put(id, server.adminPassword());
    }

    /** For {@code SecretResolver.withNamed}. */
    @Nullable
    String password(String name) {
        return passwords.get(name);
    }

    @Override
    public void close() {
        dressed.forEach(DressedServer::close);
        loans.forEach(Loan::close);
    }
}
