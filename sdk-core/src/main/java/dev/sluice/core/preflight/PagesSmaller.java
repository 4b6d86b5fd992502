// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A row that fits into a page of the source fits into one of the replica. */
final class PagesSmaller extends NamedRule {
    private static final String SIZE = "innodb_page_size";

    PagesSmaller() {
        super("pages-smaller", VersionCode.PAGES_SMALLER, Level.WARNING);
    }

    @Override
    public List<Problem> problems(StepContext context) {
        long source = size(context.source());
        long replica = size(context.replica());
        return replica == 0 || replica >= source
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.source(context)) + " has " + SIZE + "=" + source + ", and "
                                + Labels.replica(context) + " " + replica));
    }

    private static long size(ServerFacts server) {
        return server.variable(SIZE).map(Long::parseLong).orElse(0L);
    }
}
