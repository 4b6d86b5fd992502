// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.endpoint.EngineId;

/**
 * By what a step is stored: {@code engine/name@version}. The version is raised when a stored step could no longer be carried out
 * by the new code. Immutable and thread-safe.
 *
 * @param engine whose step it is
 * @param name lower-case letters and dashes, such as {@code retain-binlogs}
 * @param version at least 1
 */
public record StepKey(EngineId engine, String name, int version) {
    public StepKey {
        if (!name.matches("[a-z]+(-[a-z]+)*") || version < 1) {
            throw new IllegalArgumentException("Not the key of a step: " + name + "@" + version);
        }
    }

    /** Reads {@link #toString()}. */
    public static StepKey parse(String text) {
        int slash = text.indexOf('/');
        int at = text.lastIndexOf('@');
        if (slash < 0 || at < slash) {
            throw new IllegalArgumentException("Not the key of a step: " + text);
        }
        return new StepKey(
                new EngineId(text.substring(0, slash)),
                text.substring(slash + 1, at),
                Integer.parseInt(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return engine + "/" + name + "@" + version;
    }
}
