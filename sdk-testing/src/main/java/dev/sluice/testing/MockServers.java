// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.ControlPlane;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.OperationOutcome;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testing.MockCall.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Does on a mock engine's servers what is asked of them, as the script has it, and remembers it. Thread-safe. */
final class MockServers implements ServerAccess, ControlPlane {
    static final String UNDO = "UNDO MOCK ";

    /** As core names what it sends besides the operations of steps. */
    private static final String UNDO_BY_STATEMENT = "statement";

    private final Function<GuideStep, RowScript> scripts;
    private final MockState state = new MockState();
    private volatile long rows = 1000;
    private volatile VerificationReport verification = new VerificationReport(List.of(), List.of(), Duration.ZERO);

    MockServers(Function<GuideStep, RowScript> scripts) {
        this.scripts = scripts;
    }

    MockState state() {
        return state;
    }

    ServerFacts facts(EngineId engine, String server, ServerAddress address) {
        return state.facts(engine, server, address);
    }

    void rowsToCopy(long number) {
        rows = number;
    }

    void verification(VerificationReport report) {
        verification = report;
    }

    @Override
    public ServerSession open(Endpoint endpoint) {
        return sql -> answer(endpoint, sql);
    }

    private List<Row> answer(Endpoint endpoint, String sql) {
        state.requireReachable(endpoint.label());
        Optional<List<Row>> planted = state.planted(sql);
        if (planted.isPresent()) {
            return planted.get();
        }
        if (sql.endsWith(" REPLICA STATUS") || sql.endsWith(" SLAVE STATUS")) {
            waitForReplica(endpoint.label());
        }
        return state.answer(endpoint, sql);
    }

    /** The script of the row that waits, for whoever looks at a replica that replicates. */
    private void waitForReplica(String server) {
        if (state.isDone(GuideStep.ENABLE_REPLICATION)) {
            meet(GuideStep.CATCH_UP, server, Kind.LOOK, List.of(), () -> {});
            state.requireReachable(server);
            state.passWhileBehind();
            state.holdBack(!scripts.apply(GuideStep.CATCH_UP).effectShows());
        }
    }

    /** Whether a look finds the row done. What is only waited for gets done by being looked at. */
    Look look(GuideStep row, Target target, LiveContext context) {
        List<Operation> operations = context.step().operations();
        if (operations.isEmpty()) {
            return Look.done("nothing to do");
        }
        String server = server(context.plan(), target);
        scripts.apply(row).looked();
        boolean waits = operations.stream().noneMatch(DoneRows::leavesSomething);
        if (waits) {
            meet(row, server, Kind.LOOK, List.of(), () -> {});
        }
        state.requireReachable(server);
        boolean isDone = waits ? !lags(row, context) : isDone(row, context, operations);
        boolean shows = isDone && scripts.apply(row).effectShows();
        record(Kind.LOOK, row, server, List.of(), shows ? "done" : "missing");
        return shows ? done(operations, context) : missing(isDone, operations, context);
    }

    private boolean lags(GuideStep row, LiveContext context) {
        return row == GuideStep.CATCH_UP && state.isBehind(context);
    }

    private boolean isDone(GuideStep row, LiveContext context, List<Operation> operations) {
        boolean told =
                operations.stream().anyMatch(one -> context.told(one.id()).isPresent());
        if (told || wasDoneByPerson(row)) {
            state.markDone(row);
        }
        return state.isDone(row);
    }

    private boolean wasDoneByPerson(GuideStep row) {
        RowScript script = scripts.apply(row);
        boolean isTimeOver = state.wasDoneByPerson(row, script.byPerson());
        if (isTimeOver) {
            script.wasDoneByPerson();
        }
        return isTimeOver;
    }

    private static Look done(List<Operation> operations, LiveContext context) {
        boolean tellsCoordinates =
                operations.stream().anyMatch(one -> one.fills().contains(Slot.SNAPSHOT_COORDINATES));
        return tellsCoordinates
                ? Look.done("the mock server has it", coordinates(context))
                : Look.done("the mock server has it");
    }

    private Look missing(boolean isDone, List<Operation> operations, LiveContext context) {
        List<Operation> undone = state.missing(context.step());
        if (isDone || undone.isEmpty()) {
            return Look.missing("the mock server lacks it", operations);
        }
        // What waits for something that was done has nothing to wait for any more.
        int first = operations.indexOf(undone.get(0));
        List<Operation> left = operations.subList(first, operations.size()).stream()
                .filter(one -> !DoneRows.leavesSomething(one) || undone.contains(one))
                .toList();
        return Look.missing("the mock server lacks it", left);
    }

    @Override
    public void perform(ControlPlaneOperation call, StepContext context) {
        String server = server(context.plan(), call.info().target());
        Optional<MockUndos.Known> undo =
                step(call, context).isPresent() ? Optional.empty() : state.undos(all -> all.take(call));
        if (undo.isPresent()) {
            undone(undo.get(), server);
        } else if (call.action().equals(MockSeedStep.DELETE)) {
            undone(GuideStep.SNAPSHOT, server);
        } else {
            perform(call, server, context);
        }
    }

