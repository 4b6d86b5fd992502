// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the control plane decides about a server: whether it has a binary log, and the parameters that somebody has set. Immutable and
 * thread-safe.
 *
 * @param binaryLog whether it writes a binary log
 * @param replica whether it is a read replica that RDS manages, which is read-only
 * @param options by the server's name, with underscores; an option that may stand more than once has several values
 */
public record MachineSettings(boolean binaryLog, boolean replica, Map<String, List<String>> options) {
    public MachineSettings {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        options.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        options = Collections.unmodifiableMap(copy);
    }

    /** With a binary log, and no more. */
    public static MachineSettings defaults() {
        return new MachineSettings(true, false, Map.of());
    }

    /** From parameters by their names in the API. */
    static MachineSettings of(boolean binaryLog, boolean replica, Map<String, String> parameters) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        parameters.forEach((parameter, value) -> {
            boolean formula = value.contains("{");
            boolean off = parameter.equals("binlog_format") && value.equals("OFF");
            if (!formula && !off) {
                options.put(option(parameter), values(parameter, value));
            }
        });
        return new MachineSettings(binaryLog, replica, options);
    }

    /** The server's name of a parameter. */
    static String option(String parameter) {
        return parameter.replace('-', '_');
    }

    /** Filters are lists; no name in them can hold a comma. */
    static List<String> values(String parameter, String value) {
        return isList(parameter) ? List.of(value.split(" *, *")) : List.of(value);
    }

    static boolean isList(String parameter) {
        return parameter.startsWith("replicate-") || parameter.startsWith("binlog-");
    }
}
