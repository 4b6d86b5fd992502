// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerIdentity;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Question;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Failovers;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.OperationOutcome;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.api.verify.VerificationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two servers in memory whose whole state is the set of statements that were applied to them, with failures and hooks that a test
 * plants by operation. Every row of the guide is one statement on the row's own server.
 */
final class FakeEngine implements Engine, ServerAccess {
    private static final Set<GuideStep> ON_SOURCE = Set.of(
            GuideStep.ENABLE_BINLOG,
            GuideStep.RETAIN_BINLOGS,
            GuideStep.CREATE_REPLICATION_USER,
            GuideStep.RELAX_RETENTION);
    private static final Set<GuideStep> ON_REPLICA = Set.of(
            GuideStep.PREPARE_REPLICA,
            GuideStep.DISABLE_REDO_LOG,
            GuideStep.ENABLE_REDO_LOG,
            GuideStep.PROTECT_REPLICA,
            GuideStep.ENABLE_REPLICATION);

    final Set<String> applied = ConcurrentHashMap.newKeySet();
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final Map<GuideStep, UndoScope> undoScopes = new EnumMap<>(GuideStep.class);
    final Set<GuideStep> byPerson = new HashSet<>();
    /** What those are asked. */
    @Nullable
    Question question;
    /** What they have told. */
    final List<String> told = new CopyOnWriteArrayList<>();
    /** What answers by now at an endpoint, by its label; the facts have the first one. */
    final Map<String, String> uuids = new ConcurrentHashMap<>();
    /** What the provider calls both servers; null for a kind of server that nothing moves. */
    @Nullable
    String lastingId;

    /** Rows that wait, and then interrupt something; somebody else has done so when it was looked so many times. */
    final Map<GuideStep, Integer> disruptive = new ConcurrentHashMap<>();

    /** What it looks at before a run. */
    final List<Check> checks = new CopyOnWriteArrayList<>();

    private final Map<String, Deque<Runnable>> before = new ConcurrentHashMap<>();
    private final Map<String, Deque<Runnable>> after = new ConcurrentHashMap<>();

    /** Runs before the next performance of this row's operation takes effect. */
    FakeEngine before(GuideStep row, Runnable hook) {
        before.computeIfAbsent(row.name(), key -> new ArrayDeque<>()).add(hook);
        return this;
    }

    /** Runs after the next performance of this row's operation took effect. */
    FakeEngine after(GuideStep row, Runnable hook) {
        after.computeIfAbsent(row.name(), key -> new ArrayDeque<>()).add(hook);
        return this;
    }

    /** Runs before the next undo takes effect. */
    FakeEngine beforeUndo(Runnable hook) {
        before.computeIfAbsent("statement", key -> new ArrayDeque<>()).add(hook);
        return this;
    }

    @Override
    public EngineId id() {
        return FakeServer.ENGINE;
    }

    @Override
    public int builtForSpi() {
        return Spi.LEVEL;
    }

    @Override
    public Optional<ServerAccess> access() {
        return Optional.of(this);
    }

    @Override
    public ServerAddress locate(Endpoint endpoint) {
        return endpoint.address().orElseThrow();
    }

    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        String name = endpoint.label();
        ServerFacts facts = new ServerFacts(
                id(),
                address,
                ServerVersion.of(8, 0, 31),
                "uuid-of-" + name,
                name.hashCode(),
                true,
                Map.of(),
                List.of(),
                List.of("GRANT ALL PRIVILEGES ON *.* TO `migrator`@`%` WITH GRANT OPTION"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of());
        String lasting = lastingId;
        return lasting == null ? facts : facts.withLastingId(lasting);
    }

    @Override
    public Optional<Failovers> failovers() {
        return lastingId == null ? Optional.empty() : Optional.of(new FakeFailovers());
    }

    @Override
    public List<Step> sourceSteps() {
        return steps(ON_SOURCE, Target.SOURCE);
    }

    @Override
    public List<Step> replicaSteps() {
        return steps(ON_REPLICA, Target.REPLICA);
    }

    @Override
    public List<Check> sourceChecks() {
        return checks;
    }

    private List<Step> steps(Set<GuideStep> rows, Target target) {
        return Stream.of(GuideStep.values())
                .filter(rows::contains)
                .<Step>map(row -> new FakeStep(row, target))
                .toList();
    }

    @Override
    public List<LockKind> snapshotLocks() {
        return List.of(LockKind.GLOBAL_READ_LOCK);
    }

