// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.core.Sluice;
import dev.sluice.rds.RdsMySql;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is migrated, as the options say: they make a plan, the same each time. */
final class Migration {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private ReplicaOptions replica = new ReplicaOptions();

    @Option(
            names = "--databases",
            split = ",",
            paramLabel = "NAME",
            description =
                    "what is migrated, with commas (default: every database). Refused with the look-alikes, which have no parameter groups to filter by")
    private List<String> databases = List.of();

    @Option(names = "--position", description = "follow binary log file and position, where there are no GTIDs")
    private boolean position;

    @Option(
            names = "--retain-hours",
            paramLabel = "N",
            description = "how long the source keeps its binary logs during the migration (default: 144)")
    private int retainHours = 144;

    @Option(
            names = "--replication-host",
            paramLabel = "HOST",
            description = "host part of the replication account, such as 10.0.%% (default with the look-alike: any)")
    private @Nullable String replicationHost;

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "CONSENT",
            description = "what the migration may do beyond the harmless, by name: ${COMPLETION-CANDIDATES}")
    private Set<Consent> consents = new TreeSet<>();

    @Option(
            names = "--back",
            description =
                    "the way back: the migrated cluster becomes the source of the instance it came from, without copying a row")
    private boolean back;

    Sluice sluice() {
        return folder.sluice();
    }

    /** The plan to run. The way back begins where the cluster's binary log stands now, at which the instance has everything. */
    ReplicationPlan planFor(Sluice sluice) {
        ReplicationPlan plan = plan();
        return back ? plan.startingFrom(sluice.live(plan).sourceNow()) : plan;
    }

    /** The replication, whether it is set up yet or not. */
    ReplicationPlan plan() {
        requireDatabasesCanBeChosen();
        ReplicationPlan plan = direction().retainBinlogs(Duration.ofHours(retainHours));
        if (!databases.isEmpty()) {
            plan = plan.databases(databases.toArray(String[]::new));
        }
        String host = replicationHost == null && !source.isGiven() ? "%" : replicationHost;
        if (host != null) {
            plan = plan.replicationUserHost(host);
        }
        for (Consent consent : consents) {
            plan = plan.allow(consent);
        }
        return position || back ? plan.withBinlogPosition() : plan.withGtid();
    }

    private ReplicationPlan direction() {
        RdsMySql instance = sourceEndpoint();
        AuroraMySql cluster = replicaEndpoint();
        return back
                ? ReplicationPlan.from(cluster).to(instance)
                : ReplicationPlan.from(instance).to(cluster);
    }

    /** Whether rows are copied before replication begins. */
    boolean copies() {
        return !back;
    }

    /** The end: no configuration on the replica, no account and no raised retention on the source. */
    EndPlan end() {
        ReplicationPlan plan = plan();
        EndPlan end = EndPlan.of(plan.replica())
                .source(plan.source())
                .restoreDefaultRetention()
                .dropReplicationUser(
                        plan.replicationAccount().user(),
                        plan.replicationAccount()
                                .host()
                                .orElseThrow(() -> new Misunderstood("Give --replication-host, as the run had it")));
        for (Consent consent : consents) {
            end = end.allow(consent);
        }
        return end;
    }

    private RdsMySql sourceEndpoint() {
        requireBothOrNeither();
        return source.isGiven() ? source.endpoint() : lookAlike().source();
    }

    private AuroraMySql replicaEndpoint() {
        return replica.isGiven() ? replica.endpoint() : lookAlike().replica();
    }

    private void requireBothOrNeither() {
        if (source.isGiven() != replica.isGiven()) {
            throw new Misunderstood(
                    "Give both servers of your own, --source-instance and --replica-cluster, or neither");
        }
    }

    /** Else a run would ask a person for a parameter group, and wait for a week. */
    private void requireDatabasesCanBeChosen() {
        if (!databases.isEmpty() && !source.isGiven() && !replica.isGiven()) {
            throw new Misunderstood(
                    "Leave --databases out, or give servers of your own by --source-instance and --replica-cluster: AWS keeps"
                            + " filters in parameter groups, which the look-alikes do not have, so all of their databases are migrated");
        }
    }

    private LookAlike lookAlike() {
        LookAlike servers = folder.lookAlike();
        if (!servers.isThere()) {
            throw new Misunderstood(
                    "Start the look-alike in another terminal by 'migrate servers', in the same folder or with"
                            + " the same --folder, or give servers of your own by --source-instance and --replica-cluster");
        }
        return servers;
    }
}
