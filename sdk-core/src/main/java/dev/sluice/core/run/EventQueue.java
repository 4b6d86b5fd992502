// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.util.List;
import java.util.function.Consumer;

/** Hands a run's events to its listeners; of progress, comparisons and lag that they cannot keep up with only the newest waits. Thread-safe. */
final class EventQueue implements AutoCloseable {
    private final OrderedDelivery<RunEvent> delivery;

    EventQueue(String name, List<RunListener> listeners) {
        this.delivery = new OrderedDelivery<>(
                name,
                listeners.stream()
                        .<Consumer<RunEvent>>map(listener -> listener::onEvent)
                        .toList(),
                event -> event instanceof RunEvent.Progress
                        || event instanceof RunEvent.Comparing
                        || event instanceof RunEvent.LagObserved);
    }

    void report(RunEvent event) {
        delivery.report(event);
    }

    /** Delivers what waits, for at most five seconds, then ends the thread. */
    @Override
    public void close() {
        delivery.close();
    }
}