    @Override
    public ServerSession open(Endpoint endpoint) {
        return sql -> {
            String uuid = uuids.get(endpoint.label());
            if (uuid != null && sql.equals("SELECT @@GLOBAL.server_uuid")) {
                return List.of(Row.of(Map.of("uuid", uuid)));
            }
            return applied.contains(sql) ? List.of(Row.of(Map.of("value", "1"))) : List.of();
        };
    }

    /** Of servers that a failover may move. */
    private final class FakeFailovers implements Failovers {
        @Override
        public ServerIdentity identity(ServerSession replica) {
            return new ServerIdentity("", "", true, Duration.ZERO);
        }

        @Override
        public List<String> toldSince(Endpoint replica, Instant since) {
            return List.of();
        }

        @Override
        public Optional<String> lastingId(Endpoint endpoint, ServerSession server) {
            return Optional.ofNullable(lastingId).filter(id -> !id.isEmpty());
        }

        @Override
        public Step recovery() {
            return new FakeStep(GuideStep.ENABLE_REPLICATION, Target.REPLICA);
        }
    }

    @Override
    public OperationOutcome perform(Operation operation, StepContext context) {
        run(before, operation.id());
        String text = String.join(" ", operation.preview());
        log.add(text);
        if (text.startsWith("undo ")) {
            applied.remove(text.substring("undo ".length()));
        } else {
            applied.add(operation.id());
        }
        run(after, operation.id());
        if (operation instanceof SnapshotOperation) {
            return new OperationOutcome(
                    new Coordinates(
                            "uuid-of-db1", "", new BinlogPosition("binlog.000007", 157), null, Instant.EPOCH, "fake"),
                    null,
                    0,
                    0);
        }
        return operation instanceof VerifyOperation
                ? new OperationOutcome(null, new VerificationReport(List.of(), List.of(), Duration.ZERO), 0, 0)
                : new OperationOutcome(null, null, 5, 50);
    }

    private static void run(Map<String, Deque<Runnable>> hooks, String operation) {
        Deque<Runnable> waiting = hooks.get(operation);
        Runnable hook = waiting == null ? null : waiting.pollFirst();
        if (hook != null) {
            hook.run();
        }
    }

    /** A row whose one statement is the row's name. */
    private final class FakeStep implements Step {
        private final GuideStep row;
        private final Target target;

        FakeStep(GuideStep row, Target target) {
            this.row = row;
            this.target = target;
        }

        @Override
        public StepKey key() {
            return new StepKey(
                    id(), row.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), 1);
        }

        @Override
        public GuideStep row() {
            return row;
        }

        @Override
        public StepDraft compile(StepContext context) {
            OperationInfo info = OperationInfo.changing(row.name(), target, "do " + row.name());
            if (byPerson.contains(row)) {
                return StepDraft.of(new PersonOperation(info, List.of("restart it"), Duration.ofDays(7), question));
            }
            if (disruptive.containsKey(row)) {
                return StepDraft.of(
                        new WaitOperation(
                                OperationInfo.reading("wait", target, "wait until it is time"),
                                "it is time",
                                Duration.ofMinutes(1)),
                        new SqlOperation(info.disruptiveWith(Consent.SOURCE_RESTART), Statement.of(row.name())));
            }
            UndoScope scope = undoScopes.get(row);
            return StepDraft.of(new SqlOperation(
                    scope == null
                            ? info
                            : info.undoneBy(new Undo(scope, "undo " + row, Statement.of("undo " + row.name()), null)),
                    Statement.of(row.name())));
        }

        @Override
        public Look look(LiveContext context) {
            if (question != null && byPerson.contains(row)) {
                context.told(row.name()).ifPresent(answer -> {
                    told.add(answer);
                    applied.add(row.name());
                });
            }
            Integer left = disruptive.computeIfPresent(row, (any, looks) -> looks - 1);
            if (left != null && left == 0) {
                applied.add(row.name());
            }
            return applied.contains(row.name())
                    ? Look.done(row + " is applied")
                    : Look.missing(row + " is not applied", context.step().operations());
        }
    }

    @Override
    public EndpointCodec endpoints() {
        return new EndpointCodec() {
            @Override
            public Document write(Endpoint endpoint) {
                return Document.empty().with("name", endpoint.label());
            }

            @Override
            public Endpoint read(Document document) {
                return new FakeServer(document.text("name"));
            }

            @Override
            public Document writeOption(EndpointOption<?> option) {
                throw new IllegalArgumentException("The fake engine has no options");
            }

            @Override
            public EndpointOption<?> readOption(Document document) {
                throw new IllegalArgumentException("The fake engine has no options");
            }
        };
    }
}
