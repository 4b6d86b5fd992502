// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/preflight.md} and the code say the same. */
class PreflightPageTest {
    private static final Path PAGE = Path.of("..", "docs", "preflight.md");

    private static Stream<Described> rules() {
        return ServerRules.RULES.stream().map(Described.class::cast);
    }

    private static Stream<Described> checks() {
        return Stream.concat(checksOfSetUp(), LiveChecks.ofEnd().stream());
    }

    private static Stream<Described> checksOfSetUp() {
        return Stream.of(
                        List.<Described>of(new ServersReachable()),
                        LiveChecks.of(Compiled.of(Situation.healthy()), new Live().servers()))
                .flatMap(List::stream);
    }

    private static String row(Described described) {
        return "| `" + described.id() + "` | " + described.level().name().toLowerCase(Locale.ROOT) + " | "
                + texts(described.code()) + " |";
    }

    private static String row(ErrorCode code) {
        return "| " + texts(code) + " |";
    }

    private static String texts(ErrorCode code) {
        return code.id() + " | " + code.meaning() + " | " + code.remedy();
    }

    private static List<ErrorCode> codesWithoutARule() {
        Set<ErrorCode> used = new HashSet<>();
        Stream.concat(rules(), checks()).forEach(described -> used.add(described.code()));
        List<ErrorCode> rest = new ArrayList<>();
        Stream.concat(Stream.of(RuleCode.values()), Stream.of(CheckCode.values()))
                .filter(code -> !used.contains(code))
                .forEach(rest::add);
        return rest;
    }

    @Test
    void thePageHasARowForEachRuleCheckAndCodeAndNoOther() throws IOException {
        List<String> expected = new ArrayList<>();
        Stream.concat(rules(), checks()).map(PreflightPageTest::row).forEach(expected::add);
        codesWithoutARule().stream().map(PreflightPageTest::row).forEach(expected::add);

        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && line.contains("CORE-"))
                .toList();

        assertThat(rows).containsExactlyElementsOf(expected);
    }

    @Test
    void idsAndCodesAreUnique() {
        assertThat(Stream.concat(rules(), checksOfSetUp()).map(Described::id)).doesNotHaveDuplicates();
        assertThat(LiveChecks.ofEnd()).extracting(Described::id).doesNotHaveDuplicates();
        assertThat(Stream.concat(Stream.of(RuleCode.values()), Stream.of(CheckCode.values()))
                        .map(ErrorCode::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("CORE-2\\d\\d"));
    }
}
