// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.spi.Row;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions and transactions are seen whatever text they are just sending. */
@Tag("long")
class SessionViewsIT {
    /** The rocket is beyond U+FFFF: MySQL 9 tells nothing about sessions in its information schema while it runs. */
    private static final String LONG_STATEMENT = "SELECT SLEEP(60), '\uD83D\uDE80' FROM app.t";

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void whoSendsFourByteTextHidesNobody(MySqlRelease release) throws SQLException {
        try (Loan loan = SharedServers.ofThisJvm().borrow(release);
                MySqlSession looking = connector(loan.server()).open(SessionUse.CONTROL);
                Connection writer = loan.server().connect()) {
            loan.server().execute("CREATE DATABASE app", "CREATE TABLE app.t (id INT PRIMARY KEY)");
            loan.server().execute("INSERT INTO app.t VALUES (1)");
            long id = begun(writer);
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(writer));
            SessionViews views = SessionViews.of(looking, looking.version());

            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            seconds(looking, "SELECT TIME AS seconds FROM " + views.sessions() + " WHERE ID = " + id)
                                    >= 2);
            assertThat(seconds(
                            looking,
                            "SELECT x.seconds AS seconds FROM " + views.transactions() + " x WHERE x.id = " + id))
                    .isBetween(1L, 60L);
            assertThat(looking.queryValue("SELECT x.isolation FROM " + views.transactions() + " x WHERE x.id = " + id))
                    .contains("REPEATABLE READ");

            loan.server().execute("KILL " + id);
            assertThat(running).failsWithin(Duration.ofSeconds(10));
        }
    }

    private static long begun(Connection writer) throws SQLException {
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
            statement.executeUpdate("UPDATE app.t SET id = 2");
            try (var rows = statement.executeQuery("SELECT CONNECTION_ID()")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void run(Connection writer) {
        try (Statement statement = writer.createStatement()) {
            statement.execute("SET NAMES utf8mb4");
            statement.execute(LONG_STATEMENT);
        } catch (SQLException killed) {
            throw new IllegalStateException(killed);
        }
    }

    private static long seconds(MySqlSession looking, String query) {
        List<Row> rows = looking.query(query);
        return rows.isEmpty() ? -1 : rows.get(0).number("seconds");
    }

    private static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user("root")
                .password(server::rootPassword)
                .allowPlainText()
                .build();
    }
}
