// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/** How events are found, and how they are missed. */
class EventsTest extends ApiTest {
    private static final Duration DAYS = Duration.ofDays(1);

    @BeforeEach
    void events() {
        add("position", Duration.ZERO);
        add("started", Duration.ofMinutes(5), "availability");
        add("yesterday", DAYS, "availability");
        add("forgotten", DAYS.multipliedBy(15), "availability");
        region.events()
                .add(new EventLog.Event("shop", "db-cluster", "arn", "of the cluster", List.of(), Instant.now()));
    }

    private void add(String message, Duration ago, String... categories) {
        region.events()
                .add(new EventLog.Event(
                        "orders",
                        "db-instance",
                        "arn",
                        message,
                        List.of(categories),
                        Instant.now().minus(ago)));
    }

    private List<String> messages(
            java.util.function.Consumer<software.amazon.awssdk.services.rds.model.DescribeEventsRequest.Builder> ask) {
        return rds.describeEvents(ask).events().stream().map(Event::message).toList();
    }

    @Test
    void withoutAWindowOnlyTheLastHourIsSeen() {
        assertThat(messages(ask -> ask.sourceIdentifier("orders").sourceType(SourceType.DB_INSTANCE)))
                .containsExactly("started", "position");
        assertThat(messages(ask -> ask.sourceType(SourceType.DB_INSTANCE).duration(20160)))
                .containsExactly("yesterday", "started", "position");
        assertThat(messages(ask -> ask.startTime(Instant.now().minus(DAYS.multipliedBy(30)))))
                .doesNotContain("forgotten")
                .contains("yesterday", "of the cluster");
        assertThat(messages(ask -> ask.startTime(Instant.now().minus(DAYS.multipliedBy(2)))
                        .endTime(Instant.now().minus(Duration.ofHours(2)))))
                .containsExactly("yesterday");
    }

    @Test
    void categoriesHideWhatHasNone() {
        assertThat(messages(ask -> ask.sourceType(SourceType.DB_INSTANCE).eventCategories("availability", "creation")))
                .containsExactly("started");
        assertThat(rds.describeEvents(ask -> ask.sourceType(SourceType.DB_INSTANCE))
                        .events())
                .filteredOn(event -> event.message().equals("position"))
                .singleElement()
                .satisfies(event -> assertThat(event.eventCategories()).isEmpty());
    }

    @Test
    void whatAwsRefusesIsRefused() {
        assertRefused(
                "InvalidParameterCombination",
                "SourceType",
                () -> rds.describeEvents(ask -> ask.sourceIdentifier("orders")));
        assertRefused("InvalidParameterValue", "Duration", () -> rds.describeEvents(ask -> ask.duration(20161)));
        assertRefused(
                "InvalidParameterValue", "source type", () -> rds.describeEvents(ask -> ask.sourceType("instance")));
    }

    @Test
    void manyEventsComeInPages() {
        for (int number = 0; number < 45; number++) {
            add("event " + number, Duration.ofMinutes(10));
        }
        assertThat(rds.describeEventsPaginator(ask -> ask.maxRecords(20)).stream())
                .hasSize(3);
        assertThat(rds.describeEventsPaginator(ask -> ask.maxRecords(20)).events().stream())
                .hasSize(48);
    }
}
