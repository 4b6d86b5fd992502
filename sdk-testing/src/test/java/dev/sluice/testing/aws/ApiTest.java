// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.Tag;

/** What the tests of the API have in common: time that passes by hand, no server, the real client. */
@Timeout(60)
abstract class ApiTest {
    AwsApi api;
    ApiRegion region;
    ApiClients clients;
    RdsClient rds;

    @BeforeEach
    void open() {
        api = AwsApi.builder().byHand().start();
        region = api.region(ApiClients.REGION);
        clients = new ApiClients(api);
        rds = clients.rds();
    }

    @AfterEach
    void close() {
        clients.close();
        api.close();
    }

    DBInstance instance(String id) {
        return rds.describeDBInstances(ask -> ask.dbInstanceIdentifier(id))
                .dbInstances()
                .get(0);
    }

    DBCluster cluster(String id) {
        return rds.describeDBClusters(ask -> ask.dbClusterIdentifier(id))
                .dbClusters()
                .get(0);
    }

    String instanceStatus(String id) {
        return instance(id).dbInstanceStatus();
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static Parameter set(String name, String value, String method) {
        return Parameter.builder()
                .parameterName(name)
                .parameterValue(value)
                .applyMethod(method)
                .build();
    }

    List<String> events(String id, String type) {
        return region.events().all().stream()
                .filter(event -> event.source().equals(id) && event.type().equals(type))
                .map(EventLog.Event::message)
                .toList();
    }

    static void assertRefused(String code, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        RdsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo(code));
    }
}
