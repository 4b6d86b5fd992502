// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees to it that programs of a package are there, where the system can be asked for it and asks nothing back. */
final class PackageInstall {
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final int INSTALL_SECONDS = 120;

    /** The programs that end apt-get in time need some themselves. */
    private static final Duration INSTALL = Duration.ofSeconds(INSTALL_SECONDS + 20);

    private final Shell shell;
    private final PrintStream out;
    private final String name;
    private final List<String> programs;

    private PackageInstall(Shell shell, PrintStream out, String name, List<String> programs) {
        this.shell = shell;
        this.out = out;
        this.name = name;
        this.programs = programs;
    }

    static PackageInstall mydumper(Shell shell, PrintStream out) {
        return new PackageInstall(shell, out, "mydumper", List.of("mydumper", "myloader"));
    }

    static PackageInstall perconaToolkit(Shell shell, PrintStream out) {
        return new PackageInstall(shell, out, "percona-toolkit", List.of("pt-table-checksum"));
    }

    String byHand() {
        return "apt-get update && apt-get install " + name;
    }

    /** Whether something may be installed. */
    enum Consent {
        GIVEN,
        DECLINED
    }

    /** Why they cannot take part, with the command that changes it; empty if they are there, if need be from now on. */
    Optional<String> missing(Consent consent) {
        if (isThere()) {
            return Optional.empty();
        }
        if (consent == Consent.DECLINED) {
            return Optional.of(reason("and --no-install was given"));
        }
        if (!shell.has("apt-get")) {
            return Optional.of(reason("and there is no apt-get here to install it with"));
        }
        return asRoot().map(this::install).orElseGet(() -> Optional.of(reason("and only root could install it")));
    }

    private boolean isThere() {
        return programs.stream().allMatch(shell::has);
    }

    /** On Debian and Ubuntu; other systems have other names for all of this. */
    private String reason(String why) {
        return String.join(" and ", programs) + (programs.size() == 1 ? " is" : " are") + " not on the PATH " + why
                + "; on Debian and Ubuntu, as root: " + byHand();
    }

    /** What to put before a command to have root's rights, without anybody having to type a password. */
    private Optional<List<String>> asRoot() {
        if (shell.run(List.of("id", "-u"), QUESTION).said().equals("0")) {
            return Optional.of(List.of());
        }
        boolean asks = !shell.has("sudo")
                || !shell.run(List.of("sudo", "-n", "true"), QUESTION).well();
        return asks ? Optional.empty() : Optional.of(List.of("sudo", "-n"));
    }

    private Optional<String> install(List<String> asRoot) {
        out.println("Installing " + name + " with apt-get; --no-install leaves that out");
        Shell.Ended ended = aptGet(asRoot, "install", "--no-install-recommends", name);
        if (!ended.well() && aptGet(asRoot, "update").well()) {
            // A fresh system knows no packages before the first update.
            ended = aptGet(asRoot, "install", "--no-install-recommends", name);
        }
        if (isThere()) {
            return Optional.empty();
        }
        return Optional.of(reason(
                ended.well() ? "although apt-get installed it" : "and apt-get could not install it: " + ended.said()));
    }

    /** {@code timeout} ends what only root may end. */
    private Shell.Ended aptGet(List<String> asRoot, String... arguments) {
        List<String> command = new ArrayList<>(asRoot);
        command.addAll(List.of("env", "DEBIAN_FRONTEND=noninteractive"));
        command.addAll(List.of("timeout", "--kill-after=10", Integer.toString(INSTALL_SECONDS)));
        command.addAll(List.of("apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=30"));
        command.addAll(List.of(arguments));
        return shell.run(command, INSTALL);
    }
}
