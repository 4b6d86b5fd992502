// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.diagnosis.Case.Login;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account gets another password only where that, and nothing else, is what keeps this replica out. */
class LoginRefusedTest {
    private static final String REFUSED = "error connecting to master 'repl@10.0.0.1:3306' - retry-time: 60 retries: 1"
            + " message: Access denied for user 'repl'@'10.0.0.9' (using password: YES)";
    private static final Case WRONG_PASSWORD = Case.receiver(1045, REFUSED);

    private static List<String> ids(Case sick) {
        return sick.only().remedies().stream()
                .map(remedy -> remedy.id().replace("login-refused/", ""))
                .toList();
    }

    @Test
    void anotherPasswordTakesAConsentAndThatNobodyElseIsLoggedIn() {
        assertThat(ids(WRONG_PASSWORD)).containsExactly("new-password", "see-account");
        Remedy remedy = WRONG_PASSWORD.only().remedies().get(0);

        assertThat(remedy.consents()).containsExactly(Consent.ACCOUNT_PASSWORD_CHANGE);
        assertThat(remedy.conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.target()).isEqualTo(Target.SOURCE);
            assertThat(condition.look().query()).endsWith("WHERE USER = 'repl'");
            assertThat(condition.look().expected()).isEqualTo("0");
        });
    }

    @Test
    void anAccountForAnotherAddressIsLeftAlone() {
        Case another = WRONG_PASSWORD.with(new Login("10.0.0.5", "", true, 1L));

        assertThat(ids(another)).containsExactly("see-account");
        assertThat(another.only().evidence())
                .contains("it is not for logins from 10.0.0.9, as which the source sees the replica");
        assertThat(ids(WRONG_PASSWORD.with(new Login("10.0.%", "", false, 0L)))).contains("new-password");
    }

    /** As 5.7 says it. */
    @Test
    void withoutAnAddressOnlyAnAccountForAllIsMeant() {
        Case old = Case.receiver(1045, "error connecting to master 'repl@10.0.0.1:3306' - retry-time: 60  retries: 1");

        assertThat(ids(old)).containsExactly("new-password", "see-account");
        assertThat(ids(old.with(new Login("10.0.0.9", "", true, 0L)))).containsExactly("see-account");
    }

    @Test
    void anAccountThatDemandsTlsIsGivenIt() {
        assertThat(ids(WRONG_PASSWORD.with(new Login("%", "ANY", false, 0L))))
                .containsExactly("encrypt", "see-account");
        assertThat(ids(WRONG_PASSWORD.with(new Login("%", "X509", false, 0L)))).containsExactly("see-account");
    }

    @Test
    void aLockedAccountIsUnlocked() {
        assertThat(ids(Case.receiver(3118, "Access denied for user 'repl'@'10.0.0.9'. Account is locked.")
                        .with(new Login("%", "", true, 0L))))
                .containsExactly("unlock", "see-account");
        assertThat(ids(WRONG_PASSWORD.with(new Login("%", "", true, 0L)))).doesNotContain("new-password");
    }

    @Test
    void whereNobodySeesWhoElseIsLoggedInThereIsNoNewPassword() {
        assertThat(ids(WRONG_PASSWORD.with(new Login("%", "", false, null)))).containsExactly("see-account");
    }

    @Test
    void whoElseIsLoggedInIsTold() {
        assertThat(WRONG_PASSWORD.with(new Login("%", "", false, 2L)).only().evidence())
                .contains("others that are logged in by its name: 2");
    }

    /** The server has found the account by the address before it says that. */
    @Test
    void anExpiredPasswordIsReplaced() {
        assertThat(ids(Case.receiver(1862, "Your password has expired.").with(new Login("10.0.0.9", "", false, 0L))))
                .containsExactly("new-password", "see-account");
    }

    @Test
    void aMissingPrivilegeIsNoWrongPassword() {
        assertThat(
                        ids(
                                Case.receiver(
                                        13120,
                                        "Source command COM_REGISTER_REPLICA failed: Access denied for user 'repl'@'%' (using password: YES) (Errno: 1045)")))
                .containsExactly("see-account");
    }

    /** The plugin changes with the password, and whoever else logs in is thrown out as well. */
    @Test
    void anotherPluginTakesTheSameConsent() {
        Case plugin = Case.receiver(2061, "Authentication requires secure connection.");
        Remedy remedy = plugin.only().remedies().get(2);

        assertThat(remedy.id()).isEqualTo("password-needs-encryption/native-password");
        assertThat(remedy.consents()).containsExactlyInAnyOrder(Consent.ACCOUNT_PASSWORD_CHANGE, Consent.PLAIN_TEXT);
        assertThat(remedy.conditions()).isNotEmpty();
        assertThat(plugin.with(new Login("10.0.0.5", "", false, 0L)).only().remedies())
                .extracting(Remedy::id)
                .doesNotContain(remedy.id());
    }
}
