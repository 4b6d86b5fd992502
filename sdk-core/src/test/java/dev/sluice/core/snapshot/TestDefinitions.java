// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.plan.Scope;
import dev.sluice.core.catalog.CatalogReader;

/** The definitions as core reads them. */
final class TestDefinitions {
    private TestDefinitions() {}

    static Definitions of(Scope scope) {
        return sessions -> new CatalogReader(sessions, scope).read().fingerprint();
    }
}
