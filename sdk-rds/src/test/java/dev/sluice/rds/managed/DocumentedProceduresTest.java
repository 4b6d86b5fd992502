// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.rds.managed.ManagedDialect.Encryption;
import dev.sluice.rds.managed.ManagedDialect.GtidSeeding;
import dev.sluice.testing.MockFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that answers AWS's procedures and shows none of them has those of the documents. */
class DocumentedProceduresTest {
    private static final ServerSession ANSWERING = sql -> List.of();
    private static final ServerSession WITHOUT = sql -> {
        throw new StepRefusedException(Problem.of(ManagedErrorCode.PROCEDURE_MISSING, "1305"));
    };

    private static ServerFacts facts(MockFacts server) {
        return server.of(new EngineId("any"), new ServerAddress("server.example", 3306));
    }

    private static ManagedDialect hidden(MockFacts server) {
        return ManagedDialect.of(DocumentedProcedures.addedTo(facts(server), ANSWERING));
    }

    private static MockFacts aurora(MockFacts server, String version) {
        return server.variable("aurora_version", version);
    }

    private static String setExternal(ManagedDialect dialect) {
        return dialect.setExternal().map(Routine::name).orElse("");
    }

    @Test
    void rdsHasTheSpellingOfItsVersion() {
        assertThat(setExternal(hidden(MockFacts.mysql57()))).isEqualTo("rds_set_external_master");
        assertThat(setExternal(hidden(MockFacts.mysql80()))).isEqualTo("rds_set_external_master");
        assertThat(setExternal(hidden(MockFacts.mysql84()))).isEqualTo("rds_set_external_source");
        assertThat(hidden(MockFacts.mysql57()).autoPosition().orElseThrow().parameters())
                .hasSize(6);
        assertThat(hidden(MockFacts.mysql80()).gtidSeeding()).isEqualTo(GtidSeeding.NONE);
    }

    @Test
    void auroraHasTheProceduresOfItsVersion() {
        ManagedDialect two = hidden(aurora(MockFacts.mysql57(), "2.12.4"));
        assertThat(setExternal(two)).isEqualTo("rds_set_external_master");
        assertThat(two.encryption()).isEqualTo(Encryption.NONE);
        assertThat(two.gtidSeeding()).isEqualTo(GtidSeeding.NONE);
        assertThat(two.has("rds_start_replication_until", 2)).isFalse();

        ManagedDialect three = hidden(aurora(MockFacts.mysql80(), "3.02.1"));
        assertThat(setExternal(three)).isEqualTo("rds_set_external_source");
        assertThat(three.encryption()).isEqualTo(Encryption.IMPORTED_MATERIAL);
        assertThat(three.gtidSeeding()).isEqualTo(GtidSeeding.NONE);

        ManagedDialect newer = hidden(aurora(MockFacts.mysql80(), "3.08.0"));
        assertThat(newer.encryption()).isEqualTo(Encryption.SWITCH);
        assertThat(newer.gtidSeeding()).isEqualTo(GtidSeeding.SET);
        assertThat(newer.autoPosition().orElseThrow().parameters()).hasSize(5);
        assertThat(newer.has("rds_start_replication_until", 2)).isTrue();

        ManagedDialect newest = hidden(aurora(MockFacts.mysql84(), "8.4.8"));
        assertThat(newest.has("rds_set_source_delay", 1)).isTrue();
        assertThat(newest.has("rds_start_replication_until", 2)).isFalse();
    }

    @Test
    void aServerThatShowsSomeIsBelievedAndNotAsked() {
        List<String> asked = new ArrayList<>();
        ServerFacts facts = facts(MockFacts.mysql80().routine("rds_stop_replication"));

        assertThat(DocumentedProcedures.addedTo(facts, sql -> {
                    asked.add(sql);
                    return List.of();
                }))
                .isEqualTo(facts);
        assertThat(asked).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerHasNone() {
        ServerFacts facts = facts(MockFacts.mysql80());

        assertThat(DocumentedProcedures.addedTo(facts, WITHOUT)).isEqualTo(facts);
    }
}
