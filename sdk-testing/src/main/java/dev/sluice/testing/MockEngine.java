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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * An engine without servers, for unit tests of plans: its steps go as a test's script says, and succeed where there is none.
 *
 * <pre>{@code
 * MockEngine engine = MockEngine.create().on(RETAIN_BINLOGS).failsOnce(unavailable()).thenSucceeds();
 * try (Sluice sluice = Sluice.builder().engines(engine).build()) {
 *     ReplicationPlan plan = ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2"));
 *     sluice.start(sluice.compile(plan)).await();
 * }
 * assertThat(engine.performed()).contains(RETAIN_BINLOGS);
 * }</pre>
 *
 * <p>Source and replica of a plan must both be mock servers. The engine stands for one pair of servers and remembers what was done to them,
 * so that the same plan run again finds everything done. Thread-safe.
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
    private volatile boolean hasCredentials = true;

    private MockEngine() {}

    /** An engine whose servers are healthy 8.0 ones on which nothing is done yet. */
    public static MockEngine create() {
        return new MockEngine();
    }

    /** The script of a row of the guide. */
    public RowScript on(GuideStep row) {
        return scripts.of(row, absent -> new RowScript(this, absent));
    }

    /** What this server says about itself. When not called: {@link MockFacts#mysql80()}. */
    public MockEngine facts(MockMySql server, MockFacts facts) {
        servers.facts(server.name(), facts);
        return this;
    }

    /** What looks and checks get that send a statement which contains this text. When not called: no rows. */
    public MockEngine answers(String partOfStatement, Row... rows) {
        servers.answer(partOfStatement, List.of(rows));
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
        return servers.calls();
    }

    /** The rows that were done without a failure, in order, once for each time. */
    public List<GuideStep> performed() {
        return rows(MockCall.Kind.PERFORM);
    }

    /** The rows that were undone, in order. */
    public List<GuideStep> undone() {
        return rows(MockCall.Kind.UNDO);
    }

    private List<GuideStep> rows(MockCall.Kind kind) {
        return calls().stream()
                .filter(call -> call.kind() == kind && call.outcome().equals("done"))
                .map(MockCall::row)
                .toList();
    }

    void markDone(GuideStep row) {
        servers.markDone(row);
    }

    /** Somebody has taken back what was done. */
    void forget(GuideStep row) {
        servers.forget(row);
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
        return endpoint.address().orElseThrow();
    }

    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        return servers.facts(endpoint.label(), address);
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
