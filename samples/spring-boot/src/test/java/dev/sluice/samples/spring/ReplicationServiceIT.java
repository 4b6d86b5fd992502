// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The service on real servers, driven over HTTP as its README says: cancelled, restarted in the middle of a run, and brought to the end. */
class ReplicationServiceIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern CURL = Pattern.compile("curl (-X POST )?localhost:8080(\\S*[^`\\s.])");

    private static OwnServers servers;

    @TempDir
    static Path folder;

    private final Http http = new Http();

    @BeforeAll
    static void startServers() {
        servers = OwnServers.start();
    }

    @AfterAll
    static void closeServers() {
        servers.close();
    }

    private ConfigurableApplicationContext start() {
        ConfigurableApplicationContext service = new SpringApplicationBuilder(ReplicationService.class)
                .properties(servers.properties())
                .properties("server.port=0", "logging.file.name=" + folder.resolve("service.log"))
                .run();
        http.at(((WebServerApplicationContext) service).getWebServer().getPort());
        return service;
    }

    private void awaitState(String run, String state) {
        await(run + " is " + state)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(http.get("/runs/" + run)).contains("\"state\":\"" + state + "\""));
    }

    private String begin() {
        String run = Http.field(http.post("/replications/shop/runs", 201), "id");
        awaitState(run, "PAUSED");
        return run;
    }

    @Test
    void isDrivenOverHttpAndOutlivesItsRestart() throws IOException {
        String left;
        try (var first = start()) {
            assertThat(first.isRunning()).isTrue();
            assertThat(http.get("/replications/shop/preview")).contains("Load the snapshot into the replica");
            String cancelled = begin();
            assertThat(http.call("POST", "/replications/shop/runs", 409)).contains("\"run\":\"/runs/" + cancelled);
            assertThat(Http.field(http.post("/runs/" + cancelled + "/cancel", 200), "state"))
                    .isIn("CANCELLING", "CANCELLED");
            awaitState(cancelled, "CANCELLED");
            assertThat(http.call("POST", "/runs/" + cancelled + "/proceed", 409))
                    .contains("has ended");
            assertThat(servers.replica().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
            left = begin();
        }
        try (var second = start()) {
            assertThat(second.isRunning()).isTrue();
            awaitState(left, "PAUSED");
            http.post("/runs/" + left + "/proceed", 200);
            awaitState(left, "SUCCEEDED");

            assertThat(servers.replica().query("SELECT COUNT(*) FROM shop.customer"))
                    .isEqualTo(List.of(List.of("3")));
            assertThat(http.get("/runs")).contains("SUCCEEDED").contains("ENDED");
            awaitHealthyReplication();
            assertThat(http.get("/actuator/prometheus"))
                    .contains("sluice_runs_begun_total{how=\"resumed\"} 1.0")
                    .contains("sluice_run_seconds_count{outcome=\"succeeded\"} 1")
                    .contains("sluice_replication_thread{replication=\"shop\",thread=\"applier\"} 1.0");
            assertThat(http.call("POST", "/runs/" + left + "/cancel", 409)).contains("SUCCEEDED");
            refusesWhatItDoesNotKnow();
        }
        everythingInTheReadmeWasDone();
        nothingTellsAPassword();
        linesNameTheirRun(left);
    }

    private void awaitHealthyReplication() {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(Http.field(http.get("/replications/shop"), "health")).isIn("IN_TIME", "IDLE");
            assertThat(http.get("/actuator/prometheus"))
                    .containsPattern("sluice_replication_lag_seconds\\{by=\"server\",replication=\"shop\"} 0\\.0");
        });
    }

    private void refusesWhatItDoesNotKnow() {
        http.call("POST", "/replications/nothing/runs", 404);
        http.call("GET", "/runs/nothing", 404);
        http.call("GET", "/actuator/env", 404);
    }

    private void everythingInTheReadmeWasDone() throws IOException {
        Set<String> told = CURL.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(ReplicationServiceIT::call)
                // Taking back a run that failed is tried where runs fail on purpose.
                .filter(call -> !call.endsWith("/abandon"))
                .collect(Collectors.toSet());
        assertThat(told).isNotEmpty();
        assertThat(http.calls()).containsAll(told);
    }

    private static String call(MatchResult curl) {
        return (curl.group(1) == null ? "GET " : "POST ") + curl.group(2);
    }

    private void nothingTellsAPassword() throws IOException {
        String log = Files.readString(folder.resolve("service.log"));
        for (var server : List.of(servers.source(), servers.replica(), servers.journal())) {
            assertThat(log).doesNotContain(server.rootPassword());
            assertThat(http.allAnswers()).doesNotContain(server.rootPassword());
        }
    }

    /** A run logs when it begins and ends, and whoever finds one left warns; no more unless something is wrong. */
    private void linesNameTheirRun(String run) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("service.log")).stream()
                .filter(line -> line.contains("dev.sluice.core") || line.contains("d.s.c"))
                .toList();

        assertThat(lines).filteredOn(line -> line.contains("[" + run + " ]")).hasSizeBetween(3, 6);
        assertThat(lines)
                .filteredOn(line -> line.contains("WARN") || line.contains("ERROR"))
                .allMatch(line -> line.contains("A run was left"));
    }
}
