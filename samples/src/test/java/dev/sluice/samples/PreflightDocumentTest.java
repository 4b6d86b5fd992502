// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/preflight.md} lists every rule and check, the engines' too. Run with -Dsluice.docs.write=true to write it. */
class PreflightDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "preflight.md");
    private static final String BEGIN = "<!-- PreflightDocumentTest writes what follows. -->\n";
    private static final String END = "<!-- Until here. -->\n";

    @Test
    void thePageListsEveryRuleAndCheck() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).isGreaterThan(BEGIN.length());
        assertThat(end).isGreaterThanOrEqualTo(begin);
        String table = table();

        if (Boolean.getBoolean("sluice.docs.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        }

        assertThat(Files.readString(PAGE)).contains(BEGIN + table + END);
    }

    private static String table() {
        return "| id | level | left out? | code | what is wrong | remedy |\n| --- | --- | --- | --- | --- | --- |\n"
                + checks().stream().map(PreflightDocumentTest::row).collect(Collectors.joining());
    }

    private static List<CheckDescription> checks() {
        try (Sluice sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create(), RdsEngine.create(), AuroraEngine.create())
                .build()) {
            return sluice.checks();
        }
    }

    private static String row(CheckDescription check) {
        return "| `" + check.id() + "` | " + check.level().name().toLowerCase(Locale.ROOT) + " | "
                + (check.canBeSkipped() ? "can be" : "never") + " | "
                + check.code().id() + " | "
                + cell(check.code().meaning()) + " | " + cell(check.code().remedy()) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
