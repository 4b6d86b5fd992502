// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerMessageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1064|right syntax to use near 'IDENTIFIED BY 'hunter2' x' at line 1|right syntax to use near '…' at line 1",
                "1064|near 'PASSWORD 'hunter2' at line 1|near '…' at line 1",
                "1062|Duplicate entry 'hunter2' for key 't.PRIMARY'|Duplicate entry '…'",
                "1231|Variable 'x' can't be set to the value of 'hunter2'|Variable '…'",
                "1105|something \"hunter2\" odd|something \"…\" odd",
                "1366|Incorrect string value: 'hunter2|Incorrect string value: …",
                "9999|brand new error about 'hunter2'|brand new error about '…'",
            })
    void valuesAndStatementsAreCutOut(int number, String message, String expected) {
        assertThat(ServerMessage.withoutValues(number, message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1146|Table 'a.b' doesn't exist",
                "1045|Access denied for user 'u'@'h' (using password: YES)",
                "1142|SELECT command denied to user 'u'@'h' for table 't'",
                "1227|Access denied; you need (at least one of) the SUPER, REPLICATION_SLAVE_ADMIN privilege(s)",
                "1644|Slave is already stopped or may not be configured. Run SHOW SLAVE STATUS\\G;",
            })
    void namesStay(int number, String message) {
        assertThat(ServerMessage.withoutValues(number, message)).isEqualTo(message);
    }

    @Test
    void linesAreJoined() {
        assertThat(ServerMessage.withoutValues(1146, "one\n  two ")).isEqualTo("one two");
    }

    @Test
    void theCopyOfAnErrorKeepsNumbersStackAndTheNetworksCauseButNoWrapperOfTheDriver() {
        SQLException original = new SQLException("near 'hunter2'", "42000", 1064);
        original.initCause(new IllegalStateException("near 'hunter2'", new java.io.EOFException("closed")));

        ServerError copy = ServerError.of(original);

        assertThat((Throwable) copy).hasMessage("near '…'").hasRootCauseMessage("closed");
        assertThat(copy.getCause()).isInstanceOf(java.io.EOFException.class);
        assertThat(copy.getSQLState()).isEqualTo("42000");
        assertThat(copy.number()).isEqualTo(1064);
        assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
    }
}
