// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.ScriptedSession.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsReaderTest {
    private final ScriptedSession server = new ScriptedSession()
            .answer(
                    "SHOW GLOBAL VARIABLES",
                    row("Variable_name", "version", "Value", "8.0.31-log"),
                    row("Variable_name", "server_id", "Value", "7"),
                    row("Variable_name", "server_uuid", "Value", "u-1"),
                    row("Variable_name", "log_bin", "Value", "ON"));

    private ServerFacts facts() {
        return FactsReader.read(new EngineId("external-mysql"), new ServerAddress("db1", 3306), server);
    }

    @Test
    void whatTheUserMayNotSeeIsEmpty() {
        server.refuse("SELECT User")
                .refuse("SHOW REPLICA")
                .refuse("SHOW REPLICAS")
                .refuse("SHOW SESSION STATUS")
                .refuse("SELECT r.ROUTINE_NAME")
                .refuse("SELECT TABLE_SCHEMA");

        ServerFacts facts = facts();

        assertThat(facts.version()).isEqualTo(ServerVersion.of(8, 0, 31));
        assertThat(facts.serverId()).isEqualTo(7);
        assertThat(facts.isOn("log_bin")).isTrue();
        assertThat(facts.accounts()).isEmpty();
        assertThat(facts.channels()).isEmpty();
        assertThat(facts.routines()).isEmpty();
        assertThat(facts.attachedReplicas()).isEmpty();
        assertThat(facts.tlsOffered()).isFalse();
    }

    @Test
    void proceduresHaveTheirParametersInOrder() {
        server.answer(
                "SELECT r.ROUTINE_NAME",
                row("routine", "rds_set_configuration", "parameter", "name"),
                row("routine", "rds_set_configuration", "parameter", "value"),
                row("routine", "rds_start_replication", "parameter", null));

        assertThat(facts().routines())
                .containsExactly(
                        new Routine("rds_set_configuration", List.of("name", "value")),
                        new Routine("rds_start_replication", List.of()));
    }

    @Test
    void systemSchemasAreNoDatabases() {
        server.answer("SHOW DATABASES", row("Database", "mysql"), row("Database", "orders"), row("Database", "sys"));

        assertThat(facts().databases()).containsExactly("orders");
    }

    @Test
    void accountsAreQuoted() {
        server.answer("SELECT User", row("user", "o'neil", "host", "%"));

        assertThat(facts().accounts()).containsExactly("'o''neil'@'%'");
    }

    @Test
    void theServersCertificateShowsThatItHasTls() {
        server.answer(
                "SHOW SESSION STATUS",
                row("Variable_name", "Ssl_cipher", "Value", ""),
                row("Variable_name", "Ssl_server_not_after", "Value", "Nov 18 08:14:33 2036 GMT"));

        assertThat(facts().tlsOffered()).isTrue();
    }

    @Test
    void gtidsAreReadByThemselvesAndPutOnOneLine() {
        String uuid = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
        server.answer("SELECT @@GLOBAL.gtid_executed", row("x", uuid + ":1-2,\n" + uuid + ":3"));

        assertThat(facts().gtidExecuted()).isEqualTo(uuid + ":1-3");
    }

    @Test
    void nothingIsChanged() {
        facts();

        assertThat(server.asked).allMatch(sql -> sql.startsWith("SHOW ") || sql.startsWith("SELECT "));
        assertThat(server.asked).hasSizeLessThanOrEqualTo(11);
    }
}
