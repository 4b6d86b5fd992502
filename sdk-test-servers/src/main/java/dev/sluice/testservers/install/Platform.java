// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.util.Locale;

/** The operating system and processor of this machine, in the words that the archives use. */
enum Platform {
    LINUX_X86_64("Linux-amd64", "linux-x86_64"),
    LINUX_ARM("", "linux-aarch64"),
    MAC_X86_64("Mac_OS_X-x86_64", "mac-x86_64"),
    MAC_ARM("", "mac-aarch64"),
    OTHER("", "");

    private final String inResourceNames;
    private final String asClassifier;

    Platform(String inResourceNames, String asClassifier) {
        this.inResourceNames = inResourceNames;
        this.asClassifier = asClassifier;
    }

    static Platform ofThisMachine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        boolean intel = System.getProperty("os.arch").matches("amd64|x86_64");
        if (system.startsWith("linux") && (arm || intel)) {
            return arm ? LINUX_ARM : LINUX_X86_64;
        }
        if (system.startsWith("mac") && (arm || intel)) {
            return arm ? MAC_ARM : MAC_X86_64;
        }
        return OTHER;
    }

    /** Part of the name of an archive within a jar; empty where there is none for this platform. */
    String inResourceNames() {
        return inResourceNames;
    }

    /** Classifier of a whole distribution; empty where there is none. */
    String asClassifier() {
        return asClassifier;
    }

    static String described() {
        return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }
}
