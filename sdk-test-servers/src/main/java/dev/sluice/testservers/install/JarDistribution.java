// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * A server in a jar on the class path.
 *
 * <p>Several such jars hold their archive under one and the same resource name, so the jar is found by its Maven coordinates and the
 * archive is read from that very jar.
 *
 * @param name name of the cache entry
 * @param groupId Maven group of the jar
 * @param artifactId Maven artifact of the jar
 */
public record JarDistribution(String name, String groupId, String artifactId) implements Distribution {
    private static final int UNPACK_SECONDS = 120;

    @Override
    public Installation install(Cache cache) throws NotAvailableException {
        Path base = cache.entry(name, this::unpack);
        return SystemLibraries.complete(
                cache,
                new Installation(
                        base,
                        base.resolve("bin/mysqld"),
                        base.resolve("bin"),
                        base.resolve("share"),
                        base.resolve("lib/plugin"),
                        List.of(),
                        List.of(base.resolve("lib/private"), base.resolve("lib"), base.resolve("bin"))));
    }

    private void unpack(Path folder) throws IOException, NotAvailableException {
        URL archive = archive();
        Process tar = new ProcessBuilder("tar", "-xf", "-", "-C", folder.toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream packed = archive.openStream();
                GZIPInputStream unpacked = new GZIPInputStream(packed, 1 << 16);
                OutputStream into = tar.getOutputStream()) {
            unpacked.transferTo(into);
        }
        awaitEnd(tar);
    }

    private void awaitEnd(Process tar) throws IOException {
        try {
            if (!tar.waitFor(UNPACK_SECONDS, TimeUnit.SECONDS) || tar.exitValue() != 0) {
                throw new IOException("tar could not unpack the server " + name);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while unpacking the server " + name, interrupted);
        } finally {
            tar.destroyForcibly();
        }
    }

    private URL archive() throws IOException, NotAvailableException {
        String platform = Platform.ofThisMachine().inResourceNames();
        if (platform.isEmpty()) {
            throw new NotAvailableException(artifactId + " holds no server for " + Platform.described());
        }
        String marker = "META-INF/maven/" + groupId + "/" + artifactId + "/pom.properties";
        URL found = Optional.ofNullable(JarDistribution.class.getClassLoader().getResource(marker))
                .orElseThrow(() -> new NotAvailableException(
                        "The jar " + groupId + ":" + artifactId + " is not on the class path"));
        String address = found.toString();
        return new URL(address.substring(0, address.length() - marker.length()) + "mysql-" + platform + ".tar.gz");
    }
}
