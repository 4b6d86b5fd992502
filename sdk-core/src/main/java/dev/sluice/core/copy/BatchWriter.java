// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;

/** Writes batches as they come, and the keys of tables that are complete, on a session of its own that it lets go of when it has to rest, until there are no more. */
record BatchWriter(int number, TargetSession target, IndexBuild indexes, Pipeline pipeline) implements Runnable {
    @Override
    public void run() {
        try {
            boolean wasIdle = false;
            while (pipeline.awaitWriting(number, wasIdle)) {
                writeInTurn();
                // Who still has its seat had nothing to write for long.
                wasIdle = pipeline.gate().mayWrite(number);
            }
        } catch (RuntimeException | Error failed) {
            pipeline.failure().report(failed);
        }
    }

    private void writeInTurn() {
        Cancellation cancellation = pipeline.cancellation();
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            for (WriterWork work = pipeline.nextWork(number); work != null; work = pipeline.nextWork(number)) {
                carryOut(work, session);
            }
        }
    }

    private void carryOut(WriterWork work, MySqlSession session) {
        if (work instanceof WriterWork.Keys keys) {
            indexes.addKeys(session, keys.table(), pipeline.cancellation());
            pipeline.finished(keys);
        } else if (work instanceof WriterWork.Rows rows) {
            Batch batch = rows.batch();
            Passing.ROWS.carryOut(
                    batch.table().name(), () -> batch.write(session), pipeline.listener(), pipeline.cancellation());
            pipeline.confirmed(batch);
        }
    }
}
