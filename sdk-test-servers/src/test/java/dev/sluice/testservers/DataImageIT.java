// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataImageIT {
    private final SharedServers servers = SharedServers.ofThisJvm();

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void aServerStartsOnWhatWasCommittedAtTheInstant(MySqlRelease release) throws SQLException {
        try (var loan = servers.borrow(release);
                Connection open = loan.server().connect();
                Statement statement = open.createStatement()) {
            MySqlServer server = loan.server();
            server.execute("CREATE DATABASE kept", "CREATE TABLE kept.t (a INT)", "INSERT INTO kept.t VALUES (4)");
            open.setAutoCommit(false);
            statement.execute("INSERT INTO kept.t VALUES (5)");
            try (DataImage image = server.image()) {
                open.commit();
                assertThat(image.lastBinaryLog())
                        .hasValueSatisfying(name -> assertThat(name).startsWith("binlog."));
                try (MySqlServer first = MySqlServer.start(image, options -> options);
                        MySqlServer second = MySqlServer.start(image, options -> options.withoutBinaryLog())) {
                    assertThat(first.query("SELECT a FROM kept.t")).isEqualTo(List.of(List.of("4")));
                    assertThat(second.query("SELECT a FROM kept.t")).isEqualTo(List.of(List.of("4")));
                    assertThat(List.of(uuid(server), uuid(first), uuid(second))).doesNotHaveDuplicates();
                    assertThat(List.of(server.port(), first.port(), second.port()))
                            .doesNotHaveDuplicates();
                }
            }
            assertThat(server.query("SELECT COUNT(*) FROM kept.t")).isEqualTo(List.of(List.of("2")));
        }
    }

    private static String uuid(MySqlServer server) {
        return String.valueOf(server.query("SELECT @@server_uuid").get(0).get(0));
    }
}
