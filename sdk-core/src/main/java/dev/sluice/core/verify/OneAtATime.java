// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerifyListener;

/** Lets several threads tell one listener, one call after the other. Thread-safe. */
final class OneAtATime implements VerifyListener {
    private final VerifyListener listener;

    OneAtATime(VerifyListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void planned(int tables, long estimatedRows) {
        listener.planned(tables, estimatedRows);
    }

    @Override
    public synchronized void progress(TableName table, long rows) {
        listener.progress(table, rows);
    }

    @Override
    public synchronized void lookingAgain(long rows) {
        listener.lookingAgain(rows);
    }

    @Override
    public synchronized void tableDone(TableComparison comparison) {
        listener.tableDone(comparison);
    }
}
