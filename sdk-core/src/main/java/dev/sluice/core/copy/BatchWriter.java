// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;

/** Writes batches as they come, on a session of its own, until there are no more. */
record BatchWriter(TargetSession target, Pipeline pipeline) implements Runnable {
    @Override
    public void run() {
        Cancellation cancellation = pipeline.failure().cancellation();
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            for (Batch batch = pipeline.nextBatch(); batch != null; batch = pipeline.nextBatch()) {
                batch.write(session);
                confirmed(batch);
            }
        } catch (RuntimeException | Error failed) {
            pipeline.failure().report(failed);
        }
    }

    private void confirmed(Batch batch) {
        TableCopy table = batch.table();
        boolean all = table.confirmed(batch.rows(), batch.size());
        pipeline.listener().progress(table.name(), table.rows(), table.bytes());
        if (all) {
            pipeline.listener().tableDone(table.name(), table.rows(), table.bytes());
        }
    }
}
