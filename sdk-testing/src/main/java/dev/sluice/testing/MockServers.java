// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.ControlPlane;
import dev.sluice.api.spi.OperationOutcome;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testing.MockCall.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The state of a mock engine's servers: their facts, which rows of the guide are done on them, and what they were asked. Thread-safe. */
final class MockServers implements ServerAccess, ControlPlane {
    static final String UNDO = "UNDO MOCK ";

    private static final Map<GuideStep, Set<GuideStep>> REVERSES = Map.of(
            GuideStep.ENABLE_REPLICATION, Set.of(GuideStep.STOP_REPLICATION, GuideStep.RESET_REPLICA),
            GuideStep.START_REPLICATION, Set.of(GuideStep.STOP_REPLICATION),
            GuideStep.STOP_REPLICATION,
                    Set.of(GuideStep.ENABLE_REPLICATION, GuideStep.START_REPLICATION, GuideStep.CATCH_UP),
            GuideStep.CREATE_REPLICATION_USER, Set.of(GuideStep.DROP_REPLICATION_USER),
            GuideStep.DROP_REPLICATION_USER, Set.of(GuideStep.CREATE_REPLICATION_USER),
            GuideStep.ENABLE_BINLOG, Set.of(GuideStep.DISABLE_BINLOG),
            GuideStep.DISABLE_BINLOG, Set.of(GuideStep.ENABLE_BINLOG),
            GuideStep.RETAIN_BINLOGS, Set.of(GuideStep.RELAX_RETENTION, GuideStep.RESTORE_RETENTION),
            GuideStep.RELAX_RETENTION, Set.of(GuideStep.RETAIN_BINLOGS),
            GuideStep.RESTORE_RETENTION, Set.of(GuideStep.RETAIN_BINLOGS));

    private final Function<GuideStep, RowScript> scripts;
    private final Set<GuideStep> done = new HashSet<>();
    private final Map<String, MockFacts> facts = new HashMap<>();
    private final Map<String, List<Row>> answers = new LinkedHashMap<>();
    private final List<MockCall> calls = new ArrayList<>();
    private long rows = 1000;

    MockServers(Function<GuideStep, RowScript> scripts) {
        this.scripts = scripts;
    }

    synchronized void facts(String server, MockFacts ofServer) {
        facts.put(server, ofServer);
    }

    synchronized ServerFacts facts(String server, ServerAddress address) {
        return facts.getOrDefault(server, MockFacts.mysql80()).of(MockMySql.ENGINE, address);
    }

    synchronized void answer(String fragment, List<Row> result) {
        answers.put(fragment, List.copyOf(result));
    }

    synchronized void rowsToCopy(long number) {
        rows = number;
    }

    synchronized void markDone(GuideStep row) {
        done.add(row);
        done.removeAll(REVERSES.getOrDefault(row, Set.of()));
    }

    synchronized void forget(GuideStep row) {
        done.remove(row);
    }

    synchronized List<MockCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ServerSession open(Endpoint endpoint) {
        return sql -> answerTo(sql);
    }

