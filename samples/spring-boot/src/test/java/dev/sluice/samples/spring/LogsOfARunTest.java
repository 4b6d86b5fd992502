// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.log.LogContext;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFailure;
import dev.sluice.testing.MockMySql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What a run logs, at which level, and by which names in the MDC: {@code docs/metrics.md}. */
class LogsOfARunTest {
    private static final String RUN = "sluice.run";
    private static final String STEP = "sluice.step";

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.sluice");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
            // Else the MDC is that of whoever asks for it.
            line.prepareForDeferredProcessing();
            super.append(line);
        }
    };
    private final ExecutorService hosts = Executors.newSingleThreadExecutor();
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        hosts.shutdownNow();
    }

    private String run(MockEngine engine) throws Exception {
        ReplicationPlan plan = ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2"));
        try (Sluice sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .executor(hosts)
                .listener(event -> seen.put("listener", String.valueOf(MDC.get(RUN))))
                .build()) {
            var started = sluice.start(sluice.compile(plan));
            started.completion().toCompletableFuture().get();
            return started.id().value();
        }
    }

    @Test
    void aRunThatSucceedsLogsTwoLinesOfInformation() throws Exception {
        String run = run(MockEngine.create());

        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .hasSize(2)
                .allMatch(line -> line.getLevel() == Level.INFO)
                .allMatch(line -> run.equals(line.getMDCPropertyMap().get(RUN)));
        assertThat(seen).containsEntry("listener", run);
    }

    /** What went wrong is for who called and for listeners; nobody wants it in the log as well. */
    @Test
    void aRunThatFailsLogsNoStackTrace() throws Exception {
        run(MockEngine.create().on(GuideStep.CREATE_REPLICATION_USER).thenFails(MockFailure.REFUSED));

        assertThat(lines.list)
                .anyMatch(line -> line.getFormattedMessage().contains("state=FAILED"))
                .allMatch(line -> !line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void aThreadThatARunStartsLogsAsTheRunDoes() throws Exception {
        Runnable work;
        try (LogContext run = LogContext.run(new RunId("r-1"));
                LogContext step = LogContext.step(GuideStep.LOAD)) {
            work = LogContext.carriedTo(() -> seen.put(RUN, MDC.get(RUN) + " " + MDC.get(STEP)));
        }
        assertThat(MDC.get(RUN)).isNull();

        hosts.submit(work).get();

        assertThat(seen).containsEntry(RUN, "r-1 LOAD");
        assertThat(hosts.submit(() -> MDC.get(RUN)).get()).isNull();
    }

    @Test
    void aStepIsNamedWhileItGoesOnAndTheHostsThreadIsLeftAsItWas() throws Exception {
        hosts.submit(() -> MDC.put(RUN, "the host's own")).get();
        MockEngine engine = MockEngine.create();
        engine.on(GuideStep.CREATE_REPLICATION_USER).runs(() -> {
            seen.put(RUN, String.valueOf(MDC.get(RUN)));
            seen.put(STEP, String.valueOf(MDC.get(STEP)));
        });

        String run = run(engine);

        assertThat(seen).containsEntry(RUN, run).containsEntry(STEP, "CREATE_REPLICATION_USER");
        assertThat(hosts.submit(() -> MDC.get(RUN)).get()).isEqualTo("the host's own");
        assertThat(hosts.submit(() -> MDC.get(STEP)).get()).isNull();
    }
}
