// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class CopierIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();

    @ParameterizedTest
    @CsvSource({"5.7,5.7,ON", "5.7,8.0,OFF", "8.0,8.0,ON", "8.0,9,OFF", "8.0.15,9,ON"})
    void rowsArriveAsTheyWereStored(String sourceVersion, String replicaVersion, String localInfile) {
        try (Loan source = SERVERS.borrow(MySqlRelease.named(sourceVersion));
                Loan replica = SERVERS.borrow(
                        MySqlRelease.named(replicaVersion), options -> options.setting("local_infile", localInfile))) {
            source.server()
                    .execute(
                            "CREATE DATABASE `a``b'c` CHARACTER SET latin1",
                            "CREATE TABLE `a``b'c`.`t-1` (id INT AUTO_INCREMENT PRIMARY KEY, f FLOAT, d DOUBLE, b BIT(13), j JSON,"
                                    + " v VARBINARY(300), u VARCHAR(20) CHARACTER SET utf8mb4, n VARCHAR(5), g INT AS (CHAR_LENGTH(u)) VIRTUAL,"
                                    + " ts TIMESTAMP(6) NULL, p POINT, e ENUM('x','y'), UNIQUE KEY (u))",
                            "INSERT INTO `a``b'c`.`t-1` (f, d, b, j, v, u, n, ts, p, e) VALUES"
                                    + " (0.1, -0e0, b'1010', '{\"a\":[1,\"ß\"]}', x'00090A0D5C271A22', 'ß', '', '2020-01-01 00:00:00.123456', POINT(1,2), 'x'),"
                                    + " (3.40282e38, 1.7976931348623157e308, NULL, NULL, '', 'sz', NULL, NULL, NULL, NULL)");

            CopyReport report;
            Copies.Heard heard = new Copies.Heard();
            try (Copies copies = Copies.of(source.server())) {
                report = copies.to(replica.server(), Copies.REQUEST, heard, new dev.sluice.core.mysql.Cancellation());
            }

            assertThat(report.rows()).isEqualTo(2);
            assertThat(report.created().databases()).containsExactly("a`b'c");
            assertThat(heard.done).isEqualTo(heard.planned).hasSize(1);
            assertThat(heard.warnings).isEmpty();
            String all =
                    "SELECT id, f * 1e0, d, HEX(b), CAST(j AS CHAR), HEX(v), HEX(u), n, g, ts, HEX(ST_AsText(p)), e"
                            + " FROM `a``b'c`.`t-1` ORDER BY id";
            assertThat(replica.server().query(all)).isEqualTo(source.server().query(all));
        }
    }
}
