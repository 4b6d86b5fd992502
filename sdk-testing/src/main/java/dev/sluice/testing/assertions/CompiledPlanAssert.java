// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what a plan would do on its servers. */
public final class CompiledPlanAssert extends AbstractAssert<CompiledPlanAssert, CompiledPlan> {
    /** Who is asked for one of these is asked for an outage of a server. */
    private static final Set<Consent> OUTAGES =
            EnumSet.of(Consent.SOURCE_RESTART, Consent.WRITER_REBOOT, Consent.BACKUP_RETENTION_CHANGE);

    private static final Pattern RESTARTS =
            Pattern.compile("\\b(RESTART|SHUTDOWN|Reboot\\w+|reboot-\\S+)\\b", Pattern.CASE_INSENSITIVE);

    CompiledPlanAssert(CompiledPlan compiled) {
        super(compiled, CompiledPlanAssert.class);
    }

    /** These rows of the guide have something to do, in this order, and no others. Rows that find all as it should be do not count. */
    public CompiledPlanAssert hasSteps(GuideStep... rows) {
        List<GuideStep> there = stepsWithWork().map(CompiledStep::row).toList();
        if (!there.equals(List.of(rows))) {
            fail("something to do in exactly the rows " + List.of(rows));
        }
        return this;
    }

    /** These rows of the guide have something to do, besides others. */
    public CompiledPlanAssert includesSteps(GuideStep... rows) {
        List<GuideStep> there = stepsWithWork().map(CompiledStep::row).toList();
        String missing = Stream.of(rows)
                .filter(row -> !there.contains(row))
                .map(row -> "\n  " + PlanText.missing(actual, row))
                .collect(Collectors.joining());
        if (!missing.isEmpty()) {
            failWithMessage(
                    "%s",
                    "Expected something to do in more rows; missing:" + missing
                            + "\nThe plan has something to do in\n  " + PlanText.rows(actual));
        }
        return this;
    }

    /** These rows of the guide have nothing to do, or are none of the plan's. */
    public CompiledPlanAssert doesNothingFor(GuideStep... rows) {
        if (stepsWithWork().anyMatch(step -> List.of(rows).contains(step.row()))) {
            fail("nothing to do in the rows " + List.of(rows));
        }
        return this;
    }

    /** The replica will find its place like this: by GTIDs, or by file and position. */
    public CompiledPlanAssert positionsBy(Positioning positioning) {
        isNotNull();
        if (actual.positioning() != positioning) {
            failWithMessage("Expected positioning by %s%nbut it is %s", positioning, actual.positioning());
        }
        return this;
    }

    /** The source is made to keep its binary logs for so long: the plan asks for it, and a statement or call of the row says so. */
    public CompiledPlanAssert retainsBinlogsFor(Duration window) {
        Optional<Duration> asked =
                actual.plan() instanceof ReplicationPlan plan ? plan.binlogRetention() : Optional.empty();
        boolean isDone = operations(GuideStep.RETAIN_BINLOGS)
                .flatMap(operation -> operation.preview().stream())
                .anyMatch(line -> says(line, window));
        if (!asked.equals(Optional.of(window)) || !isDone) {
            fail("binary logs to be retained for " + TimeText.of(window) + ", and the plan asks for "
                    + asked.map(TimeText::of).orElse("nothing"));
        }
        return this;
    }

    /** Servers take hours, seconds or, on 5.7, days. */
    private static boolean says(String line, Duration window) {
        return Stream.of(window.toHours(), window.toSeconds(), (window.toHours() + 23) / 24)
                .anyMatch(number ->
                        Pattern.compile("\\b" + number + "\\b").matcher(line).find());
    }

    /** Operations need exactly these consents, all of which the plan has given, or it would not have compiled. */
    public CompiledPlanAssert asksConsentFor(Consent... consents) {
        Map<Consent, Set<GuideStep>> there = consents();
        if (!there.keySet().equals(Set.of(consents))) {
            failWithMessage(
                    "%s",
                    "Expected " + (consents.length == 0 ? "no consent" : "exactly the consents " + Set.of(consents))
                            + " to be needed\nbut "
                            + (there.isEmpty() ? "none is" : "these are, each by its rows" + lines(there)));
        }
        return this;
    }

    /** What is needed, and by which rows. */
    private Map<Consent, Set<GuideStep>> consents() {
        Map<Consent, Set<GuideStep>> rows = new EnumMap<>(Consent.class);
        stepsWithWork()
                .forEach(step -> step.operations().stream()
                        .flatMap(operation -> operation.info().consent().stream())
                        .forEach(consent -> rows.computeIfAbsent(consent, none -> EnumSet.noneOf(GuideStep.class))
                                .add(step.row())));
        return rows;
    }

