// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** A real engine's check, which plans can name, on servers that have nothing to look at: it finds nothing. */
record SilentCheck(Check real) implements Check {
    @Override
    public String id() {
        return real.id();
    }

    @Override
    public Finding.Level level() {
        return real.level();
    }

    @Override
    public ErrorCode code() {
        return real.code();
    }

    @Override
    public boolean canBeSkipped() {
        return real.canBeSkipped();
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        return List.of();
    }
}
