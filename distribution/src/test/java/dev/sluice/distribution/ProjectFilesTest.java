// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.distribution.ProjectFile.Dependency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The project files that are published: whole without ours, and with nothing that only our build needs. */
class ProjectFilesTest {
    /** Read by the compiler and by nobody who runs what it wrote. */
    private static final Set<String> BUILD_ONLY =
            Set.of("com.google.errorprone:error_prone_annotations", "org.immutables:value-annotations");

    static List<Published> published() {
        return Published.all();
    }

    static List<Published> jars() {
        return Published.jars();
    }

    @ParameterizedTest
    @MethodSource("published")
    void saysWhatMavenCentralAsksFor(Published module) {
        ProjectFile file = module.projectFile();

        assertThat(file.text("groupId")).contains("dev.sluice");
        assertThat(file.text("artifactId")).contains(module.artifact());
        assertThat(file.text("version")).contains(Published.version());
        assertThat(file.text("name")).isPresent();
        assertThat(file.text("description")).isPresent();
        assertThat(file.text("url")).isPresent();
        assertThat(file.text("licenses", "license", "name")).contains("Apache-2.0");
        assertThat(file.text("developers", "developer", "name")).isPresent();
        assertThat(file.text("scm", "connection")).isPresent();
        assertThat(file.text("scm", "url"))
                .isEqualTo(Published.all().get(0).projectFile().text("scm", "url"));
    }

    @ParameterizedTest
    @MethodSource("published")
    void needsNoParentAndLeavesNothingToBeFilledIn(Published module) {
        ProjectFile file = module.projectFile();

        assertThat(file.elements("parent")).isEmpty();
        assertThat(file.elements("build")).isEmpty();
        assertThat(file.elements("profiles")).isEmpty();
        assertThat(file.elements("repositories")).isEmpty();
        assertThat(file.root().getTextContent()).doesNotContain("${");
    }

    @ParameterizedTest
    @MethodSource("jars")
    void bringsEachDependencyByItsVersionAndNoneOfTheBuild(Published module) {
        List<Dependency> dependencies = module.projectFile().dependencies();

        assertThat(dependencies).isNotEmpty().allSatisfy(each -> {
            assertThat(each.version()).as(each.toString()).isNotEmpty();
            assertThat(each.scope()).as(each.toString()).isIn("compile", "runtime");
            assertThat(each.toString()).isNotIn(BUILD_ONLY);
        });
        assertThat(module.projectFile().elements("dependencyManagement")).isEmpty();
    }

    @Test
    void billOfMaterialsNamesEveryJarThatIsPublishedAndNothingElse() {
        ProjectFile bom = ProjectFile.at(Published.ROOT.resolve("sdk-bom").resolve(".flattened-pom.xml"));

        assertThat(bom.managedDependencies())
                .extracting(Dependency::artifact)
                .as("add what is missing to sdk-bom/pom.xml")
                .containsExactlyInAnyOrderElementsOf(
                        jars().stream().map(Published::artifact).toList());
        assertThat(bom.managedDependencies()).allSatisfy(each -> {
            assertThat(each.isOurs()).as(each.toString()).isTrue();
            assertThat(each.version()).isEqualTo(Published.version());
        });
        assertThat(bom.dependencies()).isEmpty();
    }

    /** What is not among them has licences that nobody looks at. */
    @Test
    void thisModuleDependsOnEverythingThatIsPublished() {
        assertThat(ProjectFile.at(Published.ROOT.resolve("distribution").resolve("pom.xml"))
                        .dependencies())
                .extracting(Dependency::artifact)
                .as("add what is missing to distribution/pom.xml")
                .containsAll(published().stream().map(Published::artifact).toList());
    }
}
