// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.secret.Secret;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuroraMySqlTest {
    private static final AuroraMySql CLUSTER =
            AuroraMySql.cluster("orders-prod").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final String GTID = "3e11fa47-71ca-11e1-9e33-c80aa9429562:23";

    @Test
    void isStoredWithAllThatItSays() {
        AuroraMySql full = CLUSTER.account("analytics")
                .at("10.0.0.1", 3307)
                .reachableByReplicaAt("db", 3308)
                .connectingThrough("tunnel");
        AuroraCodec codec = new AuroraCodec();

        assertThat(codec.read(codec.write(full))).isEqualTo(full).hasSameHashCodeAs(full);
        assertThat(full).isNotEqualTo(CLUSTER).hasToString("AuroraMySql{admin@orders-prod (analytics/eu-west-1)}");
    }

    @Test
    void aNewClusterIsStoredWithAllThatItSays() {
        NewAuroraCluster bare =
                AuroraMySql.newCluster("copy").region("eu-west-1").credentials("admin", Secret.env("A"));
        NewAuroraCluster full = bare.account("analytics")
                .connectingThrough("tunnel")
                .parameterGroup("group")
                .instanceClass("db.r6g.large")
                .subnetGroup("inner")
                .securityGroups("sg-1", "sg-2");
        AuroraCodec codec = new AuroraCodec();

        assertThat(codec.read(codec.write(full))).isEqualTo(full).hasSameHashCodeAs(full);
        assertThat(codec.read(codec.write(bare))).isEqualTo(bare).isNotEqualTo(full);
        assertThat(full).hasToString("NewAuroraCluster{admin@copy (analytics/eu-west-1)}");
    }

    @Test
    void whatIsNoIdentifierIsRefused() {
        assertThatThrownBy(() -> AuroraMySql.cluster("a--b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AuroraMySql.cluster("a").region("Ireland"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<AuroraOption> options() {
        return Stream.of(
                AuroraOption.tlsMaterial(Secret.env("A"), Secret.named("b"), Secret.env("C")),
                AuroraOption.delayedBy(Duration.ofSeconds(86_400)),
                AuroraOption.untilPosition(new BinlogPosition("mysql-bin-changelog.000003", 4278)),
                AuroraOption.untilGtids(MySqlGtidSet.parse(GTID)),
                AuroraOption.skippingError(),
                AuroraOption.safetySnapshot(),
                AuroraOption.skippingTransaction(GTID),
                AuroraOption.leavingLog(107));
    }

    @ParameterizedTest
    @MethodSource("options")
    void optionsAreStored(AuroraOption option) {
        AuroraCodec codec = new AuroraCodec();

        assertThat(codec.readOption(codec.writeOption(option))).isEqualTo(option);
    }

    @Test
    void oneTransactionIsSkippedAtATime() {
        assertThatThrownBy(() -> AuroraOption.skippingTransaction(GTID + "-24"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AuroraOption.delayedBy(Duration.ofSeconds(86_401)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AuroraOption.delayedBy(Duration.ofMillis(1500)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