    private synchronized List<Row> answerTo(String sql) {
        return answers.entrySet().stream()
                .filter(entry -> sql.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    /** Whether a look finds the row done. What is only waited for gets done by being looked at. */
    boolean look(GuideStep row, Target target, StepContext context) {
        String server = server(context.plan(), target);
        if (row == GuideStep.CATCH_UP) {
            meet(row, server, Kind.LOOK, () -> {});
        }
        boolean seen;
        synchronized (this) {
            seen = row == GuideStep.CATCH_UP || done.contains(row);
        }
        boolean shows = seen && scripts.apply(row).effectShows();
        record(Kind.LOOK, row, server, shows ? "done" : "missing");
        return shows;
    }

    @Override
    public void perform(ControlPlaneOperation call, StepContext context) {
        String server = server(context.plan(), call.info().target());
        if (call.action().equals(MockSeedStep.DELETE)) {
            undo(GuideStep.SNAPSHOT, server);
            return;
        }
        meet(GuideStep.SNAPSHOT, server, Kind.PERFORM, () -> markDone(GuideStep.SNAPSHOT));
        markDone(GuideStep.SNAPSHOT);
        record(Kind.PERFORM, GuideStep.SNAPSHOT, server, "done");
    }

    @Override
    public OperationOutcome perform(Operation operation, StepContext context) {
        if (operation.info().target() == Target.SEED) {
            return outcome(operation, context);
        }
        String server = server(context.plan(), operation.info().target());
        String text = String.join(" ", operation.preview());
        if (text.startsWith(UNDO)) {
            undo(GuideStep.valueOf(text.substring(UNDO.length())), server);
            return OperationOutcome.DONE;
        }
        GuideStep row = row(operation);
        meet(row, server, Kind.PERFORM, () -> apply(row, server, context));
        apply(row, server, context);
        record(Kind.PERFORM, row, server, "done");
        return outcome(operation, context);
    }

    /** Fails as the script says. */
    private void meet(GuideStep row, String server, Kind kind, Runnable effect) {
        Optional<MockFailure> failure = scripts.apply(row).next();
        if (failure.isPresent()) {
            if (failure.get().takesEffect()) {
                effect.run();
            }
            record(kind, row, server, failure.get().name());
            throw failure.get().exception("Mock server " + server + " failed at '" + row.title() + "'");
        }
    }

    private static GuideStep row(Operation operation) {
        if (operation instanceof SnapshotOperation) {
            return GuideStep.SNAPSHOT;
        }
        if (operation instanceof CopyOperation) {
            return GuideStep.LOAD;
        }
        if (operation instanceof VerifyOperation) {
            return GuideStep.VERIFY;
        }
        for (GuideStep row : GuideStep.values()) {
            if (MockStep.name(row).equals(operation.id())) {
                return row;
            }
        }
        throw new IllegalArgumentException("Not an operation of a mock server: " + operation);
    }

    private synchronized void apply(GuideStep row, String server, StepContext context) {
        markDone(row);
        if (row == GuideStep.ENABLE_REPLICATION) {
            facts.merge(
                    server,
                    MockFacts.mysql80().channel(channel(context)),
                    (old, none) -> old.withoutChannels().channel(channel(context)));
        } else if (row == GuideStep.RESET_REPLICA) {
            facts.computeIfPresent(server, (name, old) -> old.withoutChannels());
        }
    }

    private static ChannelFacts channel(StepContext context) {
        ServerAddress source = context.sourceAsSeenByReplica();
        return new ChannelFacts(
                "",
                source.host(),
                source.port(),
                context.account().user(),
                context.source().serverUuid(),
                context.positioning() == Positioning.GTID,
                true,
                "Yes",
                "Yes");
    }

    private synchronized void undo(GuideStep row, String server) {
        done.remove(row);
        if (row == GuideStep.ENABLE_REPLICATION) {
            facts.computeIfPresent(server, (name, old) -> old.withoutChannels());
        }
        record(Kind.UNDO, row, server, "done");
    }

    private OperationOutcome outcome(Operation operation, StepContext context) {
        if (operation instanceof SnapshotOperation) {
            return new OperationOutcome(coordinates(context), null, 0, 0);
        }
        if (operation instanceof VerifyOperation) {
            return new OperationOutcome(null, new VerificationReport(List.of(), List.of(), Duration.ZERO), 0, 0);
        }
        synchronized (this) {
            return operation instanceof CopyOperation
                    ? new OperationOutcome(null, null, rows, rows * 100)
                    : OperationOutcome.DONE;
        }
    }

    static Coordinates coordinates(StepContext context) {
        ServerFacts source = context.source();
        return new Coordinates(
                source.serverUuid(),
                "",
                new BinlogPosition("mock-bin.000001", 157),
                source.gtidsOn() ? MySqlGtidSet.parse(source.gtidExecuted()) : null,
                Instant.EPOCH,
                "mock snapshot");
    }

    private static String server(Plan plan, Target target) {
        return target == Target.SOURCE
                ? plan.findSource().orElseThrow().label()
                : plan.replica().label();
    }

    private synchronized void record(Kind kind, GuideStep row, String server, String outcome) {
        calls.add(new MockCall(kind, row, server, outcome));
    }

    /** Scripts by row, made when they are first asked for. */
    static final class Scripts {
        private final Map<GuideStep, RowScript> byRow = new EnumMap<>(GuideStep.class);

        synchronized RowScript of(GuideStep row, Function<GuideStep, RowScript> maker) {
            return byRow.computeIfAbsent(row, maker);
        }
    }
}
