// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToldAddressTest {
    private static Optional<ServerAddress> told(String answer) {
        return ToldAddress.in(operation -> Optional.of(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "'sluice-r-1.c9a.eu-west-1.rds.amazonaws.com\t3307\n', sluice-r-1.c9a.eu-west-1.rds.amazonaws.com, 3307",
        "copy.corp.example:3307, copy.corp.example, 3307",
        "'  copy  ', copy, 3306",
        "10.0.0.7 65535, 10.0.0.7, 65535"
    })
    void isWhatAwsPrintsOrANameWithAPort(String answer, String host, int port) {
        assertThat(answer).matches(ToldAddress.PATTERN);
        assertThat(told(answer)).contains(new ServerAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "None",
                "done it",
                "copy:0",
                "copy:65536",
                "copy:3306/shop",
                "copy?useSSL=false",
                "admin@copy",
                "-copy",
                "a b c"
            })
    void nothingElseIs(String answer) {
        assertThat(answer).doesNotMatch(ToldAddress.PATTERN);
    }

    @Test
    void isUnknownAsLongAsNobodyHasToldIt() {
        assertThat(ToldAddress.in(operation -> Optional.empty())).isEmpty();
    }
}
