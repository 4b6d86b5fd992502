// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.NotAvailableException;

/**
 * Decides what runs servers: this machine where it can, else a Docker engine. The system property {@code sluice.testservers} asks for one
 * of them by name, {@code local} or {@code docker}.
 */
final class Hosting {
    private static final String PROPERTY = "sluice.testservers";

    private Hosting() {}

    /** Makes everything ready for a server of a release, or says why there can be none. */
    static void prepare(MySqlRelease release) throws NotAvailableException {
        if (isContainerWanted()) {
            ContainerHost.requireEngine();
            return;
        }
        try {
            LocalHost.prepare(release);
        } catch (NotAvailableException refused) {
            orContainer(refused);
        }
    }

    static ServerHost host(MySqlRelease release) throws NotAvailableException {
        if (isContainerWanted()) {
            return ContainerHost.of(release);
        }
        try {
            return LocalHost.of(release);
        } catch (NotAvailableException refused) {
            orContainer(refused);
            return ContainerHost.of(release);
        }
    }

    /** Images are of servers of this machine. */
    static ServerHost host(DataImage image) throws NotAvailableException {
        return LocalHost.of(image);
    }

    private static boolean isContainerWanted() {
        return "docker".equals(System.getProperty(PROPERTY));
    }

    /** What the user needs to know is why the server cannot run here; that there is no Docker either is beside the point. */
    private static void orContainer(NotAvailableException refused) throws NotAvailableException {
        if ("local".equals(System.getProperty(PROPERTY))) {
            throw refused;
        }
        try {
            ContainerHost.requireEngine();
        } catch (NotAvailableException neither) {
            refused.addSuppressed(neither);
            throw refused;
        }
    }
}
