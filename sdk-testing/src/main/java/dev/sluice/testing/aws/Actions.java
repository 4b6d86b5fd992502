// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The actions of a service by name, each with the parameters that it takes. Filled once, then only read. */
final class Actions {
    private final Map<String, Entry> entries = new TreeMap<>();

    private record Entry(Action action, Set<String> parameters) {}

    /**
     * Adds an action.
     *
     * @param parameters the names that it reads, of lists and structures only the first part; others are refused, so that no caller
     *     believes that they did something
     */
    Actions add(String name, Action action, String... parameters) {
        entries.put(name, new Entry(action, Arrays.stream(parameters).collect(Collectors.toUnmodifiableSet())));
        return this;
    }

    boolean knows(String name) {
        return entries.containsKey(name);
    }

    void answer(Ask ask, Xml result) {
        @Nullable Entry entry = entries.get(ask.action());
        if (entry == null) {
            throw ApiRefusal.of("InvalidAction", "Could not find operation " + ask.action());
        }
        for (String name : ask.parameters().keySet()) {
            if (!entry.parameters().contains(name.split("\\.", 2)[0])) {
                throw ApiRefusal.value("This look-alike does not know " + name + " of " + ask.action());
            }
        }
        entry.action().answer(ask, result);
    }
}
