// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.PackageInstall.Consent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackageInstallTest {
    private static final String BY_HAND = "apt-get update && apt-get install mydumper";

    private final ScriptedShell shell = new ScriptedShell();

    @Test
    void whatIsThereIsNotInstalled() {
        shell.programs.addAll(List.of("mydumper", "myloader", "apt-get"));

        assertThat(missing(Consent.GIVEN)).isEmpty();
        assertThat(shell.ran).isEmpty();
    }

    @Test
    void whoeverDeclinesGetsTheCommandAndNothingIsRun() {
        shell.programs.add("apt-get");

        assertThat(missing(Consent.DECLINED))
                .get()
                .asString()
                .contains("--no-install", "apt-get update && apt-get install mydumper");
        assertThat(shell.ran).isEmpty();
    }

    @Test
    void withoutAptGetNothingIsRun() {
        assertThat(missing(Consent.GIVEN)).get().asString().contains("no apt-get", BY_HAND);
        assertThat(shell.ran).isEmpty();
    }

    @Test
    void rootInstallsIt() {
        shell.programs.add("apt-get");
        shell.user = "0";
        shell.installsAtAttempt = 1;

        assertThat(missing(Consent.GIVEN)).isEmpty();
        assertThat(shell.installs())
                .singleElement()
                .asString()
                .startsWith("env DEBIAN_FRONTEND=noninteractive timeout ");
        assertThat(shell.updates()).isEmpty();
    }

    @Test
    void sudoThatAsksNothingInstallsIt() {
        shell.programs.addAll(List.of("apt-get", "sudo"));
        shell.installsAtAttempt = 1;

        assertThat(missing(Consent.GIVEN)).isEmpty();
        assertThat(shell.installs()).singleElement().asString().startsWith("sudo -n env ");
    }

    @Test
    void sudoThatAsksForAPasswordIsNotUsed() {
        shell.programs.addAll(List.of("apt-get", "sudo"));
        shell.sudoAsks = true;

        assertThat(missing(Consent.GIVEN)).get().asString().contains("only root", BY_HAND);
        assertThat(shell.installs()).isEmpty();
    }

    @Test
    void systemWithoutListsOfPackagesGetsThemFirst() {
        shell.programs.add("apt-get");
        shell.user = "0";
        shell.installsAtAttempt = 2;

        assertThat(missing(Consent.GIVEN)).isEmpty();
        assertThat(shell.updates()).hasSize(1);
    }

    @Test
    void failedInstallationIsReportedWithItsReason() {
        shell.programs.add("apt-get");
        shell.user = "0";

        assertThat(missing(Consent.GIVEN)).get().asString().contains("Unable to locate package", BY_HAND);
        assertThat(shell.installs()).hasSize(2);
    }

    private Optional<String> missing(Consent consent) {
        return PackageInstall.mydumper(shell, new PrintStream(new ByteArrayOutputStream()))
                .missing(consent);
    }

    /** A system of which mydumper is a package, if anything is installed at all. */
    private static final class ScriptedShell implements Shell {
        final Set<String> programs = new HashSet<>();
        final List<String> ran = new ArrayList<>();
        String user = "1000";
        boolean sudoAsks;
        int installsAtAttempt = Integer.MAX_VALUE;

        @Override
        public boolean has(String program) {
            return programs.contains(program);
        }

        @Override
        public Ended run(List<String> command, Duration limit) {
            ran.add(String.join(" ", command));
            return switch (command.get(command.size() - 1)) {
                case "-u" -> new Ended(0, user);
                case "true" -> new Ended(sudoAsks ? 1 : 0, "");
                case "update" -> new Ended(0, "");
                default -> install();
            };
        }

        private Ended install() {
            if (installs().size() < installsAtAttempt) {
                return new Ended(100, "E: Unable to locate package mydumper");
            }
            programs.addAll(List.of("mydumper", "myloader"));
            return new Ended(0, "");
        }

        List<String> installs() {
            return ran.stream().filter(line -> line.contains(" install ")).toList();
        }

        List<String> updates() {
            return ran.stream().filter(line -> line.endsWith(" update")).toList();
        }
    }
}
