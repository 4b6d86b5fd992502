// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The events that arrived disabled run on the server that was a replica, if the plan wants it; else they are listed. Whoever alters an
 * event becomes its definer unless the statement names one, so that it names the one that the event has.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/alter-event.html">MySQL: ALTER EVENT</a>
 */
final class EnableEvents implements Step {
    private static final int SHOWN = 50;

    /** As many as facts hold at most: there may be more. */
    private static final int MOST = 1000;

    @Override
    public StepKey key() {
        return CoreSteps.key("enable-events");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_EVENTS;
    }

    @Override
    public StepDraft compile(StepContext context) {
        List<EventFacts> events = EventsToEnable.of(context);
        if (events.isEmpty()) {
            return StepDraft.nothing("No event of the replica is disabled that runs on the source.");
        }
        StepDraft draft = context.end().enablesEvents() ? enabling(context, events) : listing(events);
        return context.findSource().isPresent()
                ? draft
                : draft.note("The plan names no source: some of them may have been disabled there, too.");
    }

    private static StepDraft listing(List<EventFacts> events) {
        return StepDraft.nothing("These events stay disabled on the replica unless the plan says enableEvents(): "
                + events.stream()
                        .limit(SHOWN)
                        .map(event -> Quote.identifier(event.name()))
                        .collect(Collectors.joining(", "))
                + (events.size() > SHOWN ? ", and " + (events.size() - SHOWN) + " more" : ""));
    }

    private static StepDraft enabling(StepContext context, List<EventFacts> events) {
        StepDraft draft = StepDraft.of();
        for (EventFacts event : events) {
            draft = draft.and(new SqlOperation(
                    OperationInfo.changing(id(event.name()), Target.REPLICA, "let the event run on this server"),
                    Sql.text("ALTER DEFINER = ")
                            .account(event.definerUser(), event.definerHost())
                            .text(" EVENT " + Quote.identifier(event.name()) + " ENABLE")
                            .build()));
        }
        for (Problem problem : problems(context)) {
            draft = draft.problem(problem);
        }
        draft = draft.note("An event that is enabled on both servers runs on both: disable it on the source.");
        return context.replica().isOn("event_scheduler")
                ? draft
                : draft.note(
                        "The replica's event_scheduler is not ON: no event runs before SET GLOBAL event_scheduler = ON.");
    }

    private static List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        if (context.replica().isOn("super_read_only")) {
            problems.add(Problem.of(
                    PlanCode.EVENTS_READ_ONLY,
                    "super_read_only is ON on the replica "
                            + context.plan().replica().label()));
        }
        boolean cutOff = context.replica().events().size() >= MOST
                || context.findSource()
                        .filter(source -> source.events().size() >= MOST)
                        .isPresent();
        if (cutOff) {
            problems.add(Problem.of(PlanCode.EVENTS_TOO_MANY, "A server has " + MOST + " events or more"));
        }
        return problems;
    }

    private static String id(TableName event) {
        return "enable " + Quote.identifier(event);
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty()) {
            return Look.done(String.join(" ", context.step().notes()));
        }
        Set<String> disabled = new TreeSet<>();
        context.replicaSession()
                .query("SELECT EVENT_SCHEMA AS db, EVENT_NAME AS name FROM information_schema.EVENTS"
                        + " WHERE STATUS <> 'ENABLED'")
                .forEach(row -> disabled.add(id(TableName.of(row.text("db"), row.text("name")))));
        List<dev.sluice.api.operation.Operation> missing = context.step().operations().stream()
                .filter(operation -> disabled.contains(operation.id()))
                .toList();
        return missing.isEmpty()
                ? Look.done("the events are enabled, or were dropped")
                : Look.missing(missing.size() + " events are disabled", missing);
    }
}
