// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The filters of a call that lists something: any value of each must match. */
final class Filters {
    private Filters() {}

    /**
     * Whether something meets all filters of a call.
     *
     * @param values what it has under the names that this call can be filtered by
     */
    static boolean match(Ask ask, Map<String, String> values) {
        for (Map<String, String> filter : ask.structures("Filters.Filter")) {
            String name = filter.getOrDefault("Name", "");
            if (!values.containsKey(name)) {
                throw ApiRefusal.value("Unrecognized filter name: " + name);
            }
            if (!wanted(filter).contains(values.get(name))) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> wanted(Map<String, String> filter) {
        List<String> values = filter.entrySet().stream()
                .filter(one -> one.getKey().startsWith("Values."))
                .map(Map.Entry::getValue)
                .map(World::idOf) // identifiers may come as ARNs
                .toList();
        return Set.copyOf(values);
    }
}
