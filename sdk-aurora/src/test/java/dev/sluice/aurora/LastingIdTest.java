// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.testing.aws.AwsApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By what a cluster is known after a failover, and told from another one that has its name. */
class LastingIdTest {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final AuroraMySql COPY =
            AuroraMySql.cluster("copy").region(ApiClient.REGION).credentials("admin", Secret.named("admin"));

    private final AwsApi api = AwsApi.start();
    private final ApiClient client = new ApiClient(api);
    private final AuroraEngine engine = AuroraEngine.create(client.clients());

    @AfterEach
    void close() {
        engine.close();
        client.close();
        api.close();
    }

    private static ServerSession instance(String name) {
        return sql -> List.of(Row.of(Map.of("Variable_name", "aurora_server_id", "Value", name)));
    }

    private Optional<String> idOf(AuroraEngine asking, String instance) {
        return asking.failovers().orElseThrow().lastingId(COPY, instance(instance));
    }

    @Test
    void itIsTheSameWhicheverInstanceAnswers() {
        api.region(ApiClient.REGION).cluster("copy", VERSION).reader("copy-2");

        Optional<String> id = idOf(engine, "copy-1");

        assertThat(id).isPresent();
        assertThat(idOf(engine, "copy-2")).isEqualTo(id);
    }

    @Test
    void ofAServerThatIsNotOfThisClusterNobodyCanTell() {
        api.region(ApiClient.REGION).cluster("copy", VERSION);

        assertThat(idOf(engine, "orders-1")).isEmpty();
        assertThat(idOf(engine, "")).isEmpty();
    }

    /** As after a rename, and at the end of a blue/green deployment. */
    @Test
    void anotherClusterHasAnotherOne() {
        api.region(ApiClient.REGION).cluster("copy", VERSION);
        api.region(ApiClient.REGION).cluster("orders", VERSION);
        AuroraMySql orders =
                AuroraMySql.cluster("orders").region(ApiClient.REGION).credentials("admin", Secret.named("admin"));

        assertThat(engine.failovers().orElseThrow().lastingId(orders, instance("orders-1")))
                .isPresent()
                .isNotEqualTo(idOf(engine, "copy-1"));
    }

    @Test
    void withoutClientsNobodyCanTell() {
        try (AuroraEngine blind = AuroraEngine.create()) {
            assertThat(idOf(blind, "copy-1")).isEmpty();
        }
    }

    @Test
    void aClusterThatIsGoneIsNoAnswer() {
        assertThatThrownBy(() -> idOf(engine, "copy-1")).hasMessageContaining("No cluster is called copy");
    }
}
