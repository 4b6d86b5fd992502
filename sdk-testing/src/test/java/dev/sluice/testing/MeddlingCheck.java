// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** A check that mends what it looks at. */
record MeddlingCheck() implements Check {
    @Override
    public String id() {
        return "meddling";
    }

    @Override
    public Finding.Level level() {
        return Finding.Level.WARNING;
    }

    @Override
    public ErrorCode code() {
        return MockCode.REFUSED;
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        context.replicaSession().query("ANALYZE TABLE mysql.user");
        return List.of();
    }
}
