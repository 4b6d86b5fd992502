// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.ServerErrorCode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionChecksTest {
    private final Live live = new Live();

    private static Situation from(int major, int minor, int patch) {
        return Situation.of(
                        Server.source().version(major, minor, patch),
                        Server.replica().version(8, 4, 5))
                .plan(plan -> plan.databases("shop"));
    }

    @Test
    void ofSourcesThatListTheirWordsTheReplicasOthersCount() {
        live.source.to("KEYWORDS", row("word", "RANK"));
        live.replica.to("KEYWORDS", row("word", "RANK"), row("word", "MANUAL"));
        live.source.to("ROUTINE_DEFINITION", row("db", "shop", "name", "p", "body", "SELECT rank, manual FROM t"));

        assertThat(live.ask(new ReservedInPrograms(), from(8, 0, 31)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains("routine shop.p for MANUAL")
                        .doesNotContain("RANK"));
    }

    @Test
    void serversOfOneVersionReserveTheSame() {
        assertThat(live.ask(new ReservedInPrograms(), from(8, 4, 5))).isEmpty();
        assertThat(live.replica.asked).isEmpty();
    }

    @Test
    void wordsThatOlderStatementsHoldSayNothing() {
        live.replica.to("KEYWORDS", row("word", "FUNCTION"), row("word", "ROW"));
        live.source.to("ROUTINE_DEFINITION", row("db", "shop", "name", "p", "body", "DROP FUNCTION f"));

        assertThat(live.ask(new ReservedInPrograms(), from(5, 7, 22))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT a FROM t GROUP BY a ASC, true",
        "'SELECT a FROM t GROUP BY a, f(b) DESC HAVING a > 1', true",
        "SELECT a FROM (SELECT a FROM t GROUP BY a DESC) d ORDER BY a, true",
        "SELECT a FROM (SELECT a FROM t GROUP BY a) d ORDER BY a DESC, false",
        "'SELECT a, (SELECT b FROM u ORDER BY b DESC LIMIT 1) FROM t GROUP BY a', false",
        "SELECT a FROM t GROUP BY a ORDER BY a DESC, false",
        "SELECT a FROM t ORDER BY a DESC, false",
        "SELECT ENCRYPT(a) FROM t, true",
        "SELECT encrypt FROM t, false"
    })
    void whatEightHasRemovedIsFound(String body, boolean removed) {
        live.source.to("VIEW_DEFINITION", row("db", "shop", "name", "v", "body", body));

        assertThat(live.ask(new RemovedSql(), from(5, 7, 22))).hasSize(removed ? 1 : 0);
        assertThat(live.ask(new RemovedSql(), from(8, 0, 31))).isEmpty();
    }

    @Test
    void aRowThatNobodyCouldMeasureInTimeIsANote() {
        assertThat(measuring(new StepUnavailableException(Problem.of(ServerErrorCode.TIME_LIMIT, "took too long"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.NOTE);
                    assertThat(finding.evidence()).contains("shop.files", "in time", "took too long");
                });
    }

    @Test
    void aRowThatCouldNotBeMeasuredAtAllIsAWarningWithItsReason() {
        assertThat(measuring(new StepRefusedException(Problem.of(ServerErrorCode.NO_SUCH_OBJECT, "no column"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.WARNING);
                    assertThat(finding.evidence())
                            .contains("shop.files", "no column")
                            .doesNotContain("in time");
                });
    }

    private List<Finding> measuring(StepException failure) {
        live.source
                .to("LIMIT 10", row("db", "shop", "name", "files"))
                .to("AS col", row("col", "body"))
                .fail("MAX(", failure);
        return new WidestRow()
                .examine(
                        new CheckContext(Compiled.of(from(8, 4, 5)), from(8, 4, 5), new CheckSessions(live.servers())));
    }

    /** Their names in one value would be cut at group_concat_max_len, which is 1024 by default. */
    @Test
    void allColumnsOfAWideTableAreMeasured() {
        Row[] columns = IntStream.range(0, 40)
                .mapToObj(n -> row("col", "a_column_whose_name_is_quite_long_" + n))
                .toArray(Row[]::new);
        live.source
                .to("LIMIT 10", row("db", "shop", "name", "files"))
                .to("AS col", columns)
                .to("MAX(", row("widest", "1"));

        assertThat(live.ask(new WidestRow(), from(8, 4, 5))).isEmpty();
        assertThat(live.source.asked)
                .filteredOn(sql -> sql.contains("MAX("))
                .singleElement()
                .satisfies(sql -> assertThat(sql)
                        .contains(
                                "(`a_column_whose_name_is_quite_long_0`)", "(`a_column_whose_name_is_quite_long_39`)"));
        assertThat(live.source.asked).noneMatch(sql -> sql.contains("GROUP_CONCAT"));
    }

    @ParameterizedTest
    @CsvSource({
        "select `shop`.`t`.`a` AS `a` from `shop`.`t`, false",
        "select `g`.`a` AS `a` from `stock`.`go``ods` `g`, true",
        "select `t`.`stock` AS `stock` from `shop`.`t`, false",
        "select `u`.`host` AS `host` from `mysql`.`user` `u`, false"
    })
    void ofOldSourcesTheDefinitionTellsWhatAViewReads(String body, boolean across) {
        live.source.to("VIEW_DEFINITION", row("db", "shop", "name", "v", "body", body));
        Situation old = Situation.source(Server.source().version(5, 7, 22).databases("shop", "stock"))
                .plan(plan -> plan.databases("shop"));

        assertThat(live.ask(new ViewsAcrossScope(), old)).hasSize(across ? 1 : 0);
    }
}
