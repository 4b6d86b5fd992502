// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.architecture;

import static dev.sluice.samples.architecture.SluiceModule.CORE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of core a few types are published. Nothing that users can call may speak of another one: it would have no documentation and no promise. */
class PublishedTypesTest {
    private static final Path CORE_POM = Path.of("..", "sdk-core", "pom.xml");
    private static final Pattern FILES = Pattern.compile("<documented.files>(.*?)</documented.files>", Pattern.DOTALL);
    private static final JavaClasses CODE = SluiceModule.code();

    private static Set<String> leadsOutOfWhatIsPublished(List<String> published) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : CODE) {
            if (isForUsers(type, published)) {
                Stream.concat(type.getMethods().stream(), type.getConstructors().stream())
                        .filter(PublishedTypesTest::isForUsers)
                        .forEach(unit -> types(unit)
                                .filter(used -> CORE.owns(used) && !isAmong(published, used))
                                .forEach(used -> found.add(unit.getFullName() + " speaks of " + used.getName())));
            }
        }
        return found;
    }

    private static boolean isForUsers(JavaClass type, List<String> published) {
        boolean isOfLibrary = SluiceModule.libraries().stream().anyMatch(module -> module.owns(type));
        return isPublic(type) && isOfLibrary && (!CORE.owns(type) || isAmong(published, type));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublishedTypesTest::isPublic).orElse(true);
    }

    private static boolean isForUsers(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> types(JavaCodeUnit unit) {
        return Stream.concat(
                        Stream.concat(
                                unit.getReturnType().getAllInvolvedRawTypes().stream(),
                                unit.getParameterTypes().stream()
                                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())),
                        unit.getThrowsClause().getTypes().stream())
                .map(JavaClass::getBaseComponentType);
    }

    private static boolean isAmong(List<String> published, JavaClass type) {
        String outermost = type.getName().replaceFirst("\\$.*", "");
        return published.contains(outermost) || published.contains(type.getPackageName() + ".*");
    }

    private static List<String> published() throws IOException {
        Matcher files = FILES.matcher(Files.readString(CORE_POM));
        assertThat(files.find()).isTrue();
        return Stream.of(files.group(1).split(","))
                .map(file -> file.trim().replaceFirst("\\.java$", "").replace('/', '.'))
                .toList();
    }

    @Test
    void publicSignaturesNameOnlyTypesOfCoreThatArePublished() throws IOException {
        List<String> published = published();

        assertThat(published).contains("dev.sluice.core.*", "dev.sluice.core.journal.Journal");
        assertThat(leadsOutOfWhatIsPublished(published)).isEmpty();
    }

    @Test
    void theListStandsTheSameWayInTheNotationsOfAllPlugins() throws IOException {
        String pom = Files.readString(CORE_POM);

        assertThat(published()).allSatisfy(name -> {
            assertThat(pom).contains("<include>" + name.replace('.', '/') + ".java</include>");
            if (!name.endsWith("*") && !name.endsWith("package-info")) {
                assertThat(pom).contains("<include>" + name + "</include>");
            }
        });
    }
}
