// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.dump.DumpEnd;
import dev.sluice.core.dump.DumpEnd.PlainText;
import dev.sluice.core.mysql.MySqlConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionFileTest {
    private static DumpEnd end(Tls tls, PlainText plainText) {
        MySqlConnector connector = MySqlConnector.builder()
                .address(new ServerAddress("db.example", 3307))
                .user("u")
                .password(() -> "secret")
                .build();
        return new DumpEnd(connector, "u", () -> "secret", tls, plainText);
    }

    @Test
    void onlyTheOwnerReadsItAndClosingDeletesFileAndFolder() throws IOException {
        Path path;
        try (OptionFile file = OptionFile.write("[client]\n")) {
            path = file.path();
            assertThat(path).hasContent("[client]\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                    .isEqualTo("rwx------");
            file.close();
        }
        assertThat(path).doesNotExist();
        assertThat(path.getParent()).doesNotExist();
    }

    @Test
    void valuesCannotLeaveTheirQuotes() {
        assertThat(OptionFile.quote("a\"b\\\nuser=root #\t")).isEqualTo("\"a\\\"b\\\\\\nuser=root #\\t\"");
        assertThatThrownBy(() -> OptionFile.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void plainTextIsUsedOnlyWhereItIsAllowedAndThereIsNothingElse() {
        assertThat(OptionText.of(end(Tls.required(), PlainText.ALLOWED), ServerTls.NOT_OFFERED))
                .contains("ssl-mode=\"PREFERRED\"", "get-server-public-key");
        for (String text : List.of(
                OptionText.of(end(Tls.required(), PlainText.ALLOWED), ServerTls.OFFERED),
                OptionText.of(end(Tls.required(), PlainText.REFUSED), ServerTls.NOT_OFFERED))) {
            assertThat(text).contains("ssl-mode=\"REQUIRED\"").doesNotContain("get-server-public-key");
        }
    }

    @Test
    void certificatesAreVerifiedAsTheEndpointSays() {
        Tls authority = Tls.verifiedBy(Path.of("/ca.pem"));
        assertThat(OptionText.of(end(authority, PlainText.REFUSED), ServerTls.OFFERED))
                .contains("ssl-mode=\"VERIFY_CA\"", "ssl-ca=\"/ca.pem\"");
        Tls identity = Tls.verifiedIdentityBy(Path.of("/ca.pem"));
        assertThat(OptionText.of(end(identity, PlainText.REFUSED), ServerTls.OFFERED))
                .contains("ssl-mode=\"VERIFY_IDENTITY\"", "ssl-ca=\"/ca.pem\"");
        assertThatThrownBy(() ->
                        OptionText.of(end(new Tls(Tls.Verification.CA, null), PlainText.REFUSED), ServerTls.OFFERED))
                .isInstanceOfSatisfying(
                        StepRefusedException.class, e -> assertThat(e.code()).isEqualTo(ProgramCode.NO_CERTIFICATES));
    }

    @Test
    void theWholeLoginIsInItAndNoneOfItInTheEndsText() {
        DumpEnd end = end(Tls.required(), PlainText.REFUSED);
        assertThat(OptionText.of(end, ServerTls.OFFERED))
                .contains(
                        "host=\"db.example\"",
                        "port=\"3307\"",
                        "protocol=\"tcp\"",
                        "user=\"u\"",
                        "password=\"secret\"");
        assertThat(end.toString()).doesNotContain("secret");
        assertThat(OptionText.leavingOut(List.of(TableName.of("a", "b\"c"))))
                .isEqualTo("[mysqldump]\nignore-table=\"a.b\\\"c\"\n");
    }
}
