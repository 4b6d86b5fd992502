// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.core.Sluice;

/** What ran. */
final class Versions {
    private Versions() {}

    static Document ofThisJvm() {
        String sluice = Sluice.class.getPackage().getImplementationVersion();
        return Document.empty()
                .with("sluice", sluice == null ? "unreleased" : sluice)
                .with("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"))
                .with("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
