// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.ApplierStops;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.ControlPlane;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Failovers;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.FactsReader;
import dev.sluice.core.mysql.GtidsToCome;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.rds.aws.AwsErrorCode;
import dev.sluice.rds.aws.GroupOwner;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.aws.MadeInstances;
import dev.sluice.rds.aws.PortLooks;
import dev.sluice.rds.aws.RdsCluster;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.RdsLooks;
import dev.sluice.rds.aws.TemporaryCopies;
import dev.sluice.rds.managed.ManagedFailovers;
import dev.sluice.rds.managed.ManagedGroups;
import dev.sluice.rds.managed.ManagedKind;
import dev.sluice.rds.managed.ManagedSteps;
import dev.sluice.rds.managed.ManagedWish;
import dev.sluice.rds.managed.OpenedPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine for Aurora MySQL, in both roles. With clients of the RDS API it looks clusters up and changes what only that API can change;
 * without them each such call is an action for a person, shown with the exact {@code aws} command. Thread-safe.
 */
public final class AuroraEngine implements Engine {
    /** The kind of server: {@code aurora-mysql}. */
    public static final EngineId ID = new EngineId("aurora-mysql");

    /** Binary logs are kept for at most ninety days. */
    private static final ManagedKind KIND = new ManagedKind(
            ID,
            "Aurora MySQL",
            2160,
            context -> wishes(context.replicaOptions(AuroraOption.Wished.class)),
            context -> wishes(context.sourceOptions(AuroraOption.Wished.class)));

    private static final EndpointCodec CODEC = new AuroraCodec();

    private final @Nullable AwsClients clients;
    private final @Nullable RdsControlPlane plane;
    private final Clusters clusters;
    private final ManagedGroups groups;
    private final AuroraFailovers failovers;
    private final @Nullable RdsLooks looks;

    private AuroraEngine(@Nullable AwsClients clients) {
        this.clients = clients;
        this.plane = clients == null ? null : new RdsControlPlane(clients);
        this.looks = clients == null ? null : new RdsLooks(clients);
        this.clusters = new Clusters(looks);
        this.groups = new ManagedGroups(looks, AuroraEngine::owner);
        this.failovers = new AuroraFailovers(new ManagedFailovers(KIND, this::failovers), clusters);
    }

    private List<String> failovers(Endpoint replica, Instant since) {
        return looks == null ? List.of() : looks.failovers(owner(replica), since);
    }

    private static List<ManagedWish> wishes(List<AuroraOption.Wished> options) {
        return options.stream().map(AuroraOption.Wished::wish).toList();
    }

    /** The engine without AWS credentials. Endpoints must say their address: {@code at(host, port)}. */
    public static AuroraEngine create() {
        return new AuroraEngine(null);
    }

    /** The engine with these clients, which are closed with it. */
    public static AuroraEngine create(AwsClients clients) {
        return new AuroraEngine(clients);
    }

    static StepKey key(String step) {
        return KIND.key(step);
    }

    private static GroupOwner owner(Endpoint endpoint) {
        AuroraCluster cluster = (AuroraCluster) endpoint;
        return GroupOwner.cluster(cluster.place(), cluster.clusterIdentifier());
    }

    @Override
    public EngineId id() {
        return ID;
    }

    @Override
    public int builtForSpi() {
        return Spi.LEVEL;
    }

    @Override
    public EndpointCodec endpoints() {
        return CODEC;
    }

    @Override
    public ServerAddress locate(Endpoint endpoint) {
        Optional<ServerAddress> given = endpoint.address();
        return given.isPresent() ? given.get() : lookedUp((AuroraCluster) endpoint);
    }