    @Override
    public OperationOutcome perform(Operation operation, StepContext context) {
        if (operation.info().target() == Target.SEED) {
            return outcome(operation, context);
        }
        String server = server(context.plan(), operation.info().target());
        String text = String.join(" ", operation.preview());
        Optional<MockUndos.Known> undo =
                step(operation, context).isPresent() ? Optional.empty() : state.undos(all -> all.take(text));
        if (undo.isPresent()) {
            undone(undo.get(), server);
            return OperationOutcome.DONE;
        }
        if (text.startsWith(UNDO)) {
            undone(GuideStep.valueOf(text.substring(UNDO.length())), server);
            return OperationOutcome.DONE;
        }
        if (operation.id().equals(UNDO_BY_STATEMENT)) {
            return OperationOutcome.DONE; // takes back what was never done, such as DROP USER IF EXISTS
        }
        perform(operation, server, context);
        return outcome(operation, context);
    }

    private void perform(Operation operation, String server, StepContext context) {
        GuideStep row = row(operation, context);
        meet(row, server, Kind.PERFORM, operation.preview(), () -> apply(row, operation, server, context));
        state.requireReachable(server);
        apply(row, operation, server, context);
        record(Kind.PERFORM, row, server, operation.preview(), "done");
    }

    /** Takes the time, and fails, as the script says. */
    private void meet(GuideStep row, String server, Kind kind, List<String> statements, Runnable effect) {
        RowScript script = scripts.apply(row);
        script.begin();
        state.pass(script.duration());
        Optional<MockFailure> failure = script.next();
        if (failure.isPresent()) {
            if (failure.get().takesEffect()) {
                effect.run();
            }
            record(kind, row, server, statements, failure.get().name());
            throw failure.get().exception("Mock server " + server + " failed at '" + row.title() + "'");
        }
    }

    private static GuideStep row(Operation operation, StepContext context) {
        return step(operation, context)
                .map(LiveContext::step)
                .map(CompiledStep::row)
                .orElseGet(() -> row(operation));
    }

    /** The context of the step that does this operation, if there is one: an undo comes without. */
    private static Optional<LiveContext> step(Operation operation, StepContext context) {
        boolean isBare = context instanceof MockContext bare && bare.stepOrNull() == null;
        return context instanceof LiveContext live
                        && !isBare
                        && live.step().operations().stream()
                                .anyMatch(one -> one.id().equals(operation.id()))
                ? Optional.of(live)
                : Optional.empty();
    }

    private static GuideStep row(Operation operation) {
        if (operation instanceof SnapshotOperation || operation instanceof ControlPlaneOperation) {
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

    private void apply(GuideStep row, Operation operation, String server, StepContext context) {
        Optional<CompiledStep> step = step(operation, context).map(LiveContext::step);
        if (step.isEmpty()) {
            state.markDone(row);
        }
        if (step.isEmpty() || state.markDone(step.get(), operation)) {
            applied(row, server, context);
        }
    }

    private void applied(GuideStep row, String server, StepContext context) {
        switch (row) {
            case ENABLE_REPLICATION -> state.point(context.replica().engine(), server, channel(context));
            case RESET_REPLICA -> state.withoutChannels(server);
            case STOP_REPLICATION -> state.running(server, false);
            case START_REPLICATION -> state.running(server, true);
            default -> {}
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

    private void undone(MockUndos.Known undo, String server) {
        state.forget(undo.row(), undo.operation());
        undone(undo.row(), server, undo.undo().preview());
    }

    private void undone(GuideStep row, String server) {
        undone(row, server, List.of(UNDO + row.name()));
    }

    private void undone(GuideStep row, String server, List<String> statements) {
        state.forget(row);
        if (row == GuideStep.ENABLE_REPLICATION) {
            state.withoutChannels(server);
        }
        record(Kind.UNDO, row, server, statements, "done");
    }

    private OperationOutcome outcome(Operation operation, StepContext context) {
        if (operation instanceof SnapshotOperation) {
            return new OperationOutcome(coordinates(context), null, 0, 0);
        }
        if (operation instanceof VerifyOperation) {
            return new OperationOutcome(null, verification, 0, 0);
        }
        return operation instanceof CopyOperation
                ? new OperationOutcome(null, null, rows, rows * 100)
                : OperationOutcome.DONE;
    }

    private static Coordinates coordinates(StepContext context) {
        ServerFacts source = context.source();
        return new Coordinates(
                source.serverUuid(),
                "",
                new BinlogPosition(MockReplication.LOG, MockReplication.FIRST),
                source.gtidsOn() ? MySqlGtidSet.parse(source.gtidExecuted()) : null,
                Instant.EPOCH,
                "mock snapshot");
    }

    private static String server(Plan plan, Target target) {
        return target == Target.SOURCE
                ? plan.findSource().orElseThrow().label()
                : plan.replica().label();
    }

    private void record(Kind kind, GuideStep row, String server, List<String> statements, String outcome) {
        state.record(new MockCall(kind, row, server, statements, outcome));
    }

    /** Scripts by row, made when they are first asked for. */
    static final class Scripts {
        private final Map<GuideStep, RowScript> byRow = new EnumMap<>(GuideStep.class);

        synchronized RowScript of(GuideStep row, Function<GuideStep, RowScript> maker) {
            return byRow.computeIfAbsent(row, maker);
        }

        /** Lines about all that was told and not met, in the order of the guide. */
        List<String> unmet(List<MockCall> calls) {
            return all().entrySet().stream()
                    .flatMap(script ->
                            new UnmetScripts(script.getKey(), script.getValue().unmet(), calls).lines().stream())
                    .toList();
        }

        private synchronized Map<GuideStep, RowScript> all() {
            return new EnumMap<>(byRow);
        }
    }
}
