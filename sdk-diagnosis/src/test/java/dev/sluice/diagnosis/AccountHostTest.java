// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.diagnosis.ChannelError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountHostTest {
    @ParameterizedTest
    @CsvSource({
        "%, 10.0.0.9, true",
        "10.0.0.9, 10.0.0.9, true",
        "10.0.0.5, 10.0.0.9, false",
        "10.0.0.%, 10.0.0.9, true",
        "10.0.0._, 10.0.0.9, true",
        "10.0.0._, 10.0.0.19, false",
        "10.0.1.%, 10.0.0.9, false",
        "%.corp.example, db2.Corp.example, true",
        "%.corp.example, db2xcorp.example, false",
        "10.0.0.0/255.255.255.0, 10.0.0.9, true",
        "10.0.0.0/255.255.255.0, 10.0.1.9, false",
        "10.0.0.8/30, 10.0.0.9, true",
        "10.0.0.8/30, 10.0.0.12, false",
        "0.0.0.0/0, 10.0.0.12, true",
        "10.0.0.8/33, 10.0.0.9, false",
        "10.0.0.0/24, db2.corp.example, false",
        "db2.corp.example, 10.0.0.9, false"
    })
    void whoIsMeant(String pattern, String from, boolean admitted) {
        assertThat(new AccountHost(pattern).admits(from)).isEqualTo(admitted);
    }

    @Test
    void theAddressIsTheOneOfTheMessageThatIsQuoted() {
        assertThat(AccountHost.refused(new ChannelError(
                        1045,
                        "Error connecting to source 'repl@10.0.0.1:3306'. This was attempt 1/86400, with a delay of 1 seconds between attempts."
                                + " Message: Access denied for user 'repl'@'10.0.0.9' (using password: YES)")))
                .contains("10.0.0.9");
        assertThat(AccountHost.refused(
                        new ChannelError(1130, "Host '10.0.0.7' is not allowed to connect to this MySQL server")))
                .contains("10.0.0.7");
        assertThat(AccountHost.refused(new ChannelError(1862, "Your password has expired.")))
                .isEmpty();
    }
}
