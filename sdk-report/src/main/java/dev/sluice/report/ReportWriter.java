// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes one run's report whenever there is more of it that must not be lost with this process. Thread-safe. */
final class ReportWriter implements RunListener {
    private static final Logger log = LoggerFactory.getLogger(ReportWriter.class);
    private static final Set<RunState> WAITS = Set.of(RunState.PAUSED, RunState.WAITING_FOR_PERSON);
    /** How much of a long step a killed process may take with it. */
    private static final Duration LONGEST_UNWRITTEN = Duration.ofMinutes(1);

    private final ReportRecorder recorder;
    private final Path folder;
    private final ReportFile file;
    private Instant lastTried = Instant.MIN;
    private boolean failed;

    ReportWriter(ReportRecorder recorder, Path folder) {
        this.recorder = recorder;
        this.folder = folder;
        this.file = new ReportFile(folder);
    }

    @Override
    public synchronized void onEvent(RunEvent event) {
        recorder.onEvent(event);
        if (event instanceof RunEvent.RunFinished) {
            lastTried = event.at();
            write(Level.INFO, Level.WARN);
        } else if (isWorthKeeping(event)) {
            lastTried = event.at();
            write(Level.DEBUG, failed ? Level.DEBUG : Level.WARN);
        }
    }

    /** What a process that is killed has told by then is all that anybody will know of it. */
    private boolean isWorthKeeping(RunEvent event) {
        return event instanceof RunEvent.StepFinished
                || (event instanceof RunEvent.StateChanged changed && WAITS.contains(changed.state()))
                || !event.at().isBefore(lastTried.plus(LONGEST_UNWRITTEN));
    }

    /** A full disk on this machine is no reason for a run to end otherwise than it did. */
    private void write(Level success, Level failure) {
        try {
            Path page = file.write(recorder.report());
            log.atLevel(success).addKeyValue("page", page).log("The report of the run was written.");
        } catch (IOException notWritten) {
            failed = true;
            log.atLevel(failure)
                    .addKeyValue("folder", folder)
                    .setCause(notWritten)
                    .log("The report of the run could not be written.");
        }
    }
}
