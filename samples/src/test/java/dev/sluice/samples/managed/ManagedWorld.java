// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.diagnosis.KnownFailures;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testservers.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Servers with their control plane, and a Sluice whose engines have clients for it. */
final class ManagedWorld implements AutoCloseable {
    private final ManagedServers servers = new ManagedServers();
    private final List<Member> members = new ArrayList<>();
    private final AwsApi api = AwsApi.start();
    private final ApiClient client = new ApiClient(api);
    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(ExternalEngine.create(), RdsEngine.create(client.clients()), AuroraEngine.create(client.clients()))
            .secrets(SecretResolver.withNamed(servers::password))
            .diagnosis(KnownFailures.all())
            .build();

    /** One with binary logging. */
    Member member(Kind kind, Series series, String id) {
        return member(kind, series, id, options -> options);
    }

    Member member(Kind kind, Series series, String id, UnaryOperator<ServerOptions> options) {
        Member member = servers.member(kind, series, id, options);
        members.add(member);
        member.dressed().ifPresent(dressed -> register(id, dressed));
        return member;
    }

    private void register(String id, DressedServer dressed) {
        boolean logs =
                dressed.server().query("SELECT @@GLOBAL.log_bin").get(0).get(0).equals("1");
        dressed.flavour()
                .auroraEngineVersion()
                .ifPresentOrElse(
                        version -> api.region(ManagedServers.REGION)
                                .cluster(id, version, dressed.server())
                                .reachedAt(dressed.host(), dressed.port()),
                        () -> api.region(ManagedServers.REGION)
                                .instance(id, dressed.server(), logs ? 1 : 0)
                                .reachedAt(dressed.host(), dressed.port()));
    }

    /** Gives a server a parameter group that another one has as well. */
    void share(Kind kind, String id) {
        if (kind == Kind.AURORA) {
            api.region(ManagedServers.REGION).cluster("other", "8.0.mysql_aurora.3.08.0");
            client.shareClusterGroup(id, "other");
        } else {
            api.region(ManagedServers.REGION).instance("other", "8.0.36", 1);
            client.shareInstanceGroup(id, "other");
        }
    }

    /** Another version, which somebody has asked for at the next maintenance window. */
    void leavePending(Kind kind, String id) {
        if (kind == Kind.AURORA) {
            api.region(ManagedServers.REGION).findCluster(id).orElseThrow().pending("EngineVersion", "3.10.1");
        } else {
            api.region(ManagedServers.REGION).findInstance(id).orElseThrow().pending("EngineVersion", "8.0.99");
        }
    }

    ReplicationPlan plan(Member source, Member replica) {
        return source.to(replica).replicationUserHost("%").withBinlogPosition();
    }

    /** Gives a secret a value. */
    void secret(String name, String value) {
        servers.secret(name, value);
    }

    Sluice sluice() {
        return sluice;
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /** The calls that changed something so far. */
    List<ApiCall> modifications() {
        return api.modifications();
    }

    @Override
    public void close() {
        sluice.close();
        client.close();
        api.close();
        servers.close();
    }
}
