// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sluice.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} lists every code, with what it means and what helps. Run with -Dsluice.docs.write=true to write it. */
class ErrorsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "errors.md");

    @Test
    void listsEveryCodeOnceWithItsMeaningAndRemedy() throws IOException {
        List<ErrorCode> codes = codes();
        assertThat(codes).extracting(ErrorCode::id).doesNotHaveDuplicates().hasSizeGreaterThan(50);

        if (Boolean.getBoolean("sluice.docs.write")) {
            Files.writeString(DOCUMENT, document(codes));
        }

        assertThat(DOCUMENT).hasContent(document(codes));
    }

    private static List<ErrorCode> codes() {
        List<ErrorCode> codes = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(
                        "dev.sluice.core",
                        "dev.sluice.programs",
                        "dev.sluice.diagnosis",
                        "dev.sluice.external",
                        "dev.sluice.rds",
                        "dev.sluice.aurora")) {
            if (type.isEnum() && type.isAssignableTo(ErrorCode.class)) {
                for (Object constant : type.reflect().getEnumConstants()) {
                    codes.add((ErrorCode) constant);
                }
            }
        }
        codes.sort(Comparator.comparing(ErrorCode::id));
        return codes;
    }

    private static String document(List<ErrorCode> codes) {
        StringBuilder text = new StringBuilder("""
                # Errors

                Every failure carries one of these codes, says what happened to the database (nothing, applied, unknown), and names the
                values of its case. *Again* says whether the same run can succeed later with nothing changed by a person.

                | code | meaning | remedy | again |
                |---|---|---|---|
                """);
        for (ErrorCode code : codes) {
            text.append("| ")
                    .append(code.id())
                    .append(" | ")
                    .append(cell(code.meaning()))
                    .append(" | ")
                    .append(cell(code.remedy()))
                    .append(" | ")
                    .append(code.retry() == ErrorCode.Retry.POINTLESS ? "no" : "yes")
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
