// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that a server stores, and bends or refuses when they are sent to it as it shows them. */
@Timeout(120)
class OddValuesIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();

    private static final List<String> ROWS = List.of(
            "SELECT id, j FROM app.numbered_json ORDER BY id",
            "SELECT id, e FROM app.numbered_enum ORDER BY id",
            "SELECT id, f * 1E0, g * 1E0, h * 1E0, z * 1E0, y * 1E0 FROM app.floats ORDER BY id");

    @ParameterizedTest
    @ValueSource(strings = {"5.7", "8.0", "9"})
    void theyArriveAsTheyAreStoredHoweverTheyTravel(String version) {
        try (Loan source = SERVERS.borrow(MySqlRelease.named(version));
                Loan replica = SERVERS.borrow(MySqlRelease.named(version))) {
            source.server()
                    .execute(
                            "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
                            "CREATE DATABASE app",
                            "CREATE TABLE app.numbered_json (id INT AUTO_INCREMENT PRIMARY KEY, j JSON)",
                            "INSERT INTO app.numbered_json VALUES (0, '[]'), (-1, NULL)",
                            "CREATE TABLE app.numbered_enum (e ENUM('a'), id BIGINT AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT = 5",
                            "INSERT INTO app.numbered_enum VALUES ('a', -9223372036854775808), ('a', 0), ('a', 6)",
                            "CREATE TABLE app.floats (id INT PRIMARY KEY, f FLOAT(10,2), g FLOAT(30,0), h FLOAT(7,4) UNSIGNED,"
                                    + " z DOUBLE ZEROFILL, y DOUBLE(12,2) ZEROFILL)",
                            "INSERT IGNORE INTO app.floats VALUES (1, 1e20, 1e35, 1e9, 0.1, 1e20), (2, -1e20, -1e35, -1, -0.0e0, -0.0e0), (3, NULL, NULL, NULL, NULL, NULL),"
                                    + " (4, 0.01, 1, 0.0001, 4.9e-324, 0.01), (5, -0.0e0, -0.0e0, 999.9998, 1.7976931348623157e308, 1)");

            for (String localInfile : List.of("ON", "OFF")) {
                replica.server().execute("DROP DATABASE IF EXISTS app", "SET GLOBAL local_infile = " + localInfile);

                try (Copies copies = Copies.of(source.server())) {
                    copies.to(replica.server());
                }

                assertThat(ROWS)
                        .allSatisfy(rows -> assertThat(replica.server().query(rows))
                                .as("local_infile " + localInfile)
                                .isEqualTo(source.server().query(rows)));
            }
        }
    }
}
