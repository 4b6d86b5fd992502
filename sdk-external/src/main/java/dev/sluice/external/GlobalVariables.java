// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Global variables as a server has them at the moment. Variables that its version does not know are simply not there. */
final class GlobalVariables {
    private final Map<String, String> values;

    private GlobalVariables(Map<String, String> values) {
        this.values = values;
    }

    static GlobalVariables read(ServerSession session, String... names) {
        String list = Arrays.stream(names).map(Quote::literal).collect(Collectors.joining(", "));
        Map<String, String> values = new TreeMap<>();
        for (Row row : session.query("SHOW GLOBAL VARIABLES WHERE Variable_name IN (" + list + ")")) {
            values.put(
                    row.text("Variable_name").toLowerCase(Locale.ROOT),
                    row.find("Value").orElse(""));
        }
        return new GlobalVariables(values);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean has(String name, String value) {
        return find(name).filter(value::equalsIgnoreCase).isPresent();
    }

    /** For evidence: names and values. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
