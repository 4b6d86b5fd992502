// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFailure;
import dev.sluice.testing.MockMySql;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Runs of a mock engine that tell a real HTTP endpoint. */
class WebhookListenerTest {
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private static WebhookSettings settings(URI endpoint) {
        return new WebhookSettings(endpoint, 3, 3, Duration.ofMillis(10), Duration.ofMillis(500));
    }

    private WebhookListener listener(URI endpoint) {
        return new WebhookListener(settings(endpoint), complaints::add);
    }

    private static void run(MockEngine engine, WebhookListener listener) throws Exception {
        try (Sluice sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .listener(listener)
                .build()) {
            ReplicationPlan plan = ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2"));
            sluice.start(sluice.compile(plan))
                    .completion()
                    .toCompletableFuture()
                    .get();
        }
    }

    private static RunEvent event(int number) {
        return new RunEvent.RunStarted(new RunId("r-" + number), Instant.EPOCH, "fingerprint", 1);
    }

    @Test
    void aRunTellsWhenItBeginsAndWhatCameOfIt() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(call -> 200)) {
            try (WebhookListener listener = listener(endpoint.uri())) {
                run(MockEngine.create().on(GuideStep.CREATE_REPLICATION_USER).thenFails(MockFailure.REFUSED), listener);
            }
            assertThat(endpoint.bodies()).hasSize(2);
            assertThat(endpoint.bodies().get(0))
                    .startsWith("{\"run\":\"r-")
                    .contains("\"event\":\"RunStarted\"")
                    .contains("has begun\"}");
            assertThat(endpoint.bodies().get(1)).contains("is FAILED").contains("MOCK-");
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void anEndpointThatFailsIsToldAgain() throws IOException {
        try (Endpoint endpoint = Endpoint.answering(call -> call < 3 ? 503 : 200)) {
            try (WebhookListener listener = listener(endpoint.uri())) {
                listener.onEvent(event(1));
            }
            assertThat(endpoint.calls()).isEqualTo(3);
            assertThat(endpoint.bodies()).hasSize(1);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void itTellsWhenItGivesUp() throws IOException {
        try (Endpoint endpoint = Endpoint.answering(call -> 500)) {
            try (WebhookListener listener = listener(endpoint.uri())) {
                listener.onEvent(event(1));
            }
            assertThat(endpoint.calls()).isEqualTo(3);
            assertThat(complaints)
                    .singleElement()
                    .asString()
                    .contains("status 500 at try 3")
                    .contains("r-1")
                    .doesNotContain("secret-token");
        }
    }

    @Test
    void whatTheEndpointDoesNotWantIsNotSentAgain() throws IOException {
        try (Endpoint endpoint = Endpoint.answering(call -> 410)) {
            try (WebhookListener listener = listener(endpoint.uri())) {
                listener.onEvent(event(1));
            }
            assertThat(endpoint.calls()).isEqualTo(1);
            assertThat(complaints).singleElement().asString().contains("status 410");
        }
    }

    @Test
    void anEndpointThatNobodyReachesIsGivenUp() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/");
        }
        try (WebhookListener listener = listener(nobody)) {
            listener.onEvent(event(1));
        }
        assertThat(complaints).singleElement().asString().contains("ConnectException");
    }

    @Test
    void anEndpointThatNeverAnswersHoldsNothingUpAndTakesNoMemory() throws Exception {
        try (Endpoint endpoint = Endpoint.silent();
                WebhookListener listener = listener(endpoint.uri())) {
            Instant began = Instant.now();
            run(MockEngine.create(), listener);
            for (int i = 0; i < 1000; i++) {
                listener.onEvent(event(i));
            }

            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(complaints).hasSizeGreaterThan(990).anyMatch(line -> line.contains("3 others wait already"));
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(complaints).anyMatch(line -> line.contains("HttpTimeoutException")));
        }
        assertThat(complaints).as("two of the run, and a thousand").hasSize(1002);
    }
}
