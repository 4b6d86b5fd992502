// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.FactsReader;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The events that arrived disabled run on the server that was a replica, if the plan wants it; else they are listed. Whoever alters an
 * event becomes its definer unless the statement names one, so that it names the one that the event has.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/alter-event.html">MySQL: ALTER EVENT</a>
 */
final class EnableEvents implements Step {
    private static final int SHOWN = 50;
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]+");

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
        return StepDraft.nothing(
                "These events stay disabled on the replica unless the plan says enableEvents(): " + names(events));
    }

    private static String names(List<EventFacts> events) {
        return events.stream()
                        .limit(SHOWN)
                        .map(event -> Quote.identifier(event.name()))
                        .collect(Collectors.joining(", "))
                + (events.size() > SHOWN ? ", and " + (events.size() - SHOWN) + " more" : "");
    }

    private static StepDraft enabling(StepContext context, List<EventFacts> events) {
        StepDraft draft = StepDraft.of();
        List<EventFacts> byHand = new ArrayList<>();
        for (EventFacts event : events) {
            if (isKeptAsItIs(event)) {
                draft = draft.and(enabling(event));
            } else {
                byHand.add(event);
            }
        }
        for (Problem problem : problems(context)) {
            draft = draft.problem(problem);
        }
        return noted(context, draft, byHand);
    }

    private static StepDraft noted(StepContext context, StepDraft draft, List<EventFacts> byHand) {
        StepDraft more = draft.note("An event that is enabled on both servers runs on both: disable it on the source."
                + " A cancel does not disable it on this server again.");
        if (!byHand.isEmpty()) {
            more = more.note(
                    "These events stay disabled, since ALTER EVENT would change the character set or the collation under"
                            + " which they were made; create them anew by hand: " + names(byHand));
        }
        return context.replica().isOn("event_scheduler")
                ? more
                : more.note(
                        "The replica's event_scheduler is not ON: no event runs before SET GLOBAL event_scheduler = ON.");
    }

    /** ALTER EVENT gives the event the session's character set and collation, and the database's collation of now (seen on all versions). */
    private static SqlOperation enabling(EventFacts event) {
        return new SqlOperation(
                OperationInfo.changing(id(event.name()), Target.REPLICA, "let the event run on this server"),
                Sql.text("ALTER DEFINER = ")
                        .account(event.definerUser(), event.definerHost())
                        .text(" EVENT " + Quote.identifier(event.name()) + " ENABLE")
                        .build(),
                Statement.of("SET SESSION character_set_client = " + event.characterSetClient()
                        + ", collation_connection = " + event.collationConnection()));
    }

    /** The statement travels in UTF-8: under another character set of the client the server would read other names. */
    private static boolean isKeptAsItIs(EventFacts event) {
        String client = event.characterSetClient();
        boolean readable = client.startsWith("utf8")
                || (!client.equals("swe7")
                        && isAscii(event.name().toString() + event.definerUser() + event.definerHost()));
        return event.hasDatabasesCollation()
                && readable
                && WORD.matcher(client + event.collationConnection()).matches();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        if (context.replica().isOn("super_read_only")) {
            problems.add(Problem.of(
                    PlanCode.EVENTS_READ_ONLY,
                    "super_read_only is ON on the replica "
                            + context.plan().replica().label()));
        }
        boolean cutOff = context.replica().events().size() >= FactsReader.MAX_EVENTS
                || context.findSource()
                        .filter(source -> source.events().size() >= FactsReader.MAX_EVENTS)
                        .isPresent();
        if (cutOff) {
            problems.add(
                    Problem.of(PlanCode.EVENTS_TOO_MANY, "A server has " + FactsReader.MAX_EVENTS + " events or more"));
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
