// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.core.journal.JournalRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes it known that a run has ended: to the journal, to listeners and to who asks; lets go of it then. Thread-safe. */
final class RunClosing {
    private static final Logger logger = LoggerFactory.getLogger(RunClosing.class);

    private final RunId run;
    private final RunLog log;
    private final RunHold hold;
    private final RunControl control;

    /** As it is by now. */
    private volatile @Nullable RunResult result;

    RunClosing(RunId run, RunLog log, RunHold hold, RunControl control) {
        this.run = run;
        this.log = log;
        this.hold = hold;
        this.control = control;
    }

    /** The run has ended with this result. */
    void end(RunResult ended) {
        try {
            log.journal(at -> new JournalRecord.RunClosed(
                    at, ended.state(), ended.problem().map(Problem::toString).orElse("")));
        } catch (SluiceException unjournaled) {
            logger.warn("The end of the run could not be journaled. run={}", run, unjournaled);
        }
        hold.release();
        logger.info("Run ended. run={} state={} took={}", run, ended.state(), ended.took());
        control.state(ended.state());
        result = ended;
        log.event((id, at) -> new RunEvent.RunFinished(id, at, ended));
        log.closeEvents();
    }

    /** The run is as this says, which is nobody's news. */
    void remains(RunResult known) {
        hold.release();
        result = known;
        log.closeEvents();
    }

    /** Nothing more comes of it, whatever became of it. */
    void letGo() {
        log.closeEvents();
        hold.release();
    }

    /** The result as it is by now. */
    RunResult ended() {
        RunResult known = result;
        if (known == null) {
            throw new IllegalStateException("The end of the run failed");
        }
        return known;
    }
}
