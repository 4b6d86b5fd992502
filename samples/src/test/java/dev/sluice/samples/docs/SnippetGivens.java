// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What statements on a page may use without saying so: the types of Sluice and of the JDK by their simple names, and things by their usual
 * names. A block that declares one of these names itself means its own.
 */
final class SnippetGivens {
    private static final List<String> PACKAGES = List.of(
            "dev.sluice.api.compiled",
            "dev.sluice.api.coordinates",
            "dev.sluice.api.diagnosis",
            "dev.sluice.api.endpoint",
            "dev.sluice.api.error",
            "dev.sluice.api.estimate",
            "dev.sluice.api.facts",
            "dev.sluice.api.operation",
            "dev.sluice.api.plan",
            "dev.sluice.api.preflight",
            "dev.sluice.api.privileges",
            "dev.sluice.api.run",
            "dev.sluice.api.secret",
            "dev.sluice.api.verify",
            "dev.sluice.aurora",
            "dev.sluice.core",
            "dev.sluice.core.copy",
            "dev.sluice.core.journal",
            "dev.sluice.core.mysql",
            "dev.sluice.diagnosis",
            "dev.sluice.external",
            "dev.sluice.journal.jdbc",
            "dev.sluice.programs",
            "dev.sluice.rds",
            "dev.sluice.rds.aws",
            "dev.sluice.report",
            "dev.sluice.testing",
            "java.nio.file",
            "java.time",
            "java.util",
            "java.util.concurrent");

    private static final String NAMES = """
            Sluice sluice;
            ExternalMySql source;
            ExternalMySql replica;
            ReplicationPlan plan;
            CompiledPlan compiled;
            ReplicationRun run;
            RunId runId;
            RunResult result;
            Monitor monitor;
            Path folder;
            javax.sql.DataSource dataSource;
            org.slf4j.Logger log;
            """;

    private SnippetGivens() {}

    /** In one line, so that what comes after it keeps its lines. */
    static String imports() {
        return PACKAGES.stream().map(name -> "import " + name + ".*;").collect(Collectors.joining(" "));
    }

    /** As fields, in one line: a variable of the block may have the same name. */
    static String names() {
        return NAMES.replace('\n', ' ');
    }
}
