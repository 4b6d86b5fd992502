// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints under what circumstances something is measured. */
final class Settings {
    private Settings() {}

    static void print(Map<String, String> machine, Map<String, String> servers, PrintStream out) {
        out.println("Machine, which also runs both servers: " + line(machine));
        out.println("Both servers: " + line(servers));
    }

    private static String line(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(", "));
    }
}
