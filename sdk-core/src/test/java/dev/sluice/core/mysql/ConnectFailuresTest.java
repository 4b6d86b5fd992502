// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectFailuresTest {
    private static SQLException lost(Throwable cause) {
        SQLException error = new SQLException("Communications link failure", "08S01");
        error.initCause(new IllegalStateException("the driver's own", cause));
        return error;
    }

    static Stream<Arguments> networkFailures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("db1"), ServerErrorCode.HOST_UNKNOWN),
                Arguments.of(new ConnectException("Connection refused"), ServerErrorCode.CONNECTION_REFUSED),
                Arguments.of(new NoRouteToHostException("no route"), ServerErrorCode.CONNECTION_REFUSED),
                Arguments.of(new SocketTimeoutException("timed out"), ServerErrorCode.CONNECT_TIMED_OUT),
                Arguments.of(new EOFException("closed"), ServerErrorCode.CONNECTION_LOST));
    }

    @ParameterizedTest
    @MethodSource("networkFailures")
    void whatTheNetworkSaysMayPass(Throwable cause, ServerErrorCode code) {
        StepException failure = ConnectFailures.of(lost(cause), "db1:3306", "root");

        assertThat(failure).isInstanceOf(StepUnavailableException.class).hasMessageContaining(cause.getMessage());
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void aCertificateThatIsNotTrustedIsToldFromABrokenHandshake() {
        Throwable untrusted = new SSLHandshakeException("bad").initCause(new CertificateException("unknown issuer"));

        assertThat(ConnectFailures.of(lost(untrusted), "db1:3306", "root"))
                .isInstanceOf(StepRefusedException.class)
                .returns(ServerErrorCode.CERTIFICATE_NOT_TRUSTED, StepException::code);
        assertThat(ConnectFailures.of(lost(new SSLException("no cipher")), "db1:3306", "root"))
                .isInstanceOf(StepRefusedException.class)
                .returns(ServerErrorCode.TLS_FAILED, StepException::code);
    }

    @Test
    void aHandshakeThatOnlyTimedOutIsNoTlsProblem() {
        Throwable silent = new SSLException("timed out", new SocketTimeoutException("Read timed out"));

        assertThat(ConnectFailures.of(lost(silent), "db1:3306", "root").code())
                .isEqualTo(ServerErrorCode.CONNECT_TIMED_OUT);
    }

    @ParameterizedTest
    @CsvSource({
        "1045, 28000, LOGIN_REFUSED",
        "1044, 42000, LOGIN_REFUSED",
        "1698, 28000, LOGIN_REFUSED",
        "1130, HY000, HOST_NOT_ALLOWED",
        "1129, HY000, HOST_NOT_ALLOWED",
        "3159, HY000, TLS_REQUIRED_BY_SERVER",
    })
    void whatTheServerSaysToALoginIsRefused(int number, String state, ServerErrorCode code) {
        assertThat(ConnectFailures.of(new SQLException("text", state, number), "db1:3306", "root"))
                .isInstanceOf(StepRefusedException.class)
                .returns(code, StepException::code);
    }

    @Test
    void tooManyConnectionsMayPass() {
        assertThat(ConnectFailures.of(new SQLException("text", "08004", 1040), "db1:3306", "root"))
                .isInstanceOf(StepUnavailableException.class);
    }

    @Test
    void aServerWithoutTlsIsToldTogetherWithTheConsentThatWouldDo() {
        SQLException error = new SQLException("SSL Connection required, but not provided by server.", "08001");

        StepException failure = ConnectFailures.of(error, "db1:3306", "root");

        assertThat(failure.code()).isEqualTo(ServerErrorCode.NO_TLS_ON_SERVER);
        assertThat(failure).hasMessageContaining("allowPlainText()");
    }
}
