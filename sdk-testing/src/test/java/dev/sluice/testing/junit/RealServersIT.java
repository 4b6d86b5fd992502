// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.api.secret.UnresolvedSecretException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealServersIT {
    @Test
    @Order(1)
    void serversOfTwoNamesAreTwo(
            @MySqlServer(value = "8.0", name = "a", gtid = true) RealServer a,
            @MySqlServer(value = "8.0", name = "b") RealServer b)
            throws SQLException {
        a.execute("CREATE DATABASE shop");

        assertThat(asked(a, "SELECT @@gtid_mode")).isEqualTo("ON");
        assertThat(asked(b, "SELECT @@gtid_mode")).isEqualTo("OFF");
        assertThat(asked(a, "SELECT @@server_id")).isNotEqualTo(asked(b, "SELECT @@server_id"));
        assertThat(asked(b, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'shop'"))
                .isEqualTo("0");
        assertThat(a.toString()).contains("MySQL 8.0").doesNotContain(a.password());
    }

    @Test
    @Order(2)
    void theTestsOfAClassShareThem(@MySqlServer(value = "8.0", name = "a", gtid = true) RealServer a)
            throws SQLException {
        assertThat(asked(a, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'shop'"))
                .isEqualTo("1");
    }

    @Test
    void thatOfAuroraIsDressed(@AuroraServer RealServer aurora) throws SQLException {
        assertThat(asked(aurora, "SELECT @@aurora_version")).startsWith("3.");
        assertThat(aurora.user()).isEqualTo("admin");
        assertThat(
                        asked(
                                aurora,
                                "SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_NAME = 'rds_set_external_source'"))
                .isEqualTo("1");
    }

    @Test
    void theirSecretsAreResolvedAndNoOthers(@MySqlServer(value = "8.0", name = "b") RealServer b) {
        SecretResolver secrets = RealServer.secrets(b);

        assertThat(secrets.resolve(b.secret())).isEqualTo(b.password());
        assertThatThrownBy(() -> secrets.resolve(Secret.named("another")))
                .isInstanceOf(UnresolvedSecretException.class);
    }

    @Nested
    class OfAClassWithin {
        @Test
        void areShared(@MySqlServer(value = "8.0", name = "b") RealServer b) throws SQLException {
            assertThat(asked(b, "SELECT @@gtid_mode")).isEqualTo("OFF");
        }
    }

    /** Asks for what there is not; never run. */
    static final class Wrong {
        void asks(@RdsServer("5.5") RealServer old) {}
    }

    @Test
    void aVersionThatThereIsNotIsToldWithThoseThatThereAre() throws NoSuchMethodException {
        Method asks = Wrong.class.getDeclaredMethod("asks", RealServer.class);

        assertThatThrownBy(() -> Wanted.by(asks.getParameters()[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No RDS for MySQL is called 5.5. There are 5.7, 8.0 and 8.4");
    }

    private static String asked(RealServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
