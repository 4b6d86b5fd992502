// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.core.LiveDiagnosis;
import dev.sluice.testservers.MySqlRelease;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of the failure catalogue about accounts and encryption, on real servers. */
@Tag("long")
@Timeout(240)
class LoginDiagnosisIT {
    private static final MySqlRelease RELEASE = MySqlRelease.MYSQL_8_0_31;

    private static void assertNoSecret(DiagnosisFinding finding) {
        assertThat(finding.toString()
                        + finding.remedies().stream().map(Remedy::preview).toList())
                .doesNotContain(SickPair.PASSWORD);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void loginRefused(MySqlRelease release) {
        try (SickPair pair = SickPair.gtid(release).replicating()) {
            pair.awaitRow(3);
            pair.source().execute("ALTER USER 'repl'@'%' IDENTIFIED BY 'another-1'");
            pair.restartReceiver();
            LiveDiagnosis found = pair.awaitFinding("login-refused");

            DiagnosisFinding finding = SickPair.finding(found, "login-refused");
            assertThat(finding.evidence()).contains("accounts of user repl on the source: from %");
            assertNoSecret(finding);
            assertThat(found.remedy("login-refused/new-password").remedy().preview())
                    .anyMatch(line -> line.contains("IDENTIFIED BY <secret>"));
            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> found.remedy("login-refused/new-password").execute())
                    .satisfies(refused -> assertThat(refused.code().id()).isEqualTo("CORE-835"));
            pair.cure(found, "login-refused/new-password", Consent.ACCOUNT_PASSWORD_CHANGE);
        }
    }

    /** With one who is logged in with the account there is somebody to be thrown out. */
    @Test
    void accountIsInUse() throws SQLException {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            try (Connection other = pair.source().connect("repl", SickPair.PASSWORD)) {
                pair.source().execute("ALTER USER 'repl'@'%' IDENTIFIED BY 'another-1'");
                pair.restartReceiver();
                LiveDiagnosis found = pair.awaitFinding("login-refused");

                assertThat(SickPair.finding(found, "login-refused").evidence())
                        .contains("others that are logged in by its name: 1");
                assertThatExceptionOfType(StepRefusedException.class)
                        .isThrownBy(() ->
                                found.remedy("login-refused/new-password").execute(Consent.ACCOUNT_PASSWORD_CHANGE))
                        .satisfies(refused -> assertThat(refused.code().id()).isEqualTo("CORE-834"));
                assertThat(other.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void accountOfAnotherHost() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.source().execute("RENAME USER 'repl'@'%' TO 'repl'@'10.0.0.5'");
            pair.restartReceiver();
            LiveDiagnosis found = pair.awaitFinding("login-refused");

            assertThat(SickPair.finding(found, "login-refused").remedies())
                    .extracting(Remedy::id)
                    .containsExactly("login-refused/see-account");
        }
    }

    @Test
    void accountDemandsTls() {
        try (SickPair pair = SickPair.gtid(RELEASE)
                .replicating(
                        "IDENTIFIED WITH mysql_native_password BY '" + SickPair.PASSWORD + "'", "SOURCE_SSL = 0")) {
            pair.awaitRow(3);
            pair.source().execute("ALTER USER 'repl'@'%' REQUIRE SSL");
            pair.restartReceiver();
            LiveDiagnosis found = pair.awaitFinding("login-refused");

            assertThat(SickPair.finding(found, "login-refused").remedies())
                    .extracting(Remedy::id)
                    .containsExactly("login-refused/encrypt", "login-refused/see-account");
            pair.cure(found, "login-refused/encrypt");
        }
    }

    @Test
    void accountIsLocked() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.source().execute("ALTER USER 'repl'@'%' ACCOUNT LOCK");
            pair.restartReceiver();
            LiveDiagnosis found = pair.awaitFinding("login-refused");

            assertThat(SickPair.finding(found, "login-refused").evidence())
                    .contains("it is locked, may replicate, does not demand TLS");
            pair.cure(found, "login-refused/unlock");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void accountMayNotReplicate(MySqlRelease release) {
        try (SickPair pair = SickPair.gtid(release).replicating()) {
            pair.awaitRow(3);
            pair.source().execute("REVOKE REPLICATION SLAVE ON *.* FROM 'repl'@'%'");
            pair.restartReceiver();

            pair.cure(pair.awaitFinding("login-refused"), "login-refused/grant");
        }
    }

    @ParameterizedTest
    @CsvSource({"encrypt", "ask-for-key", "native-password"})
    void passwordNeedsEncryption(String remedy) {
        try (SickPair pair = SickPair.gtid(RELEASE)
                .replicating(
                        "IDENTIFIED WITH caching_sha2_password BY '" + SickPair.PASSWORD + "'", "SOURCE_SSL = 0")) {
            LiveDiagnosis found = pair.awaitFinding("password-needs-encryption");

            assertNoSecret(SickPair.finding(found, "password-needs-encryption"));
            pair.cure(
                    found, "password-needs-encryption/" + remedy, Consent.PLAIN_TEXT, Consent.ACCOUNT_PASSWORD_CHANGE);
        }
    }

    @Test
    void tlsDemanded() {
        try (SickPair pair = SickPair.gtid(RELEASE)
                .replicating(
                        "IDENTIFIED WITH mysql_native_password BY '" + SickPair.PASSWORD + "'", "SOURCE_SSL = 0")) {
            pair.awaitRow(3);
            pair.source().execute("SET GLOBAL require_secure_transport = ON");
            pair.restartReceiver();

            pair.cure(pair.awaitFinding("tls-demanded"), "tls-demanded/encrypt");
        }
    }

    @Test
    void tlsFailed() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.replica().execute("STOP REPLICA IO_THREAD");
            pair.change("SOURCE_SSL_CA = 'not-there.pem'");
            pair.replica().execute("START REPLICA IO_THREAD");

            assertThat(SickPair.finding(pair.awaitFinding("tls-failed"), "tls-failed")
                            .remedies())
                    .extracting(Remedy::kind)
                    .containsExactly(Remedy.Kind.PERSON);
        }
    }
}
