// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;

/**
 * The certificates of a PEM file as a key store that the driver can read. The driver knows no PEM and takes key stores as files
 * only, so that a temporary one is written for the time of connecting; it holds nothing but public certificates.
 */
final class TrustStore implements AutoCloseable {
    /** Protects nothing: the format wants a password. */
    private static final String PASSWORD = "public";

    private final Path file;

    private TrustStore(Path file) {
        this.file = file;
    }

    static TrustStore of(Path pem) {
        try {
            KeyStore store = load(pem);
            Path file = Files.createTempFile("sluice-trust-", ".p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, PASSWORD.toCharArray());
            }
            return new TrustStore(file);
        } catch (IOException | GeneralSecurityException unusable) {
            throw new StepRefusedException(
                    Problem.of(
                            ServerErrorCode.CERTIFICATE_NOT_TRUSTED,
                            "The file with the certificates to trust, " + pem + ", cannot be used: "
                                    + unusable.getMessage(),
                            "Give a readable PEM file with at least one certificate"),
                    unusable);
        }
    }

    private static KeyStore load(Path pem) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> certificates;
        try (InputStream in = Files.newInputStream(pem)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("it holds no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }

    /** What the driver is told. */
    Map<String, String> properties() {
        return Map.of(
                "trustCertificateKeyStoreType",
                "PKCS12",
                "trustCertificateKeyStoreUrl",
                file.toUri().toString(),
                "trustCertificateKeyStorePassword",
                PASSWORD,
                "fallbackToSystemTrustStore",
                "false");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            throw new UncheckedIOException("The temporary file " + file + " cannot be deleted", kept);
        }
    }
}