    private ServerAddress lookedUp(AuroraCluster endpoint) {
        RdsCluster cluster = clusters.find(endpoint)
                .orElseThrow(
                        () -> new StepRefusedException(
                                Problem.of(
                                        AwsErrorCode.NO_CLIENT,
                                        "The address of " + endpoint.label()
                                                + " is not known, and there is no client to ask for it",
                                        "Give the endpoint its address by at(host, port), or the engine clients by AuroraEngine.create(clients)")));
        return cluster.orThrowIfTerminal()
                .address()
                .orElseThrow(() -> new StepUnavailableException(Problem.of(
                        AwsErrorCode.WRONG_STATE,
                        "The cluster " + endpoint.label() + " has no address yet, it is " + cluster.status())));
    }

    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        ServerFacts read = FactsReader.read(ID, address, session);
        AuroraFacts.requireWriter(read, clusters.find((AuroraCluster) endpoint));
        ServerFacts known = ManagedSteps.addedTo(read, session);
        return GtidsToCome.with(clusters.addedTo(groups.addedTo(known, endpoint), (AuroraCluster) endpoint));
    }

    @Override
    public Optional<ServerFacts> expectedFacts(ReplicaEndpoint replica, SourceEndpoint from, ServerFacts source) {
        if (replica instanceof NewAuroraReadReplica far) {
            return clients == null
                    ? Optional.of(ComingReadReplica.withoutClients(far, source))
                    : new ComingReadReplica(new MadeClusters(clients), new RdsLooks(clients)).facts(far, from, source);
        }
        return clients == null
                ? Optional.of(ComingCluster.expected(source))
                : new ComingCluster(new MadeClusters(clients), new RdsLooks(clients), groups)
                        .facts((NewAuroraCluster) replica, from, source);
    }

    @Override
    public List<Step> sourceSteps() {
        List<Step> steps = new ArrayList<>();
        for (Step step : ManagedSteps.ofSource(KIND)) {
            steps.add(step.row() == GuideStep.CREATE_REPLICATION_USER ? withPort(step) : step);
        }
        steps.add(new EnableBinlog(new BinlogFormat("ROW", "1", clusters, groups)));
        steps.add(new DisableBinlog(new BinlogFormat("OFF", "0", clusters, groups)));
        return List.copyOf(steps);
    }

    private Step withPort(Step account) {
        Step opened = new OpenedPort(account, KIND, clients == null ? null : new PortLooks(clients));
        return new OnReadReplica(
                opened,
                new NothingToDo(
                        "leave-account-to-aws",
                        account.row(),
                        "AWS makes the account of its own replica, and the way to the source."));
    }

    @Override
    public List<Step> replicaSteps() {
        return ManagedSteps.ofReplica(KIND, groups).stream().map(this::orByAws).toList();
    }

    /** What is done otherwise where AWS itself replicates to the replica. */
    private Step orByAws(Step usual) {
        return switch (usual.row()) {
            case ENABLE_REPLICATION -> new OnReadReplica(usual, new FollowByAws());
            case STOP_REPLICATION ->
                new OnReadReplica(
                        usual,
                        new NothingToDo("leave-stop-to-aws", usual.row(), "The promotion of the replica stops it."));
            case RESET_REPLICA -> new OnReadReplica(usual, new PromoteReadReplica(looks));
            default -> usual;
        };
    }

    @Override
    public List<Check> sourceChecks() {
        return Stream.concat(ManagedSteps.checksOfSource().stream(), Stream.of(new DumpYieldsCheck()))
                .toList();
    }

    @Override
    public List<Check> replicaChecks() {
        return ManagedSteps.checksOfReplica();
    }

    @Override
    public List<SeedOffer> seedOffers() {
        TemporaryCopies copies = clients == null ? null : new TemporaryCopies(clients);
        return List.of(
                new ClusterCopy(ClusterCopy.Origin.CLONE, copies),
                new ClusterCopy(ClusterCopy.Origin.SNAPSHOT, copies),
                new NativeCopy(ClusterCopy.Origin.CLONE, copies),
                new NativeCopy(ClusterCopy.Origin.SNAPSHOT, copies),
                new ReadReplicaOffer());
    }

    @Override
    public List<SeedAcceptance> seedAcceptances() {
        MadeClusters made = clients == null ? null : new MadeClusters(clients);
        return List.of(
                new CreatedCluster(ClusterCopy.Origin.CLONE, made),
                new CreatedCluster(ClusterCopy.Origin.SNAPSHOT, made),
                new MigratedCluster(made, clients == null ? null : new MadeInstances(clients)),
                new CreatedReadReplica(made, looks == null ? PollPace.OF_SERVERS : looks.pace()));
    }

    /** Aurora refuses {@code FLUSH TABLES WITH READ LOCK} to everybody. */
    @Override
    public Optional<Duration> binlogRetention(ServerFacts source) {
        return ManagedSteps.binlogRetention(source);
    }

    @Override
    public List<LockKind> snapshotLocks() {
        return List.of(LockKind.TABLE_WRITE_LOCKS);
    }

    @Override
    public Optional<ControlPlane> controlPlane() {
        return Optional.ofNullable(plane);
    }

    @Override
    public ReplicaTreatments treatments() {
        return ManagedSteps.treatmentsOfReplica();
    }

    @Override
    public Optional<ApplierStops> applierStops() {
        return Optional.of(ManagedSteps.stopsOfReplica());
    }

    @Override
    public Optional<Failovers> failovers() {
        return Optional.of(failovers);
    }

    @Override
    public void close() {
        if (clients != null) {
            clients.close();
        }
    }
}
