// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

/**
 * Hears of everything that a {@link Monitor} sees, in order, on one thread a monitor and never on the one that looks. A slow or throwing
 * listener harms nothing but itself: of observations that it cannot keep up with only the newest waits, changes of health are kept.
 */
@FunctionalInterface
public interface MonitorListener {
    /** Called once for each event. Switch over the sealed {@link MonitorEvent}. */
    void onEvent(MonitorEvent event);
}
