// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Environment variables, files, and names by a function of the host. */
final class StandardSecretResolver implements SecretResolver {
    private final Function<String, @Nullable String> named;

    StandardSecretResolver(Function<String, @Nullable String> named) {
        this.named = named;
    }

    @Override
    public String resolve(Secret secret) {
        return switch (secret.kind()) {
            case ENV ->
                required(
                        System.getenv(secret.reference()),
                        "The environment variable " + secret.reference() + " is not set; set it to the password");
            case FILE -> fileContent(secret.reference());
            case NAMED ->
                required(
                        named.apply(secret.reference()),
                        "No secret is named " + secret.reference() + "; give Sluice a resolver that knows it");
        };
    }

    private static String fileContent(String file) {
        try {
            String content = Files.readString(Path.of(file));
            return content.endsWith("\r\n")
                    ? content.substring(0, content.length() - 2)
                    : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
        } catch (IOException unreadable) {
            // The reason is kept, the content never is: an IOException of the file system names the file only.
            throw new UnresolvedSecretException("The password file " + file + " cannot be read: "
                    + unreadable.getClass().getSimpleName());
        }
    }

    private static String required(@Nullable String value, String otherwise) {
        if (value == null) {
            throw new UnresolvedSecretException(otherwise);
        }
        return value;
    }
}
