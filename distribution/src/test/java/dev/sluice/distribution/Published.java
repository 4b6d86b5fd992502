// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.distribution;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One part of this build that is published: every module whose project file does not say otherwise. */
record Published(Path folder, String artifact, String packaging) {
    static final Path ROOT = Path.of("..");
    static final String BOM = "sluice-bom";

    static List<Published> all() {
        return ProjectFile.at(ROOT.resolve("pom.xml")).elements("modules", "module").stream()
                .map(module -> ROOT.resolve(module.getTextContent().trim()))
                .map(folder -> ProjectFile.at(folder.resolve("pom.xml")))
                .filter(file -> !file.text("properties", "maven.deploy.skip").equals(Optional.of("true")))
                .map(Published::of)
                .toList();
    }

    static List<Published> jars() {
        return all().stream().filter(each -> each.packaging.equals("jar")).toList();
    }

    static String version() {
        return ProjectFile.at(ROOT.resolve("pom.xml")).text("version").orElseThrow();
    }

    private static Published of(ProjectFile file) {
        return new Published(
                file.file().getParent(),
                file.text("artifactId").orElseThrow(),
                file.text("packaging").orElse("jar"));
    }

    /** The project file as users get it. */
    ProjectFile projectFile() {
        return ProjectFile.at(folder.resolve(".flattened-pom.xml"));
    }

    Path jar() {
        return folder.resolve("target").resolve(artifact + "-" + version() + ".jar");
    }

    @Override
    public String toString() {
        return artifact;
    }
}
