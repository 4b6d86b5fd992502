// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The first failure of any thread stops all of them; later ones hang on to it. Thread-safe. */
final class CopyFailure {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private final Cancellation all = new Cancellation();

    Cancellation cancellation() {
        return all;
    }

    void report(Throwable failure) {
        if (first.compareAndSet(null, failure)) {
            all.cancel();
        } else {
            Throwable before = first.get();
            // What was cancelled because of the first failure says nothing new.
            if (before != null && before != failure && !(failure instanceof CancelledException)) {
                before.addSuppressed(failure);
            }
        }
    }

    void rethrow() {
        Throwable failure = first.get();
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
