// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static java.util.stream.Collectors.joining;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.ControlPlane;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.Sluice;
import dev.sluice.core.SluiceBuilder;
import dev.sluice.core.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * An engine without servers, for unit tests of plans: its steps go as a test's script says, and succeed where there is none.
 *
 * <pre>{@code
 * MockEngine mock = MockEngine.inPlaceOf(RdsEngine.create(), AuroraEngine.create());
 * mock.on(RETAIN_BINLOGS).failsOnce(transientError()).thenSucceeds();
 * try (Sluice sluice = mock.sluice().build()) {
 *     sluice.start(sluice.compile(plan)).await();   // from RdsMySql… to AuroraMySql…, and nobody was connected to
 * }
 * assertThat(mock.performed()).contains(RETAIN_BINLOGS);
 * }</pre>
 *
 * <p>Plans are about {@link MockMySql} servers, or about the endpoints of the engines that it stands in for: these engines write and read
 * endpoints and compile the plan themselves, so that each statement and each call is the one that a real run would send. Nothing is
 * sent: what is done, and what a look finds, is the script's affair. What the servers say of themselves is {@link MockFacts}.
 *
 * <p>It stands for one pair of servers and remembers what was done to them, so that the same plan run again finds everything done. Thread-safe.
 */
public final class MockEngine implements Engine {
    private static final List<GuideStep> ON_SOURCE = List.of(
            GuideStep.ENABLE_BINLOG,
            GuideStep.RETAIN_BINLOGS,
            GuideStep.CREATE_REPLICATION_USER,
            GuideStep.RELAX_RETENTION,
            GuideStep.DROP_REPLICATION_USER,
            GuideStep.RESTORE_RETENTION,
            GuideStep.PURGE_BINLOGS,
            GuideStep.DISABLE_BINLOG);
    private static final List<GuideStep> ON_REPLICA = List.of(
            GuideStep.PREPARE_REPLICA,
            GuideStep.PROTECT_REPLICA,
            GuideStep.ENABLE_REPLICATION,
            GuideStep.CATCH_UP,
            GuideStep.START_REPLICATION,
            GuideStep.STOP_REPLICATION,
            GuideStep.RESET_REPLICA);

    private final MockServers.Scripts scripts = new MockServers.Scripts();
    private final MockServers servers = new MockServers(this::on);

    private final List<MockSeed> offers = new CopyOnWriteArrayList<>();
    private final List<String> artefacts = new CopyOnWriteArrayList<>();
    private final List<StandIn> standIns;
    private volatile boolean hasCredentials = true;

    private MockEngine(List<Engine> real) {
        this.standIns =
                real.stream().map(engine -> new StandIn(engine, servers, this)).toList();
    }

    /** An engine whose servers are healthy 8.0 ones on which nothing is done yet. */
    public static MockEngine create() {
        return new MockEngine(List.of());
    }

    /**
     * One that also stands in for these engines, whose endpoints plans may then name. The engines are closed with the Sluice. Their servers are
     * healthy 8.0 ones until {@link #facts} says otherwise; on RDS and Aurora with AWS's procedures. An engine for AWS needs no clients here.
     */
    public static MockEngine inPlaceOf(Engine... real) {
        return new MockEngine(List.of(real));
    }

    /** For {@code Sluice.builder().engines(…)}: this engine, and one for each that it stands in for. */
    public Engine[] engines() {
        return Stream.concat(Stream.of(this), standIns.stream()).toArray(Engine[]::new);
    }

