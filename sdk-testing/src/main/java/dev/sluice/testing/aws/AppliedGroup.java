// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A parameter group as it counts for one instance: what the server has of it already, and whether it waits for a reboot. Guarded by the
 * lock of the state.
 */
final class AppliedGroup {
    private String group;
    private boolean applying;
    private boolean pending;
    private final Map<String, String> applied = new LinkedHashMap<>();

    AppliedGroup(ParameterGroup group) {
        this.group = group.name();
        reboot(group);
    }

    String group() {
        return group;
    }

    /** As the API tells it. */
    String status() {
        if (applying) {
            return "applying";
        }
        return pending ? "pending-reboot" : "in-sync";
    }

    /** Something new begins with this group. */
    void begin(ParameterGroup first) {
        group = first.name();
        reboot(first);
    }

    /** Takes another group, of which the static parameters count after a reboot only. */
    void attach(ParameterGroup other, boolean waits) {
        if (!group.equals(other.name())) {
            group = other.name();
            applying = true;
            pending = waits;
        }
    }

    void waitForReboot() {
        pending = true;
    }

    void beginApplying() {
        applying = true;
    }

    void endApplying() {
        applying = false;
    }

    /** A dynamic parameter has reached the server. */
    void now(String parameter, String value) {
        applied.put(parameter, value);
    }

    /** The server starts with what the group holds now. */
    void reboot(ParameterGroup current) {
        applied.clear();
        applied.putAll(current.userValues());
        applying = false;
        pending = false;
    }

    /** What the server has. */
    Map<String, String> values() {
        return Map.copyOf(applied);
    }
}
