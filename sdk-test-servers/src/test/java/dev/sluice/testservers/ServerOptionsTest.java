// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerOptionsTest {
    private static String file(ServerOptions options) {
        return OptionFile.inContainer()
                .listening(MySqlRelease.MYSQL_8_0_31, 3307, options)
                .text(options);
    }

    @Test
    void theNameOfALogDoesNotSwitchItOn() {
        ServerOptions named = ServerOptions.defaults().setting("log_bin", "mysql-bin-changelog");

        assertThat(file(named)).contains("log_bin=\"mysql-bin-changelog\"").doesNotContain("skip_log_bin");
        assertThat(file(named.withoutBinaryLog())).contains("skip_log_bin\n").doesNotContain("mysql-bin-changelog");
        assertThat(file(named.withoutBinaryLog().withBinaryLog())).contains("mysql-bin-changelog");
    }

    @Test
    void whatWasSetIsTakenBack() {
        ServerOptions set = ServerOptions.defaults()
                .serverId(7)
                .oneMore("replicate-do-db", "a")
                .oneMore("replicate_do_db", "b");

        assertThat(file(set)).contains("server_id=\"7\"", "replicate_do_db=\"a\"\nreplicate_do_db=\"b\"");
        assertThat(file(set.unset("server-id").unset("replicate-do-db")))
                .contains("server_id=\"3307\"")
                .doesNotContain("replicate");
    }
}