    private static String lines(Map<Consent, Set<GuideStep>> consents) {
        return consents.entrySet().stream()
                .map(one -> "\n  " + one.getKey() + ": "
                        + one.getValue().stream().map(GuideStep::name).collect(Collectors.joining(", ")))
                .collect(Collectors.joining());
    }

    /** Nothing that it does needs a consent. */
    public CompiledPlanAssert asksForNoConsent() {
        return asksConsentFor();
    }

    /** Neither the run nor a person who acts for it restarts or reboots this server. */
    public CompiledPlanAssert doesNotRestart(Endpoint server) {
        String restarts = operationsOn(server)
                .filter(CompiledPlanAssert::restarts)
                .map(operation -> "\n  " + String.join("\n  ", operation.preview()))
                .collect(Collectors.joining());
        if (!restarts.isEmpty()) {
            failWithMessage(
                    "%s", "Expected that " + server.label() + " is not restarted\nbut the plan does" + restarts);
        }
        return this;
    }

    private static boolean restarts(Operation operation) {
        return operation.info().consent().filter(OUTAGES::contains).isPresent()
                || operation.preview().stream()
                        .anyMatch(line -> RESTARTS.matcher(line).find());
    }

    /** Nothing on this server is interrupted or removed for good. */
    public CompiledPlanAssert doesNotDisrupt(Endpoint server) {
        if (operationsOn(server).anyMatch(operation -> operation.info().change() == Change.DISRUPTS)) {
            fail("that nothing on " + server.label() + " is disrupted");
        }
        return this;
    }

    /** This server is only read from and waited for. */
    public CompiledPlanAssert changesNothingOn(Endpoint server) {
        if (operationsOn(server).anyMatch(operation -> operation.info().change() != Change.NOTHING)) {
            fail("that nothing is changed on " + server.label());
        }
        return this;
    }

    /** Some statement or call contains this text, as previews show it. */
    public CompiledPlanAssert sends(String part) {
        if (lines().noneMatch(line -> line.contains(part))) {
            fail("a statement or call with '" + part + "'");
        }
        return this;
    }

    /** No statement and no call contains this text, as previews show them. */
    public CompiledPlanAssert doesNotSend(String part) {
        String sent = lines().filter(line -> line.contains(part))
                .map(line -> "\n  " + PlanText.cut(line, part))
                .collect(Collectors.joining());
        if (!sent.isEmpty()) {
            failWithMessage("%s", "Expected no statement or call with '" + part + "'\nbut the plan has" + sent);
        }
        return this;
    }

    /** What this row changes can be taken back: before its first change an undo is in the journal. */
    public CompiledPlanAssert canUndo(GuideStep row) {
        boolean does = operations(row)
                .filter(operation -> operation.info().change() != Change.NOTHING)
                .findFirst()
                .filter(operation -> !operation.info().undos().isEmpty())
                .isPresent();
        if (!does) {
            fail("an undo for what " + row + " changes");
        }
        return this;
    }

    /** The preview as text is that of this file; see {@link GoldenFile}. */
    public CompiledPlanAssert explainsAs(Path golden) {
        isNotNull();
        GoldenFile.at(golden).assertHolds(actual.explain().text());
        return this;
    }

    private Stream<CompiledStep> stepsWithWork() {
        isNotNull();
        return actual.steps().stream().filter(step -> !step.operations().isEmpty());
    }

    private Stream<Operation> operations() {
        return stepsWithWork().flatMap(step -> step.operations().stream());
    }

    private Stream<Operation> operations(GuideStep row) {
        return stepsWithWork().filter(step -> step.row() == row).flatMap(step -> step.operations().stream());
    }

    private Stream<Operation> operationsOn(Endpoint server) {
        Target target = target(server);
        return operations()
                .filter(operation ->
                        operation.info().target() == target || operation.info().target() == Target.BOTH);
    }

    private Target target(Endpoint server) {
        isNotNull();
        if (server.equals(actual.plan().replica())) {
            return Target.REPLICA;
        }
        if (actual.plan().findSource().filter(server::equals).isPresent()) {
            return Target.SOURCE;
        }
        throw new IllegalArgumentException("The plan has no server " + server.label());
    }

    private Stream<String> lines() {
        return operations().flatMap(operation -> operation.preview().stream());
    }

    private void fail(String expected) {
        failWithMessage("%s", "Expected " + expected + "\nbut the plan does\n" + PlanText.of(actual));
    }
}
