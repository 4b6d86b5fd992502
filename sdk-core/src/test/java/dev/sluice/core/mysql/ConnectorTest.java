// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorTest {
    private static final ServerAddress ADDRESS = new ServerAddress("db1", 3306);

    private final List<ConnectionRequest> requests = new ArrayList<>();

    private MySqlConnector.Builder builder() {
        return MySqlConnector.builder()
                .address(ADDRESS)
                .user("root")
                .password(() -> "hunter2")
                .connectionSource(request -> {
                    requests.add(request);
                    throw new SQLException("tunnel is down", "08S01");
                });
    }

    private Map<String, String> properties(MySqlConnector.Builder builder, SessionUse use) {
        assertThatExceptionOfType(StepUnavailableException.class)
                .isThrownBy(() -> builder.build().open(use))
                .withMessageContaining("tunnel is down")
                .returns(ServerErrorCode.CONNECTION_LOST, StepUnavailableException::code);
        return requests.get(requests.size() - 1).properties();
    }

    @Test
    void theDriverNeitherAsksFilesNorManyStatementsNorTheKeyByDefault() {
        assertThat(properties(builder(), SessionUse.CONTROL))
                .containsEntry("allowLoadLocalInfile", "false")
                .containsEntry("allowUrlInLocalInfile", "false")
                .containsEntry("allowMultiQueries", "false")
                .containsEntry("allowPublicKeyRetrieval", "false")
                .containsEntry("sslMode", "REQUIRED")
                .doesNotContainKey("allowLoadLocalInfileInPath");
    }

    @Test
    void onlyAWriterNegotiatesLocalInfileAndBelowAFolderThatDoesNotExist() {
        assertThat(properties(builder(), SessionUse.READER)).doesNotContainKey("allowLoadLocalInfileInPath");

        Map<String, String> writer = properties(builder(), SessionUse.WRITER);

        assertThat(writer).containsEntry("allowLoadLocalInfile", "false");
        assertThat(new File(writer.get("allowLoadLocalInfileInPath"))).doesNotExist();
    }

    @Test
    void sessionsCarryTheirAttributes() {
        Map<String, String> properties =
                properties(builder().attributes(Map.of("sluice_run", "r-1")), SessionUse.CONTROL);

        assertThat(properties).containsEntry("connectionAttributes", "program_name:sluice,sluice_run:r-1");
    }

    @Test
    void attributesThatCouldBeTakenForSomethingElseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder().attributes(Map.of("a", "x,program_name:y")).build());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder().attributes(Map.of("a", "x".repeat(65))).build());
    }

    @Test
    void certificatesAreVerifiedAsTheEndpointSays(@TempDir Path folder) {
        Path ca = folder.resolve("ca.pem");

        assertThat(properties(builder().tls(Tls.verifiedBy(ca)), SessionUse.CONTROL))
                .containsEntry("sslMode", "VERIFY_CA");
        assertThat(properties(builder().tls(Tls.verifiedIdentityBy(ca)), SessionUse.CONTROL))
                .containsEntry("sslMode", "VERIFY_IDENTITY");
    }

    @Test
    void plainTextTurnsEncryptionOffAndLetsTheServerSendItsKey() {
        Map<String, String> plain = DriverProperties.plainText(Map.of("sslMode", "REQUIRED", "x", "y"));

        assertThat(plain)
                .containsEntry("sslMode", "DISABLED")
                .containsEntry("allowPublicKeyRetrieval", "true")
                .containsEntry("x", "y");
    }

    @Test
    void connectingIsBoundByTheGivenTime() {
        assertThat(properties(builder().connectTimeout(Duration.ofSeconds(3)), SessionUse.WRITER))
                .containsEntry("connectTimeout", "3000")
                .containsEntry("socketTimeout", "3000");
    }

    @Test
    void noPasswordIsInARequestOrAText() {
        MySqlConnector connector = builder().build();
        assertThatExceptionOfType(StepUnavailableException.class).isThrownBy(() -> connector.open(SessionUse.WRITER));

        assertThat(requests).hasSize(1);
        assertThat(requests.toString() + connector).doesNotContain("hunter2");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() ->
                        MySqlConnector.builder().address(ADDRESS).user("u").build())
                .withMessage("password");
        assertThatIllegalArgumentException().isThrownBy(() -> builder().connectTimeout(Duration.ZERO));
    }

    @Test
    void aHostThatTheDriverWouldReadAsManyIsRefused() {
        MySqlConnector connector = MySqlConnector.builder()
                .address(new ServerAddress("db1,db2", 3306))
                .user("u")
                .password(() -> "")
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector.open(SessionUse.CONTROL))
                .withMessageContaining("db1,db2");
    }

    @Test
    void anUnusableFileOfCertificatesIsToldAndLeavesNothingBehind(@TempDir Path folder) throws IOException {
        Path notPem = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        MySqlConnector connector = MySqlConnector.builder()
                .address(ADDRESS)
                .user("u")
                .password(() -> "")
                .tls(Tls.verifiedBy(notPem))
                .build();

        assertThatExceptionOfType(StepRefusedException.class)
                .isThrownBy(() -> connector.open(SessionUse.CONTROL))
                .withMessageContaining(notPem.toString())
                .returns(ServerErrorCode.CERTIFICATE_NOT_TRUSTED, StepRefusedException::code);
    }

    @Test
    void theLabelIsTheAddressUnlessGiven() {
        assertThat(builder().build().label()).isEqualTo("db1:3306");
        assertThat(builder().label("orders").build()).hasToString("orders");
    }

    @Test
    void whatTheServerSaysAboutALoadIsRead() {
        LoadOutcome outcome = LoadOutcome.parse("Records: 3  Deleted: 0  Skipped: 1  Warnings: 2");

        assertThat(outcome).isEqualTo(new LoadOutcome(3, 0, 1, 2));
        assertThat(outcome.isComplete(3)).isFalse();
        assertThat(new LoadOutcome(3, 0, 0, 0).isComplete(3)).isTrue();
        assertThat(new LoadOutcome(3, 0, 0, 0).isComplete(4)).isFalse();
        assertThat(new LoadOutcome(3, 0, 0, 1).isComplete(3)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> LoadOutcome.parse(""));
    }
}
