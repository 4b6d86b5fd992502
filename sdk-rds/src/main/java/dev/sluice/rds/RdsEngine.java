// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

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
import dev.sluice.api.spi.ApplierStops;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.ControlPlane;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Failovers;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.FactsReader;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.rds.aws.AwsErrorCode;
import dev.sluice.rds.aws.GroupOwner;
import dev.sluice.rds.aws.MadeInstances;
import dev.sluice.rds.aws.PortLooks;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.RdsInstance;
import dev.sluice.rds.aws.RdsLooks;
import dev.sluice.rds.managed.ManagedFailovers;
import dev.sluice.rds.managed.ManagedGroups;
import dev.sluice.rds.managed.ManagedKind;
import dev.sluice.rds.managed.ManagedSteps;
import dev.sluice.rds.managed.ManagedWish;
import dev.sluice.rds.managed.OpenedPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine for RDS for MySQL, in both roles. With clients of the RDS API it looks instances up and changes what only that API can change;
 * without them each such call is an action for a person, shown with the exact {@code aws} command. Thread-safe.
 */
public final class RdsEngine implements Engine {
    /** The kind of server: {@code rds-mysql}. */
    public static final EngineId ID = new EngineId("rds-mysql");

    /** Binary logs are kept for at most seven days. */
    private static final ManagedKind KIND = new ManagedKind(
            ID,
            "RDS for MySQL",
            168,
            context -> wishes(context.replicaOptions(RdsOption.Wished.class)),
            context -> wishes(context.sourceOptions(RdsOption.Wished.class)));

    private static final EndpointCodec CODEC = new RdsCodec();

    private final @Nullable AwsClients clients;
    private final @Nullable RdsControlPlane plane;
    private final Instances instances;
    private final ManagedGroups groups;
    private final ManagedFailovers failovers;

    private RdsEngine(@Nullable AwsClients clients) {
        this.clients = clients;
        this.plane = clients == null ? null : new RdsControlPlane(clients);
        this.instances = new Instances(plane);
        RdsLooks looks = clients == null ? null : new RdsLooks(clients);
        this.groups = new ManagedGroups(looks, RdsEngine::owner);
        this.failovers = new ManagedFailovers(
                KIND, (replica, since) -> looks == null ? List.of() : looks.failovers(owner(replica), since));
    }

    private static List<ManagedWish> wishes(List<RdsOption.Wished> options) {
        return options.stream().map(RdsOption.Wished::wish).toList();
    }

    /** For how many days the plan wants backups of its replica to be kept; empty if it says nothing about them. */
    static Optional<Integer> backupDays(StepContext context) {
        return KIND.wish(context, ManagedWish.KeepBackups.class).map(ManagedWish.KeepBackups::days);
    }

    /** Whether the plan has its source's binary logs kept by a read replica that stands still. */
    static boolean keepsByReadReplica(StepContext context) {
        return !context.alreadyReplicating()
                && KIND.sourceWish(context, ManagedWish.KeepByReadReplica.class).isPresent()
                && context.replication()
                        .binlogRetention()
                        .filter(wanted -> wanted.toHours() > KIND.mostRetentionHours())
                        .isPresent();
    }

    /** The engine without AWS credentials. Endpoints must say their address: {@code at(host, port)}. */
    public static RdsEngine create() {
        return new RdsEngine(null);
    }

    /** The engine with these clients, which are closed with it. */
    public static RdsEngine create(AwsClients clients) {
        return new RdsEngine(clients);
    }

    private static GroupOwner owner(Endpoint endpoint) {
        RdsServer server = (RdsServer) endpoint;
        return GroupOwner.instance(server.place(), server.instanceIdentifier());
    }

    static StepKey key(String step) {
        return KIND.key(step);
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
        return given.isPresent() ? given.get() : lookedUp((RdsServer) endpoint);
    }

    private ServerAddress lookedUp(RdsServer endpoint) {
        RdsInstance instance = instances
                .find(endpoint)
                .orElseThrow(
                        () -> new StepRefusedException(
                                Problem.of(
                                        AwsErrorCode.NO_CLIENT,
                                        "The address of " + endpoint.label()
                                                + " is not known, and there is no client to ask for it",
                                        "Give the endpoint its address by at(host, port), or the engine clients by RdsEngine.create(clients)")));
        return instance.orThrowIfTerminal()
                .address()
                .orElseThrow(() -> new StepUnavailableException(Problem.of(
                        AwsErrorCode.WRONG_STATE,
                        "The instance " + endpoint.label() + " has no address yet, it is " + instance.status())));
    }

    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        return StorageCheck.addedTo(
                groups.addedTo(ManagedSteps.addedTo(FactsReader.read(ID, address, session), session), endpoint),
                instances.find((RdsServer) endpoint));
    }

    @Override
    public Optional<ServerFacts> expectedFacts(ReplicaEndpoint replica, SourceEndpoint from, ServerFacts source) {
        return clients == null
                ? Optional.of(source.expectedOfCopy(ID))
                : new ComingInstance(new MadeInstances(clients), new RdsLooks(clients), groups)
                        .facts((NewRdsInstance) replica, from, source);
    }

    @Override
    public List<Step> sourceSteps() {
        List<Step> steps = new ArrayList<>();
        ManagedSteps.ofSource(KIND).stream().map(this::withMore).forEach(steps::add);
        steps.add(new EnableBinlog(instances));
        steps.add(new DisableBinlog(instances));
        return List.copyOf(steps);
    }

    private Step withMore(Step step) {
        return switch (step.row()) {
            case RETAIN_BINLOGS -> new KeepBinlogs(step, plane);
            case RELAX_RETENTION -> new ReleaseBinlogs(step, plane);
            case CREATE_REPLICATION_USER -> new OpenedPort(step, KIND, clients == null ? null : new PortLooks(clients));
            default -> step;
        };
    }

    @Override
    public List<Step> replicaSteps() {
        List<Step> steps = new ArrayList<>(ManagedSteps.ofReplica(KIND, groups));
        steps.add(new KeepBackups(instances));
        return List.copyOf(steps);
    }

    @Override
    public List<Check> sourceChecks() {
        return ManagedSteps.checksOfSource();
    }

    @Override
    public List<Check> replicaChecks() {
        return Stream.concat(ManagedSteps.checksOfReplica().stream(), Stream.of(new StorageCheck()))
                .toList();
    }

    @Override
    public List<SeedOffer> seedOffers() {
        return List.of(new TemporaryReadReplica(plane), new NativeSnapshot(plane));
    }

    @Override
    public List<SeedAcceptance> seedAcceptances() {
        return List.of(new RestoredInstance(clients == null ? null : new MadeInstances(clients)));
    }

    /** RDS refuses {@code FLUSH TABLES WITH READ LOCK} to everybody. */
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
