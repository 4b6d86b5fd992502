// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a program between self-managed servers has on its class path, and a logger. The AWS SDK, test containers and other things that
 * benchmarks need have forty thousand entries, which a JVM that starts looks through: no user's program would.
 */
final class ProgramClassPath {
    private static final List<String> JARS = List.of(
            "sluice-api-",
            "sluice-core-",
            "sluice-external-",
            "mysql-connector-j-",
            "resilience4j-",
            "slf4j-",
            "jspecify-");

    private ProgramClassPath() {}

    static String ofThisJvm() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar") || isNeeded(new File(entry).getName()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isNeeded(String jar) {
        return JARS.stream().anyMatch(jar::startsWith);
    }
}
