// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.secret.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RdsMySqlTest {
    private static final RdsMySql ORDERS =
            RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("RDS_PASSWORD"));

    @Test
    void equalEndpointsAreEqualAndShowNoSecret() {
        assertThat(ORDERS)
                .isEqualTo(RdsMySql.instance("orders")
                        .region("eu-west-1")
                        .credentials("admin", Secret.env("RDS_PASSWORD")))
                .isNotEqualTo(ORDERS.account("analytics"))
                .isNotEqualTo(ORDERS.at("db.example", 3306))
                .hasToString("RdsMySql{admin@orders (eu-west-1)}");
        assertThat(ORDERS.account("analytics").label()).isEqualTo("orders (analytics/eu-west-1)");
    }

    @Test
    void newInstancesGoToDocumentsAndBack() {
        NewRdsInstance full = RdsMySql.newInstance("copy")
                .region("eu-west-1")
                .credentials("admin", Secret.env("RDS_PASSWORD"))
                .at("127.0.0.1", 3307)
                .automatedBackups(3)
                .parameterGroup("group")
                .securityGroups("sg-1", "sg-2");
        RdsCodec codec = new RdsCodec();

        assertThat(codec.read(codec.write(full))).isEqualTo(full).hasSameHashCodeAs(full);
        assertThat(full).hasToString("NewRdsInstance{admin@copy (eu-west-1)}");
    }

    @Test
    void endpointsGoToDocumentsAndBack() {
        RdsMySql full = ORDERS.account("analytics")
                .at("127.0.0.1", 3307)
                .tls(Tls.verifiedIdentityBy(Path.of("global-bundle.pem")))
                .reachableByReplicaAt("10.0.0.7", 3306)
                .connectingThrough("tunnel");
        RdsCodec codec = new RdsCodec();

        assertThat(codec.read(codec.write(full))).isEqualTo(full);
        assertThat(codec.read(codec.write(ORDERS))).isEqualTo(ORDERS);
        assertThat(codec.write(full).toString()).contains("RDS_PASSWORD").contains("global-bundle.pem");
    }

    @Test
    void aNewerFormatIsNotGuessed() {
        Document newer = new RdsCodec().write(ORDERS).with("format", 2);

        assertThatThrownBy(() -> new RdsCodec().read(newer)).hasMessageContaining("newer Sluice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1orders", "orders-", "or--ders", "orders; reboot", "orders.example"})
    void identifiersAreChecked(String identifier) {
        assertThatThrownBy(() -> RdsMySql.instance(identifier).region("eu-west-1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutClientsAnEndpointMustSayItsAddress() {
        try (RdsEngine engine = RdsEngine.create()) {
            assertThat(engine.locate(ORDERS.at("db.example", 3306))).isEqualTo(new ServerAddress("db.example", 3306));
            assertThatThrownBy(() -> engine.locate(ORDERS))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContainingAll("orders (eu-west-1)", "at(host, port)");
        }
    }
}
