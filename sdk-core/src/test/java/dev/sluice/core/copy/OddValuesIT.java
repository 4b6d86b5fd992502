// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ConnectionRequest;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
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
            "SELECT id, i, b, d, f, y, HEX(bits), s + 0, t, HEX(c) FROM app.numbers ORDER BY id",
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
                            "CREATE TABLE app.numbers (id INT PRIMARY KEY, i TINYINT, b BIGINT UNSIGNED, d DECIMAL(20,5), f DOUBLE, y YEAR, bits BIT(9), s SET('x','y'), t DATETIME(3), c VARBINARY(9))",
                            "INSERT INTO app.numbers VALUES (1, 1, 1, 1, 1, 2001, b'1', 'x,y', '2001-02-03 04:05:06.789', x'0027225c31'), (2, -128, 18446744073709551615, -0.12345, 1e300, 1901, b'100000000', '', '1000-01-01', '')",
                            "INSERT IGNORE INTO app.floats VALUES (1, 1e20, 1e35, 1e9, 0.1, 1e20), (2, -1e20, -1e35, -1, -0.0e0, -0.0e0), (3, NULL, NULL, NULL, NULL, NULL),"
                                    + " (4, 0.01, 1, 0.0001, 4.9e-324, 0.01), (5, -0.0e0, -0.0e0, 999.9998, 1.7976931348623157e308, 1)");

            assertArrive(source.server(), replica.server(), "ON", Copies.connector(replica.server()));
            assertArrive(source.server(), replica.server(), "OFF", Copies.connector(replica.server()));
            assertArrive(source.server(), replica.server(), "OFF", ofAnotherDriver(replica.server()));
        }
    }

    private static void assertArrive(MySqlServer source, MySqlServer replica, String localInfile, MySqlConnector way) {
        replica.execute("DROP DATABASE IF EXISTS app", "SET GLOBAL local_infile = " + localInfile);

        try (Copies copies = Copies.of(source)) {
            copies.to(way, Copies.REQUEST, new Copies.Heard(), new Cancellation());
        }

        assertThat(ROWS)
                .allSatisfy(rows -> assertThat(replica.query(rows))
                        .as("local_infile %s, %s", localInfile, way)
                        .isEqualTo(source.query(rows)));
    }

    /** Whose connections do not let anybody at the driver's own methods. */
    private static MySqlConnector ofAnotherDriver(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .connectionSource(request -> veiled(server, request))
                .allowPlainText()
                .build();
    }

    private static Connection veiled(MySqlServer server, ConnectionRequest request) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(request.properties());
        properties.put("user", server.rootUser());
        properties.put("password", server.rootPassword());
        Connection driver =
                DriverManager.getConnection("jdbc:mysql://" + server.host() + ":" + server.port() + "/", properties);
        return (Connection) Proxy.newProxyInstance(
                OddValuesIT.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("isWrapperFor")) {
                        return false;
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
