// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @Test
    void printsAsStars() {
        assertThat(Secret.env("DB_PASSWORD")).hasToString("***");
    }

    @Test
    void aFileLosesOneTrailingLineEndAndNothingElse(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("password");
        Files.writeString(file, " s3cret \r\n");

        assertThat(SecretResolver.standard().resolve(Secret.file(file))).isEqualTo(" s3cret ");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertThatThrownBy(() -> SecretResolver.standard().resolve(Secret.env("SLUICE_NO_SUCH_VARIABLE")))
                .isInstanceOf(UnresolvedSecretException.class)
                .hasMessageContaining("SLUICE_NO_SUCH_VARIABLE");
    }

    @Test
    void namesAreTheHostsBusiness() {
        SecretResolver resolver = SecretResolver.withNamed(name -> name.equals("vault/db1") ? "x" : null);

        assertThat(resolver.resolve(Secret.named("vault/db1"))).isEqualTo("x");
        assertThatThrownBy(() -> resolver.resolve(Secret.named("other")))
                .isInstanceOf(UnresolvedSecretException.class)
                .hasMessageContaining("other");
    }

    @Test
    void equalReferencesAreEqual() {
        assertThat(Secret.env("A")).isEqualTo(Secret.of(Secret.Kind.ENV, "A")).isNotEqualTo(Secret.named("A"));
    }
}
