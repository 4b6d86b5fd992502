// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.snapshot.Definitions;
import dev.sluice.core.verify.structure.AutoIncrements;
import dev.sluice.core.verify.structure.Structure;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a scope's definitions for a snapshot's comparison and keeps the last ones, which belong to the snapshot. Thread-safe. */
final class ExactDefinitions implements Definitions {
    private final Supplier<ReadSession> sessions;
    private final ServerVersion own;
    private final ServerVersion other;
    private final Scope scope;
    private volatile @Nullable Structure last;
    private volatile List<TableName> behind = List.of();

    /**
     * For one of two servers.
     *
     * @param own its version
     * @param other the version of the server with which it is compared
     */
    ExactDefinitions(Supplier<ReadSession> sessions, ServerVersion own, ServerVersion other, Scope scope) {
        this.sessions = sessions;
        this.own = own;
        this.other = other;
        this.scope = scope;
    }

    /** By a session that reads however many rows there are. */
    @Override
    public String fingerprint(List<? extends ServerSession> bounded) {
        try (ReadSession session = sessions.get()) {
            behind = AutoIncrements.behind(session, scope);
            Structure read = Structure.read(session, own, other, scope);
            last = read;
            return read.fingerprint();
        }
    }

    Structure structure() {
        Structure read = last;
        if (read == null) {
            throw new IllegalStateException("No definitions were read");
        }
        return read;
    }

    /** The tables whose counters would give out values that are taken. */
    List<TableName> countersBehind() {
        return behind;
    }
}
