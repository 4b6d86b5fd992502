// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

/**
 * Hears of everything that happens in a run, in order, on one thread a run and never on one that copies. A slow or throwing
 * listener harms nothing but itself: events of progress, of comparing and of lag that it cannot keep up with are thinned out, others are kept.
 */
@FunctionalInterface
public interface RunListener {
    /** Called once for each event. Switch over the sealed {@link RunEvent}. */
    void onEvent(RunEvent event);
}
