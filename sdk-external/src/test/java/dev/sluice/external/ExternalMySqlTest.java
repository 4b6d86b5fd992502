// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalMySqlTest {
    private static final ExternalMySql SERVER =
            ExternalMySql.at("db1.corp.example", 3307).credentials("migrator", Secret.env("SOURCE_PASSWORD"));
    private static final ExternalCodec CODEC = new ExternalCodec();

    @Test
    void itSaysWhereItIsAndWhoLogsInAndRequiresTls() {
        assertThat(SERVER.label()).isEqualTo("db1.corp.example:3307");
        assertThat(SERVER.address()).contains(new ServerAddress("db1.corp.example", 3307));
        assertThat(SERVER.credentials().user()).isEqualTo("migrator");
        assertThat(SERVER.tls()).isEqualTo(Tls.required());
        assertThat(SERVER.addressForReplica()).isEmpty();
        assertThat(SERVER.connectionSource()).isEmpty();
        assertThat(SERVER.engine()).isEqualTo(ExternalEngine.ID);
    }

    @Test
    void eachMethodReturnsAnotherEndpointAndLeavesThisOne() {
        ExternalMySql other = SERVER.tls(Tls.verifiedBy(Path.of("ca.pem")))
                .reachableByReplicaAt("10.1.2.3", 3308)
                .connectingThrough("tunnel");

        assertThat(other.tls().ca()).contains(Path.of("ca.pem"));
        assertThat(other.addressForReplica()).contains(new ServerAddress("10.1.2.3", 3308));
        assertThat(other.connectionSource()).contains("tunnel");
        assertThat(SERVER.tls()).isEqualTo(Tls.required());
        assertThat(SERVER).isNotEqualTo(other);
    }

    @Test
    void equalEndpointsAreEqual() {
        ExternalMySql same =
                ExternalMySql.at("db1.corp.example", 3307).credentials("migrator", Secret.env("SOURCE_PASSWORD"));

        assertThat(same).isEqualTo(SERVER).hasSameHashCodeAs(SERVER);
        assertThat(same.reachableByReplicaAt("x", 1)).isNotEqualTo(SERVER);
        assertThat(same.connectingThrough("x")).isNotEqualTo(SERVER);
    }

    @Test
    void itPrintsNeitherSecretNorReference() {
        assertThat(SERVER.toString())
                .isEqualTo("ExternalMySql{migrator@db1.corp.example:3307}")
                .doesNotContain("SOURCE_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void aPortOutOfRangeIsRefused(int port) {
        assertThatThrownBy(() -> ExternalMySql.at("db1", port)).isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<ExternalMySql> endpoints() {
        return Stream.of(
                SERVER,
                SERVER.reachableByReplicaAt("10.1.2.3", 3308),
                SERVER.connectingThrough("tunnel").tls(Tls.verifiedIdentityBy(Path.of("/etc/ca.pem"))),
                ExternalMySql.at("::1", 1).credentials("u", Secret.file(Path.of("/run/secret"))),
                ExternalMySql.at("h", 2).credentials("u", Secret.named("vault/id")));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void aWrittenEndpointIsReadBackEqual(ExternalMySql endpoint) {
        assertThat(CODEC.read(CODEC.write(endpoint))).isEqualTo(endpoint);
    }

    static Stream<ExternalOption> options() {
        return Stream.of(
                ExternalOption.replicationTlsVerifiedBy("/etc/ca.pem"),
                ExternalOption.replicationTlsVerifiedIdentityBy("ca.pem"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void aWrittenOptionIsReadBackEqual(ExternalOption option) {
        assertThat(CODEC.readOption(CODEC.writeOption(option))).isEqualTo(option);
    }

    @Test
    void theStoredFormIsTheOneOfTheFirstVersion() {
        Document stored = Document.empty()
                .with("format", 1)
                .with("host", "db1.corp.example")
                .with("port", 3307)
                .with("user", "migrator")
                .with("password", Document.empty().with("kind", "ENV").with("reference", "SOURCE_PASSWORD"))
                .with("tls", Document.empty().with("verification", "NONE_DANGEROUS_WHERE_THE_NETWORK_IS_NOT_TRUSTED"));

        assertThat(CODEC.write(SERVER)).isEqualTo(stored);
    }

    @Test
    void aDocumentOfANewerFormatIsRefusedByName() {
        Document newer = CODEC.write(SERVER).with("format", 2);

        assertThatThrownBy(() -> CODEC.read(newer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void endpointsAndOptionsOfOthersAreRefused() {
        EndpointOption<Endpoint> foreign = () -> "something-else";

        assertThatThrownBy(() -> CODEC.writeOption(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        CODEC.readOption(Document.empty().with("format", 1).with("name", "something-else")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBlankCertificatePathIsRefused() {
        assertThatThrownBy(() -> ExternalOption.replicationTlsVerifiedBy(" "))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
