// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.plan.CoreLive;
import dev.sluice.core.run.DrivenClock;
import dev.sluice.testing.MockCall.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a mock engine's servers are: their facts, what was done on them, and what they were asked. Thread-safe. */
final class MockState {
    private static final Duration FAR_BEHIND = Duration.ofMinutes(1);
    private static final int PARTS_OF_LAG = 8;

    private final DoneRows done = new DoneRows();
    private final MockUndos undos = new MockUndos();
    private final Map<String, MockFacts> facts = new HashMap<>();
    private final Map<String, List<Row>> answers = new LinkedHashMap<>();
    private final Map<GuideStep, Instant> asked = new EnumMap<>(GuideStep.class);
    private final Map<String, Instant> awayUntil = new HashMap<>();
    private final List<MockCall> calls = new ArrayList<>();
    private final List<GuideStep> performed = new ArrayList<>();
    private Clock clock = Clock.systemUTC();
    private final MockReplication replication = new MockReplication(clock);
    private boolean isHeldBack;
    private int failovers;

    synchronized void clock(Clock time) {
        clock = time;
        replication.clock(time);
    }

    synchronized Clock clock() {
        return clock;
    }

    synchronized void lag(LagRule rule) {
        replication.rule(rule);
    }

    synchronized void facts(String server, MockFacts ofServer) {
        facts.put(server, ofServer);
    }

    synchronized ServerFacts facts(EngineId engine, String server, ServerAddress address) {
        return known(engine, server).of(engine, address);
    }

    private MockFacts known(EngineId engine, String server) {
        return facts.getOrDefault(server, MockFacts.of(engine));
    }

    synchronized void plant(String fragment, List<Row> result) {
        answers.put(fragment, List.copyOf(result));
    }

    /** What the test says that the server answers. */
    synchronized Optional<List<Row>> planted(String sql) {
        return answers.entrySet().stream()
                .filter(entry -> sql.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** What a server answers of itself; no rows to what it knows nothing of. */
    synchronized List<Row> answer(Endpoint endpoint, String sql) {
        Optional<List<Row>> guard = undos.guardValue(sql);
        if (guard.isPresent()) {
            return guard.get();
        }
        ServerFacts server = facts(endpoint.engine(), endpoint.label(), MockEngine.address(endpoint));
        @Nullable List<Row> told = replication.answer(sql, server);
        return told == null ? List.of() : told;
    }

    /** The row is done as a whole. */
    synchronized void markDone(GuideStep row) {
        done.mark(row);
        undos.forget(DoneRows.reversedBy(row));
    }

    /** Whether the row is done as a whole now. */
    synchronized boolean markDone(CompiledStep step, Operation operation) {
        done.mark(step, operation.id());
        undos.add(step.row(), operation);
        boolean isWhole = done.isDone(step.row());
        if (isWhole) {
            undos.forget(DoneRows.reversedBy(step.row()));
        }
        return isWhole;
    }

    synchronized void forget(GuideStep row) {
        done.forget(row);
    }

    synchronized void forget(GuideStep row, String operation) {
        done.forget(row, operation);
    }

    synchronized boolean isDone(GuideStep row) {
        return done.isDone(row);
    }

    synchronized List<Operation> missing(CompiledStep step) {
        return done.missing(step);
    }

    synchronized <T> T undos(Function<MockUndos, T> work) {
        return work.apply(undos);
    }

    /** Whether a person has had the time that the test gives them, since the row was first found missing. */
    synchronized boolean wasDoneByPerson(GuideStep row, Optional<Duration> time) {
        if (time.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        Instant first = asked.computeIfAbsent(row, none -> now);
        return !now.isBefore(first.plus(time.get()));
    }

    /** The replica follows its source from now on. */
    synchronized void point(EngineId engine, String server, ChannelFacts channel) {
        facts.put(server, known(engine, server).withoutChannels().channel(channel));
        replication.begin();
    }

    synchronized void withoutChannels(String server) {
        facts.computeIfPresent(server, (name, old) -> old.withoutChannels());
    }

    synchronized void running(String server, boolean runs) {
        facts.computeIfPresent(server, (name, old) -> old.channels(state(runs)));
    }

    private static UnaryOperator<ChannelFacts> state(boolean runs) {
        String word = runs ? "Yes" : "No";
        return old -> new ChannelFacts(
                old.name(),
                old.sourceHost(),
                old.sourcePort(),
                old.user(),
                old.sourceUuid(),
                old.autoPosition(),
                old.tls(),
                word,
                word);
    }

    /** For the looks that do not see the effect yet, the replica is a little behind. */
    synchronized void holdBack(boolean back) {
        if (back != isHeldBack) {
            isHeldBack = back;
            replication.holdBack(back);
        }
    }

    /** Whether the replica is behind, which the run's listeners are told. */
    boolean isBehind(LiveContext context) {
        Duration lag = lag();
        if (context instanceof CoreLive core) {
            core.lagSeen(lag, "the mock replica replicates");
        }
        return !lag.isZero();
    }

    private synchronized Duration lag() {
        return replication.lag();
    }

    /** By a test's clock a look at a replica that is far behind takes time itself: days would be hundreds of thousands of looks. */
    void passWhileBehind() {
        Duration lag = lag();
        if (clock() instanceof DrivenClock && lag.compareTo(FAR_BEHIND) > 0) {
            pass(lag.dividedBy(PARTS_OF_LAG));
        }
    }

    /** Another server takes over from each one that replicates. */
    synchronized void failOver(Duration away, boolean keepsReplication) {
        Instant back = clock.instant().plus(away);
        failovers++;
        facts.replaceAll((server, old) -> {
            if (old.hasNoChannels()) {
                return old;
            }
            awayUntil.put(server, back);
            UUID next = UUID.nameUUIDFromBytes((server + failovers).getBytes(StandardCharsets.UTF_8));
            MockFacts other = old.variable("server_uuid", next.toString());
            return keepsReplication ? other : other.withoutChannels();
        });
        if (!keepsReplication) {
            done.forget(GuideStep.ENABLE_REPLICATION);
        }
    }

    /** A server that fails over answers nobody. */
    synchronized void requireReachable(String server) {
        Instant back = awayUntil.get(server);
        if (back != null && clock.instant().isBefore(back)) {
            throw new StepUnavailableException(
                    Problem.of(MockCode.FAILING_OVER, "Mock server " + server + " fails over until " + back));
        }
    }

    /** Lets the time pass, by the clock of the test or by that of the system. */
    void pass(Duration time) {
        if (!time.isZero()) {
            Cancellation never = clock() instanceof DrivenClock driven ? new Cancellation(driven) : new Cancellation();
            if (!never.sleep(time)) {
                throw new CancelledException();
            }
        }
    }

    synchronized void record(MockCall call) {
        calls.add(call);
        if (call.kind() == Kind.PERFORM && call.outcome().equals("done") && done.isDone(call.row())) {
            performed.add(call.row());
        }
    }

    synchronized List<MockCall> calls() {
        return List.copyOf(calls);
    }

    /** The rows that were done without a failure. */
    synchronized List<GuideStep> performed() {
        return List.copyOf(performed);
    }
}
