// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes certificates with the JDK's own program; there is no other way without a library. */
final class Certificates {
    static final String ALIAS = "front";

    private Certificates() {}

    static char[] password() {
        return Long.toString(new SecureRandom().nextLong() | Long.MIN_VALUE, 36).toCharArray();
    }

    /** Valid for a week, for loopback only. */
    static KeyStore selfSigned(char[] password) throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("front-");
        Path file = folder.resolve("keys.p12");
        try {
            generate(file, new String(password));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, password);
            }
            return keys;
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void generate(Path file, String password) throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder keytool = new ProcessBuilder(List.of(
                        program.toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA", // every client knows it
                        "-keysize",
                        "2048",
                        "-validity",
                        "7",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "bc:critical=ca:true",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass:env",
                        "STORE_PASSWORD"))
                .redirectErrorStream(true);
        keytool.environment().put("STORE_PASSWORD", password);
        run(keytool);
    }

    private static void run(ProcessBuilder program) throws IOException {
        Process process = program.start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool made no certificate: " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a certificate was made", interrupted);
        } finally {
            process.destroy();
        }
    }
}
