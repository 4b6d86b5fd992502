// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lists events: those of the last hour, if nothing else is asked for, and none of over 14 days ago. */
final class EventActions {
    private static final int USUAL_MINUTES = 60;
    private static final int LONGEST_MINUTES = 20160;
    private static final Set<String> TYPES = Set.of(
            "db-instance",
            "db-parameter-group",
            "db-security-group",
            "db-snapshot",
            "db-cluster",
            "db-cluster-snapshot",
            "custom-engine-version",
            "db-proxy",
            "blue-green-deployment");

    private EventActions() {}

    static void register(Actions actions) {
        actions.add(
                "DescribeEvents",
                EventActions::describe,
                "SourceIdentifier",
                "SourceType",
                "StartTime",
                "EndTime",
                "Duration",
                "EventCategories",
                "MaxRecords",
                "Marker");
    }

    private static void describe(Ask ask, Xml result) {
        String type = ask.text("SourceType").orElse("");
        if (type.isEmpty() && ask.text("SourceIdentifier").isPresent()) {
            throw ApiRefusal.combination("A SourceType must be given with a SourceIdentifier");
        }
        if (!type.isEmpty() && !TYPES.contains(type)) {
            throw ApiRefusal.value("Invalid source type: " + type);
        }
        String source = ask.text("SourceIdentifier").orElse("").toLowerCase(Locale.ROOT);
        Set<String> categories = Set.copyOf(ask.list("EventCategories.EventCategory"));
        Window window = window(ask);
        List<EventLog.Event> found = ask.region().events().all().stream()
                .filter(event -> type.isEmpty() || event.type().equals(type))
                .filter(event -> source.isEmpty() || event.source().equals(source))
                .filter(event -> window.holds(event.at()))
                .filter(event ->
                        categories.isEmpty() || event.categories().stream().anyMatch(categories::contains))
                .sorted(Comparator.comparing(EventLog.Event::at))
                .toList();
        Page.write(ask, result, "Events", found, EventActions::toXml);
    }

    private record Window(Instant from, Instant to) {
        boolean holds(Instant at) {
            return !at.isBefore(from) && !at.isAfter(to);
        }
    }

    private static Window window(Ask ask) {
        Instant now = Instant.now();
        Instant oldest = now.minus(Duration.ofMinutes(LONGEST_MINUTES));
        int minutes = ask.number("Duration").orElse(USUAL_MINUTES);
        if (minutes < 1 || minutes > LONGEST_MINUTES) {
            throw ApiRefusal.value("Duration must be between 1 and " + LONGEST_MINUTES + " minutes");
        }
        Instant to = ask.text("EndTime").map(EventActions::instant).orElse(now);
        Instant from = ask.text("StartTime").map(EventActions::instant).orElse(to.minus(Duration.ofMinutes(minutes)));
        if (from.isAfter(to)) {
            throw ApiRefusal.combination("StartTime must be before EndTime");
        }
        return new Window(from.isBefore(oldest) ? oldest : from, to);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notOne) {
            throw ApiRefusal.value("Not a time: " + text);
        }
    }

    private static Xml toXml(EventLog.Event event) {
        return Xml.element("Event")
                .with("SourceIdentifier", event.source())
                .with("SourceType", event.type())
                .with("Message", event.message())
                .list("EventCategories", event.categories(), category -> Xml.of("EventCategory", category))
                .with("Date", event.at())
                .with("SourceArn", event.arn());
    }
}
