// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {
    private static final String SERVER = "db1:3306";

    @ParameterizedTest
    @CsvSource({
        "1044, 42000, PRIVILEGE_MISSING",
        "1045, 28000, PRIVILEGE_MISSING",
        "1142, 42000, PRIVILEGE_MISSING",
        "1227, 42000, PRIVILEGE_MISSING",
        "1370, 42000, PRIVILEGE_MISSING",
        "1836, HY000, READ_ONLY",
        "1021, HY000, DISK_FULL",
        "1114, HY000, DISK_FULL",
        "3,    HY000, DISK_FULL",
        "1153, 08S01, PACKET_TOO_LARGE",
        "1064, 42000, NOT_UNDERSTOOD",
        "1146, 42S02, NO_SUCH_OBJECT",
        "1644, 45000, PROCEDURE_REFUSED",
        "1412, HY000, DEFINITION_CHANGED",
        "1062, 23000, REFUSED",
        "0,    S1000, REFUSED",
    })
    void whatTheServerRefusesIsRefusedWhetherItReadsOrChanges(int number, String state, ServerErrorCode code) {
        SQLException error = new SQLException("text", state, number);

        assertThat(SqlFailures.whileReading(error, SERVER))
                .isInstanceOf(StepRefusedException.class)
                .returns(code, StepException::code);
        assertThat(SqlFailures.whileChanging(error, SERVER))
                .isInstanceOf(StepRefusedException.class)
                .returns(code, StepException::code)
                .returns(Effect.NONE, StepException::effect);
    }

    @ParameterizedTest
    @CsvSource({
        "1213, 40001, DEADLOCK",
        "9999, 40001, DEADLOCK",
        "1205, HY000, LOCK_WAIT",
        "3572, HY000, LOCK_WAIT",
        "1040, 08004, TOO_MANY_CONNECTIONS",
        "1203, 42000, TOO_MANY_CONNECTIONS",
        "1041, HY000, OUT_OF_MEMORY",
        "4031, HY000, IDLE_TOO_LONG",
    })
    void whatWasSurelyNotAppliedMayBeTriedAgainWhetherItReadsOrChanges(int number, String state, ServerErrorCode code) {
        SQLException error = new SQLException("text", state, number);

        assertThat(SqlFailures.whileReading(error, SERVER))
                .isInstanceOf(StepUnavailableException.class)
                .returns(code, StepException::code);
        assertThat(SqlFailures.whileChanging(error, SERVER))
                .isInstanceOf(StepUnavailableException.class)
                .returns(code, StepException::code);
    }

    @ParameterizedTest
    @CsvSource({
        "1317, 70100, STATEMENT_KILLED",
        "3169, HY000, STATEMENT_KILLED",
        "3024, HY000, TIME_LIMIT",
        "1053, 08S01, SHUTTING_DOWN",
        "2013, HY000, CONNECTION_LOST",
        "2006, HY000, CONNECTION_LOST",
        "0,    08S01, CONNECTION_LOST",
        "0,    08003, CONNECTION_LOST",
    })
    void aStatementThatWasCutOffMayBeTriedAgainIfItOnlyReadAndIsUnknownIfItChanged(
            int number, String state, ServerErrorCode code) {
        SQLException error = new SQLException("text", state, number);

        assertThat(SqlFailures.whileReading(error, SERVER))
                .isInstanceOf(StepUnavailableException.class)
                .returns(code, StepException::code);
        assertThat(SqlFailures.whileChanging(error, SERVER))
                .isInstanceOf(StepOutcomeUnknownException.class)
                .returns(ServerErrorCode.OUTCOME_UNKNOWN, StepException::code)
                .returns(Effect.UNKNOWN, StepException::effect);
    }

    @ParameterizedTest
    @CsvSource({
        "The MySQL server is running with the --read-only option so it cannot execute this statement, READ_ONLY",
        "The MySQL server is running with the --super-read-only option so it cannot execute, READ_ONLY",
        "The MySQL server is running with the --secure-file-priv option so it cannot execute, REFUSED",
    })
    void anOptionThatPreventsIsReadOnlyOnlyIfItSaysSo(String message, ServerErrorCode code) {
        SQLException error = new SQLException(message, "HY000", 1290);

        assertThat(SqlFailures.whileChanging(error, SERVER).code()).isEqualTo(code);
    }

    @Test
    void theMessageNamesServerErrorNumberAndRemedyOnOneLine() {
        SQLException error = new SQLException("Table 'a.b' doesn't exist", "42S02", 1146);

        assertThat(SqlFailures.whileReading(error, SERVER))
                .hasMessage("db1:3306 could not be read: MySQL error 1146, Table 'a.b' doesn't exist (CORE-726)."
                        + " Remedy: See the message for its name");
    }

    @Test
    void neitherMessageNorStackTraceHoldsTheStatement() {
        SQLException error = new SQLException("syntax to use near 'IDENTIFIED BY 'hunter2''", "42000", 1064);
        error.initCause(new IllegalStateException("hunter2"));
        error.setNextException(new SQLException("hunter2"));
        error.addSuppressed(new SQLException("hunter2"));

        StringWriter printed = new StringWriter();
        SqlFailures.whileChanging(error, SERVER).printStackTrace(new PrintWriter(printed));

        assertThat(printed.toString()).contains("1064").doesNotContain("hunter2");
    }

    @Test
    void theServersErrorCanBeFoundAgain() {
        SQLException error = new SQLException("may already be running", "45000", 1644);

        StepException failure = SqlFailures.whileChanging(error, SERVER);

        assertThat(SqlFailures.serverError(failure)).hasValueSatisfying(found -> {
            assertThat(found.number()).isEqualTo(1644);
            assertThat((Throwable) found).hasMessage("may already be running");
        });
        assertThat(SqlFailures.serverError(new IllegalStateException())).isEmpty();
    }
}
