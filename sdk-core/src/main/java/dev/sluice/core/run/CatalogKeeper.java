// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.CatalogReader;
import dev.sluice.core.snapshot.Definitions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scope's definitions for the snapshot's comparison and keeps the last ones: those that belong to the snapshot. One thread at a time reads;
 * others may ask.
 */
public final class CatalogKeeper implements Definitions {
    private final Scope scope;
    private volatile @Nullable Catalog last;

    /** Nothing is read yet. */
    public CatalogKeeper(Scope scope) {
        this.scope = scope;
    }

    @Override
    public String fingerprint(List<? extends ServerSession> sessions) {
        Catalog catalog = new CatalogReader(sessions, scope).read();
        last = catalog;
        return catalog.fingerprint();
    }

    /**
     * The last ones.
     *
     * @throws IllegalStateException if nothing was read
     */
    public Catalog catalog() {
        Catalog read = last;
        if (read == null) {
            throw new IllegalStateException("No definitions were read");
        }
        return read;
    }
}
