// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees to it that mydumper is there, where the system can be asked for it and asks nothing back. */
final class MydumperInstall {
    static final String BY_HAND = "apt-get update && apt-get install mydumper";

    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final int INSTALL_SECONDS = 120;

    /** The programs that end apt-get in time need some themselves. */
    private static final Duration INSTALL = Duration.ofSeconds(INSTALL_SECONDS + 20);

    private final Shell shell;
    private final PrintStream out;

    MydumperInstall(Shell shell, PrintStream out) {
        this.shell = shell;
        this.out = out;
    }

    /** Whether something may be installed. */
    enum Consent {
        GIVEN,
        DECLINED
    }

    /** Why mydumper cannot take part, with the command that changes it; empty if it is there, if need be from now on. */
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
        return shell.has("mydumper") && shell.has("myloader");
    }

    /** On Debian and Ubuntu; other systems have other names for all of this. */
    private static String reason(String why) {
        return "mydumper and myloader are not on the PATH " + why + "; on Debian and Ubuntu, as root: " + BY_HAND;
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
        out.println("Installing mydumper with apt-get; --no-install leaves that out");
        Shell.Ended ended = aptGet(asRoot, "install", "--no-install-recommends", "mydumper");
        if (!ended.well() && aptGet(asRoot, "update").well()) {
            // A fresh system knows no packages before the first update.
            ended = aptGet(asRoot, "install", "--no-install-recommends", "mydumper");
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
