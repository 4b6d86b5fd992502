// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.rds.aws.RdsCluster;
import dev.sluice.testing.MockFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Only the writer of a provisioned cluster of Aurora MySQL is taken. */
class AuroraFactsTest {
    private static RdsCluster cluster(String engine, String mode) {
        return new RdsCluster(
                "orders-prod",
                "available",
                engine,
                mode,
                "8.0.mysql_aurora.3.08.0",
                "g",
                null,
                List.of(),
                Set.of(),
                "");
    }

    private static ErrorCode refusal(MockFacts facts, Optional<RdsCluster> cluster) {
        return catchThrowableOfType(
                        StepRefusedException.class,
                        () -> AuroraFacts.requireWriter(AuroraFactsOf.source(facts), cluster))
                .problems()
                .get(0)
                .code();
    }

    @Test
    void aWriterIsTaken() {
        assertThatNoException()
                .isThrownBy(() -> AuroraFacts.requireWriter(
                        AuroraFactsOf.source(AuroraFactsOf.version3()),
                        Optional.of(cluster("aurora-mysql", "provisioned"))));
    }

    @Test
    void aReaderIsRefusedByWhatItSaysItself() {
        assertThat(refusal(AuroraFactsOf.version3().variable("innodb_read_only", "ON"), Optional.empty()))
                .isEqualTo(AuroraErrorCode.READER);
    }

    @Test
    void anotherServerIsRefused() {
        assertThat(refusal(MockFacts.mysql80(), Optional.empty())).isEqualTo(AuroraErrorCode.NOT_AURORA);
    }

    @Test
    void serverlessOfTheFirstVersionIsRefused() {
        assertThat(refusal(AuroraFactsOf.version2(), Optional.of(cluster("aurora-mysql", "serverless"))))
                .isEqualTo(AuroraErrorCode.SERVERLESS_V1);
    }

    @Test
    void aMultiAzClusterIsRefused() {
        assertThat(refusal(MockFacts.mysql80(), Optional.of(cluster("mysql", "provisioned"))))
                .isEqualTo(AuroraErrorCode.MULTI_AZ_CLUSTER);
    }
}
