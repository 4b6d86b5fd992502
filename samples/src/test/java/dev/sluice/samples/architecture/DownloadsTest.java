// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a user gets with a module besides its own code: all that its project file names, but for tests and for compiling alone. */
class DownloadsTest {
    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>(\\s*<groupId>.*?)</dependency>", Pattern.DOTALL);
    private static final String OWN = "dev.sluice:sluice-";
    private static final String AWS = "software.amazon.awssdk:";
    private static final String MICROMETER = "io.micrometer:";

    /** All groups and artifacts, those of our own modules followed. */
    private static Set<String> downloads(String module) throws IOException {
        Set<String> all = new TreeSet<>();
        collect(module, all);
        return all;
    }

    private static void collect(String module, Set<String> all) throws IOException {
        Matcher each = DEPENDENCY.matcher(Files.readString(Path.of("..", module, "pom.xml")));
        while (each.find()) {
            String one = each.group(1);
            boolean isLeftOut = one.contains("<scope>test</scope>") || one.contains("<scope>provided</scope>");
            String name = text(one, "groupId") + ":" + text(one, "artifactId");
            if (!isLeftOut && all.add(name) && name.startsWith(OWN)) {
                collect("sdk-" + name.substring(OWN.length()), all);
            }
        }
    }

    private static String text(String xml, String element) {
        Matcher found =
                Pattern.compile("<" + element + ">(.*?)</" + element + ">").matcher(xml);
        assertThat(found.find()).as(element + " in " + xml).isTrue();
        return found.group(1);
    }

    @Test
    void usersOfSelfManagedServersGetNoJarOfAws() throws IOException {
        for (String module : new String[] {"sdk-api", "sdk-core", "sdk-external"}) {
            assertThat(downloads(module)).as(module).isNotEmpty().noneMatch(name -> name.startsWith(AWS));
        }
        assertThat(downloads("sdk-external")).contains(OWN + "core", OWN + "api", "com.mysql:mysql-connector-j");
    }

    /** Who measures gets the registry's API, and no registry. */
    @Test
    void onlyWhoMeasuresGetsMicrometer() throws IOException {
        for (String module : new String[] {"sdk-external", "sdk-rds", "sdk-aurora", "sdk-testing"}) {
            assertThat(downloads(module)).as(module).isNotEmpty().noneMatch(name -> name.startsWith(MICROMETER));
        }
        assertThat(downloads("sdk-micrometer"))
                .containsExactlyInAnyOrder(OWN + "api", MICROMETER + "micrometer-core", "org.jspecify:jspecify");
    }

    @Test
    void onlyWhoWantsReportsOrTestsGetsThem() throws IOException {
        for (String module :
                new String[] {"sdk-core", "sdk-external", "sdk-rds", "sdk-aurora", "sdk-console", "sdk-micrometer"}) {
            assertThat(downloads(module)).as(module).isNotEmpty().doesNotContain(OWN + "report");
        }
        assertThat(downloads("sdk-report")).contains(OWN + "core").noneMatch(name -> name.startsWith(AWS));
        assertThat(downloads("sdk-testing")).contains(OWN + "report");
    }

    @Test
    void onlyWhoCopiesByClientProgramsGetsWhatStartsThem() throws IOException {
        for (String module : new String[] {"sdk-core", "sdk-external", "sdk-rds", "sdk-aurora", "sdk-testing"}) {
            assertThat(downloads(module)).as(module).isNotEmpty().doesNotContain(OWN + "client-programs");
        }
        assertThat(downloads("sdk-client-programs"))
                .contains(OWN + "core")
                .doesNotContain(OWN + "test-servers")
                .noneMatch(name -> name.startsWith(AWS));
    }

    @Test
    void onlyWhoDiagnosesGetsWhatKnowsFailures() throws IOException {
        for (String module : new String[] {"sdk-core", "sdk-external", "sdk-rds", "sdk-aurora", "sdk-testing"}) {
            assertThat(downloads(module)).as(module).isNotEmpty().doesNotContain(OWN + "diagnosis");
        }
        assertThat(downloads("sdk-diagnosis"))
                .contains(OWN + "core")
                .doesNotContain(OWN + "test-servers")
                .noneMatch(name -> name.startsWith(AWS));
    }

    @Test
    void usersOfTheEnginesForAwsDo() throws IOException {
        assertThat(downloads("sdk-rds")).anyMatch(name -> name.startsWith(AWS));
        assertThat(downloads("sdk-aurora")).anyMatch(name -> name.startsWith(AWS));
    }
}
