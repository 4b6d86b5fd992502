// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine keeps to when it is asked and told: it only reads where it asks, takes back what it makes, and keeps secrets and names. */
abstract class EngineBehaviour {
    /** Rows that a run has to do before there is a replication. */
    private static final List<GuideStep> INDISPENSABLE_BEFORE =
            List.of(GuideStep.RETAIN_BINLOGS, GuideStep.CREATE_REPLICATION_USER, GuideStep.ENABLE_REPLICATION);

    /** Rows that end a replication. */
    private static final List<GuideStep> INDISPENSABLE_AFTER =
            List.of(GuideStep.STOP_REPLICATION, GuideStep.RESET_REPLICA);

    /** Rows that have nothing to do once the replica follows its source. */
    private static final List<GuideStep> BEGINNING =
            List.of(GuideStep.RETAIN_BINLOGS, GuideStep.CREATE_REPLICATION_USER, GuideStep.PREPARE_REPLICA);

    private static final Pattern READING = Pattern.compile(
            "^\\s*(SELECT|SHOW|WITH|EXPLAIN|DESCRIBE|CALL \\S*_show_\\S*)\\b(?!.*\\b(INTO (OUT|DUMP)FILE|FOR UPDATE)\\b)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern CREATED_ACCOUNT = Pattern.compile("CREATE USER (?:IF NOT EXISTS )?('.*?'@'.*?')");

    /** A password that is written where a hole for it should be. */
    private static final Pattern WRITTEN_PASSWORD =
            Pattern.compile("(IDENTIFIED (WITH \\S+ )?BY|PASSWORD\\s*=)\\s*['\"]", Pattern.CASE_INSENSITIVE);

    /** Of a plan for {@code retainBinlogs}, which every engine can do something about. */
    private static final Duration RETENTION = Duration.ofHours(168);

    /** A new engine each time. */
    protected abstract Engine engine();

    /** A plan from an endpoint of this engine to another one, with as many of their options as there are. */
    protected abstract ReplicationPlan plan();

    /** An endpoint of this engine, on which Sluice logs in with this password. */
    protected abstract Endpoint endpoint(Secret password);

    /** Of a healthy server for the plan's source. */
    protected abstract ServerFacts sourceFacts();

    /** Of a healthy server for the plan's replica, on which nothing is done yet. */
    protected abstract ServerFacts replicaFacts();

    /**
     * Whether a statement surely changes nothing. {@code SELECT}, {@code SHOW} and the like, unless overridden; override it for a provider's
     * procedures that read.
     */
    protected boolean onlyReads(String sql) {
        return READING.matcher(sql).find();
    }

    @Test
    void asksServersForFactsOnlyByReading() {
        try (Engine engine = engine()) {
            SpokenFacts session = new SpokenFacts(sourceFacts());
            ServerFacts facts = engine.facts(plan().source(), sourceFacts().address(), session);

            assertThat(facts.engine()).as("the engine that facts(…) names").isEqualTo(engine.id());
            assertThat(changes(session.sent()))
                    .as("what facts(…) sends and may change something")
                    .isEmpty();
        }
    }

    @Test
    void looksOnlyRead() {
        try (Engine engine = engine()) {
            for (Step step : steps(engine)) {
                ContractServers servers = servers(engine);
                var unused = servers.look(step);
                assertThat(changes(servers.sent()))
                        .as("what the look of %s sends and may change something", step.key())
                        .isEmpty();
            }
        }
    }

    private List<String> changes(List<String> sent) {
        return sent.stream().filter(sql -> !onlyReads(sql)).toList();
    }

    @Test
    void checksOnlyRead() {
        try (Engine engine = engine()) {
            for (Check check : checks(engine)) {
                ContractServers servers = servers(engine);
                servers.examine(check);
                assertThat(changes(servers.sent()))
                        .as("what the check %s sends and may change something", check.id())
                        .isEmpty();
            }
        }
    }

    @Test
    void nothingIsDoneBeforeItWasDone() {
        try (Engine engine = engine()) {
            ContractServers servers = servers(engine);
            List<Step> steps = steps(engine).stream()
                    .filter(step -> INDISPENSABLE_BEFORE.contains(step.row()) && servers.hasWork(step))
                    .toList();
            assertThat(steps)
                    .extracting(Step::row)
                    .as("rows with something to do on servers on which nothing is done")
                    .contains(GuideStep.ENABLE_REPLICATION);
            for (Step step : steps) {
                assertThat(servers.see(step))
                        .as("what %s sees of servers on which nothing is done", step.key())
                        .isInstanceOf(Look.Missing.class);
            }
            for (Step step : steps(engine)) {
                if (INDISPENSABLE_AFTER.contains(step.row())) {
                    assertThat(servers.see(step))
                            .as("what %s sees of a replica that does not replicate", step.key())
                            .isNotInstanceOf(Look.Unknown.class);
                }
            }
        }
    }

    @Test
    void aReplicationThatRunsIsNotBegunAnew() {
        try (Engine engine = engine();
                Sluice sluice = sluice()) {
            CompiledPlan again =
                    sluice.compile(plan(), sourceFacts(), servers(engine).replicating());

            assertThat(again.steps())
                    .filteredOn(step -> BEGINNING.contains(step.row()))
                    .flatExtracting(CompiledStep::operations)
                    .filteredOn(operation -> operation.info().change() != Change.NOTHING)
                    .as("changes before the load, though the replica follows the source already")
                    .isEmpty();
        }
    }

    @Test
    void whatIsMadeForTheRunIsTakenBackByWhatMakesIt() {
        try (Sluice sluice = sluice()) {
            CompiledPlan compiled = sluice.compile(plan().retainBinlogs(RETENTION), sourceFacts(), replicaFacts());
            assertThat(compiled.steps())
                    .filteredOn(step -> step.row() == GuideStep.RETAIN_BINLOGS)
                    .flatExtracting(CompiledStep::operations)
                    .filteredOn(operation -> operation.info().change() != Change.NOTHING)
                    .allSatisfy(operation -> assertThat(operation.info().undos())
                            .as("undos of " + operation.id())
                            .isNotEmpty());
            for (Operation operation : operations(compiled)) {
                Matcher account = CREATED_ACCOUNT.matcher(String.join("; ", operation.preview()));
                if (account.find()) {
                    assertThat(undos(operation))
                            .as("the undos of '%s' drop the account that it creates", operation.id())
                            .anyMatch(line -> line.startsWith("DROP USER") && line.contains(account.group(1)));
                }
            }
        }
    }

    @Test
    void undosAreChangesOfTheirOwn() {
        try (Sluice sluice = sluice()) {
            CompiledPlan compiled = sluice.compile(plan().retainBinlogs(RETENTION), sourceFacts(), replicaFacts());
            for (Operation operation : operations(compiled)) {
                assertThat(undos(operation))
                        .as("the undos of '%s' do not do once more what it does, nor nothing", operation.id())
                        .doesNotContainAnyElementsOf(operation.preview())
                        .noneMatch(this::onlyReads);
                assertThat(operation.info().undos())
                        .flatExtracting(undo -> undo.onlyIf().stream().toList())
                        .as("what '%s' looks at before it is undone", operation.id())
                        .allMatch(guard -> onlyReads(guard.query()));
            }
        }
    }

    private static List<String> undos(Operation operation) {
        return operation.info().undos().stream()
                .flatMap(undo -> undo.preview().stream())
                .toList();
    }

    @Test
    void neitherPreviewsNorStoredPlansHoldPasswords(@TempDir Path folder) throws IOException {
        String password = "Contract-" + UUID.randomUUID();
        Path file = Files.writeString(folder.resolve("password"), password);
        try (Engine engine = engine();
                Sluice sluice = sluice()) {
            Endpoint endpoint = endpoint(Secret.file(file));
            assertThat(engine.endpoints().write(endpoint).toString())
                    .as("what endpoints() writes of an endpoint with a password")
                    .doesNotContain(password);
            assertThat(endpoint.toString() + endpoint.label())
                    .as("text and label of an endpoint with a password")
                    .doesNotContain(password);

            ReplicationPlan plan = plan().replicationUser("contract_repl", Secret.file(file));
            CompiledPlan compiled = sluice.compile(plan, sourceFacts(), replicaFacts());
            assertThat(compiled.explain().text().lines())
                    .filteredOn(line -> line.contains(password))
                    .as("lines of the preview with a password")
                    .isEmpty();
            assertThat((compiled.explain().json() + sluice.toJson(compiled)).contains(password))
                    .as("the preview as JSON, or the stored plan, has a password")
                    .isFalse();
            assertThat(operations(compiled))
                    .flatExtracting(Operation::preview)
                    .filteredOn(line -> WRITTEN_PASSWORD.matcher(line).find())
                    .as("statements with a password that is written where a hole for it belongs")
                    .isEmpty();
        }
    }

    @Test
    void namesAreQuoted() {
        try (Sluice sluice = sluice()) {
            ReplicationPlan hostile = plan().replicationUser("o'hara").replicationUserHost("10.0.0.7");
            CompiledPlan compiled = sluice.compile(hostile, sourceFacts(), replicaFacts());
            List<String> lines = operations(compiled).stream()
                    .flatMap(operation -> Stream.concat(operation.preview().stream(), undos(operation).stream()))
                    .toList();
            assertThat(lines)
                    .filteredOn(line -> line.contains("'o'hara'"))
                    .as("statements in which the quotation mark of the account o'hara ends its name")
                    .isEmpty();
            assertThat(lines)
                    .as("statements, one of which names the account o'hara, quoted")
                    .anyMatch(line -> line.contains("'o''hara'") || line.contains("'o\\'hara'"));
        }
    }

    @Test
    void itsOptionsAreTheSameAfterBeingStored() {
        try (Engine engine = engine()) {
            List<EndpointOption<?>> options = new ArrayList<>(plan().sourceOptions());
            options.addAll(plan().replicaOptions());
            for (EndpointOption<?> option : options) {
                assertThat(engine.endpoints().readOption(engine.endpoints().writeOption(option)))
                        .as("the option %s, written and read by endpoints()", option.name())
                        .isEqualTo(option);
            }
        }
    }

    private ContractServers servers(Engine engine) {
        assertThat(engine.id()).isEqualTo(plan().source().engine());
        return new ContractServers(plan().retainBinlogs(RETENTION), sourceFacts(), replicaFacts());
    }

    static List<Step> steps(Engine engine) {
        return Stream.of(
                        engine.sourceSteps().stream(),
                        engine.replicaSteps().stream(),
                        engine.seedOffers().stream().map(SeedOffer::step),
                        engine.seedAcceptances().stream().map(SeedAcceptance::step))
                .flatMap(all -> all)
                .toList();
    }

    static List<Check> checks(Engine engine) {
        return Stream.concat(engine.sourceChecks().stream(), engine.replicaChecks().stream())
                .toList();
    }

    static List<Operation> operations(CompiledPlan compiled) {
        List<Operation> all = new ArrayList<>();
        for (CompiledStep step : compiled.steps()) {
            all.addAll(step.operations());
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    final Sluice sluice() {
        return Sluice.builder().journal(Journal.inMemory()).engines(engine()).build();
    }

    final CompiledPlan compiled(Sluice sluice) {
        return sluice.compile(plan(), sourceFacts(), replicaFacts());
    }
}
