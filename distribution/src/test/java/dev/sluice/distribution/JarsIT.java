// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks into the jars that are published. */
class JarsIT {
    private static final String PROVIDER = "META-INF/services/dev.sluice.api.spi.EngineProvider";

    /** What a jar offers to a ServiceLoader. Jars that are not named here offer nothing. */
    private static final Map<String, Set<String>> SERVICES = Map.of(
            "sluice-external", Set.of(PROVIDER),
            "sluice-rds", Set.of(PROVIDER),
            "sluice-aurora", Set.of(PROVIDER));

    /** For the three jars that a program between self-managed servers needs, the driver and other libraries left out: 2 MiB. */
    private static final long LIMIT_OF_SMALLEST_SET = 2 * 1024 * 1024;

    private static final List<String> SMALLEST_SET = List.of("sluice-api", "sluice-core", "sluice-external");

    private static final int JAVA_17 = 61;

    static List<Published> jars() {
        return Published.jars();
    }

    @ParameterizedTest
    @MethodSource("jars")
    void holdsItsOwnPackagesAndNothingElse(Published module) throws IOException {
        try (JarFile jar = new JarFile(module.jar().toFile())) {
            String own = moduleName(jar).replace('.', '/') + "/";

            assertThat(names(jar))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith(own) || own.startsWith(name) || name.startsWith("META-INF/"))
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.startsWith("META-INF/versions/"));
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void carriesItsLicenceItsProjectFileAndTheServicesThatAreMeant(Published module) throws IOException {
        try (JarFile jar = new JarFile(module.jar().toFile())) {
            Set<String> files = new TreeSet<>(Set.of("META-INF/MANIFEST.MF", "META-INF/LICENSE", "META-INF/NOTICE"));
            String project = "META-INF/maven/dev.sluice/" + module.artifact() + "/";
            files.addAll(Set.of(project + "pom.xml", project + "pom.properties"));
            files.addAll(SERVICES.getOrDefault(module.artifact(), Set.of()));

            assertThat(names(jar))
                    .filteredOn(name -> name.startsWith("META-INF/") && !name.endsWith("/"))
                    .containsExactlyInAnyOrderElementsOf(files);
            assertThat(content(jar, "META-INF/LICENSE"))
                    .isEqualTo(Files.readAllBytes(Published.ROOT.resolve("LICENSE")));
            assertThat(content(jar, "META-INF/NOTICE")).isEqualTo(Files.readAllBytes(Published.ROOT.resolve("NOTICE")));
            assertThat(content(jar, project + "pom.xml"))
                    .isEqualTo(Files.readAllBytes(module.projectFile().file()));
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void hasByteCodeOfJava17AndOneTimeForAllEntries(Published module) throws IOException {
        try (JarFile jar = new JarFile(module.jar().toFile())) {
            List<JarEntry> entries = jar.stream().toList();

            assertThat(entries)
                    .extracting(JarEntry::getTime)
                    .containsOnly(entries.get(0).getTime());
            for (JarEntry entry : entries) {
                if (entry.getName().endsWith(".class")) {
                    assertThat(majorVersion(jar, entry)).as(entry.getName()).isEqualTo(JAVA_17);
                }
            }
        }
    }

    @Test
    void noTwoJarsShareAModuleNameOrAPackage() throws IOException {
        Map<String, String> modules = new HashMap<>();
        Map<String, String> packages = new HashMap<>();
        for (Published module : jars()) {
            try (JarFile jar = new JarFile(module.jar().toFile())) {
                assertThat(modules.put(moduleName(jar), module.artifact()))
                        .as("module name of %s", module)
                        .isNull();
                for (String name : packages(jar)) {
                    assertThat(packages.put(name, module.artifact()))
                            .as("%s, which %s has", name, module)
                            .isNull();
                }
            }
        }
        assertThat(packages).hasSizeGreaterThan(modules.size());
    }

    @Test
    void whatSelfManagedServersNeedIsSmall() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (Published module : jars()) {
            if (SMALLEST_SET.contains(module.artifact())) {
                sizes.put(module.artifact(), Files.size(module.jar()));
            }
        }
        long together = sizes.values().stream().mapToLong(Long::longValue).sum();
        System.out.println("Bytes of the smallest set: " + together + " " + sizes);

        assertThat(sizes).containsOnlyKeys(SMALLEST_SET);
        assertThat(together).as(sizes.toString()).isPositive().isLessThan(LIMIT_OF_SMALLEST_SET);
    }

    private static List<String> names(JarFile jar) {
        return jar.stream().map(JarEntry::getName).toList();
    }

    private static Set<String> packages(JarFile jar) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class"))
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .collect(Collectors.toSet());
    }

    private static String moduleName(JarFile jar) throws IOException {
        String name = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
        assertThat(name).startsWith("dev.sluice.");
        return name;
    }

    private static byte[] content(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static int majorVersion(JarFile jar, JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.skipNBytes(6);
            return in.readUnsignedShort();
        }
    }
}