    /**
     * A builder with these {@linkplain #engines() engines}, this {@linkplain #clock clock} and a journal in memory, in which every secret resolves to a word of no
     * meaning, so that no test needs an environment variable.
     */
    public SluiceBuilder sluice() {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engines())
                .clock(servers.state().clock())
                .secrets(secret -> "mock-password");
    }

    /** The clock by which slow steps, lag and failovers go; usually a {@link ManualClock}. When not called: the system's, in UTC. */
    public MockEngine clock(Clock time) {
        servers.state().clock(time);
        return this;
    }

    /** How far the replica is behind, from the moment on in which replication is enabled. When not called: not at all. */
    public MockEngine lag(LagRule rule) {
        servers.state().lag(rule);
        return this;
    }

    /** What the comparison of the row VERIFY comes to. When not called: nothing differs. */
    public MockEngine verification(VerificationReport report) {
        servers.verification(report);
        return this;
    }

    /** The script of a row of the guide. */
    public RowScript on(GuideStep row) {
        return scripts.of(row, absent -> new RowScript(this, absent));
    }

    /**
     * What this server says about itself. When not called: {@link MockFacts#rds80()} and {@link MockFacts#aurora3()} for servers at AWS, and
     * {@link MockFacts#mysql80()} for all others.
     *
     * @param server as the plan has it; known by its label
     */
    public MockEngine facts(Endpoint server, MockFacts facts) {
        servers.state().facts(server.label(), facts);
        return this;
    }

    /** What looks and checks get that send a statement which contains this text. When not called: no rows. */
    public MockEngine answers(String partOfStatement, Row... rows) {
        servers.state().plant(partOfStatement, List.of(rows));
        return this;
    }

    /** How many rows a copy tells that it moved. When not called: 1000. */
    public MockEngine rowsToCopy(long number) {
        servers.rowsToCopy(number);
        return this;
    }

    /**
     * Lets sources offer this way to be snapshotted, which a plan asks for by {@code seedWith(way.seed())}. Its making goes as the script of
     * {@code SNAPSHOT} says. When not called: the logical copy only.
     */
    public MockEngine offers(MockSeed way) {
        offers.add(way);
        return this;
    }

    /** Lets replicas be loaded from what {@link MockSeed#of} leaves behind. When not called: row by row only. */
    public MockEngine accepts(String artefact) {
        artefacts.add(artefact);
        return this;
    }

    /**
     * Has no credentials for its provider, so that every call of its control plane is an action for a person. When not called: makes the calls
     * itself.
     */
    public MockEngine withoutCredentials() {
        hasCredentials = false;
        return this;
    }

    /** Everything that the servers were asked, in order. */
    public List<MockCall> calls() {
        return servers.state().calls();
    }

    /** The rows that were done without a failure, in order, once for each time that a run finished one. */
    public List<GuideStep> performed() {
        return servers.state().performed();
    }

    /** The rows that were undone, in order, once for each undo. */
    public List<GuideStep> undone() {
        return done(MockCall.Kind.UNDO).map(MockCall::row).toList();
    }

    /**
     * What was sent to the servers and took effect, undos included, as previews show it: statements and calls with holes in place of secrets and
     * of what only a run knows.
     */
    public List<String> statements() {
        return calls().stream()
                .filter(call -> call.kind() != MockCall.Kind.LOOK && call.tookEffect())
                .flatMap(call -> call.statements().stream())
                .toList();
    }

    /**
     * What scripts of {@link #on rows} have told and no call has met by now: a line each, with the calls of that row that there were. A row that had
     * nothing to do is not called, and a script of it does nothing; {@code assertThat(mock).hasMetAllScripts()} fails then.
     *
     * @return empty if every script was met; of {@link RowScript#thenSucceeds} there is nothing to meet
     */
    public List<String> unmetScripts() {
        return scripts.unmet(calls());
    }

    private Stream<MockCall> done(MockCall.Kind kind) {
        return calls().stream()
                .filter(call -> call.kind() == kind && call.outcome().equals("done"));
    }

    void markDone(GuideStep row) {
        servers.state().markDone(row);
    }

    /** Somebody has taken back what was done. */
    public void forget(GuideStep row) {
        servers.state().forget(row);
    }

    void failOver(Duration away, boolean keepsReplication) {
        servers.state().failOver(away, keepsReplication);
    }

    boolean hasCredentials() {
        return hasCredentials;
    }

    /** Where an endpoint answers; one whose address only its provider knows gets one that follows from its name. */
    static ServerAddress address(Endpoint endpoint) {
        return endpoint.address().orElseGet(() -> {
            String name = endpoint.label()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9.]+", "-")
                    .replaceAll("-$", "");
            return new ServerAddress(name + ".mock", ServerAddress.DEFAULT_PORT);
        });
    }

    @Override
    public EngineId id() {
        return MockMySql.ENGINE;
    }

    @Override
    public int builtForSpi() {
        return Spi.LEVEL;
    }

    @Override
    public Optional<ServerAccess> access() {
        return Optional.of(servers);
    }

    @Override
    public ServerAddress locate(Endpoint endpoint) {
        return address(endpoint);
    }

    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        return servers.facts(id(), endpoint.label(), address);
    }

    @Override
    public List<Step> sourceSteps() {
        return steps(ON_SOURCE, Target.SOURCE);
    }

    @Override
    public List<Step> replicaSteps() {
        return steps(ON_REPLICA, Target.REPLICA);
    }

    private List<Step> steps(List<GuideStep> rows, Target target) {
        return rows.stream()
                .<Step>map(row -> new MockStep(servers, row, target))
                .toList();
    }

    @Override
    public List<SeedOffer> seedOffers() {
        return offers.stream()
                .<SeedOffer>map(way -> new MockSeedOffer(servers, way))
                .toList();
    }

    @Override
    public List<SeedAcceptance> seedAcceptances() {
        return artefacts.stream()
                .<SeedAcceptance>map(name -> new MockSeedAcceptance(servers, name))
                .toList();
    }

    @Override
    public Optional<ControlPlane> controlPlane() {
        return hasCredentials ? Optional.of(servers) : Optional.empty();
    }

    @Override
    public List<LockKind> snapshotLocks() {
        return List.of(LockKind.GLOBAL_READ_LOCK);
    }

    @Override
    public EndpointCodec endpoints() {
        return new NamesOnly();
    }

    @Override
    public String toString() {
        return Stream.concat(Stream.of("mock engine"), calls().stream().map(MockCall::toString))
                .collect(joining("\n  "));
    }

    /** A mock server is its name. */
    private static final class NamesOnly implements EndpointCodec {
        @Override
        public Document write(Endpoint endpoint) {
            return Document.empty().with("name", endpoint.label());
        }

        @Override
        public Endpoint read(Document document) {
            return MockMySql.named(document.text("name"));
        }

        @Override
        public Document writeOption(EndpointOption<?> option) {
            throw new IllegalArgumentException("Mock servers have no options");
        }

        @Override
        public EndpointOption<?> readOption(Document document) {
            throw new IllegalArgumentException("Mock servers have no options");
        }
    }
}
